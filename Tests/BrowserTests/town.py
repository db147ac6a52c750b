"""The server under test: the built executable with a small demonstration town of its own.

What the executable is called, what it is told and who may sign in stand here and nowhere else.
"""

import functools
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
EXECUTABLE = HOUSE / ".build" / "debug" / "chengyun"
LOG = HOUSE / ".run" / "log" / "browser-server.log"
# Making the town takes most of it, in a debug build on a busy machine.
SECONDS_TO_READY = 300

# The demonstration sign-ins: role, then name and password.
PASSWORD = "yunpu-town-demo"
SIGN_INS: dict[str, tuple[str, str]] = {
    role: (name, PASSWORD)
    for role, name in {
        "intake-operator": "intake01",
        "dispatcher": "dispatch01",
        "handler": "roads01",
        "patroller": "patrol01",
        "duty-officer": "duty01",
        "leader": "leader01",
        "evaluator": "evaluator",
        # Of the unit that makes projects of its own; the evaluator reviews them for finance.
        "bookkeeper": "sanitation01",
        "system-administrator": "system",
        "security-administrator": "security",
        "audit-administrator": "audit",
    }.items()
}
SIGN_IN_PATH = "/sign-in"
SIGN_IN_NAME = "input[name=name]"
SIGN_IN_PASSWORD = "input[name=password]"
SIGN_IN_BUTTON = "form:has(input[name=password]) button[type=submit]"


def command(port: int, data: str) -> list[str]:
    return [
        str(EXECUTABLE), "serve", "--demo", "--small", "--database",
        f"sqlite:{data}/town.sqlite", "--port", str(port),
    ]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Town:
    """A running server with a fresh data folder; both are gone afterwards."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._data = tempfile.TemporaryDirectory(prefix="chengyun-town-")
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                command(self.port, self._data.name), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT,
            )
        try:
            self._wait()
        except BaseException:
            self.close()
            raise

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_READY
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                said = LOG.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"the server ended with {self._process.returncode}:\n{said}")
            if self._answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"the server was not ready in {SECONDS_TO_READY} s; see {LOG}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + SIGN_IN_PATH, timeout=5):
                return True
        except urllib.error.HTTPError as answer:
            return answer.code < 500
        except OSError:
            return False

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._data.cleanup()


@dataclass(frozen=True)
class RunningTown:
    """A server that somebody else started, e.g. while a test is being written."""

    address: str

    def close(self) -> None:
        """It is theirs to stop."""


@functools.cache
def town() -> Town | RunningTown:
    """The one town of this run, made when first needed (closed by browser.close_all).

    With CHENGYUN_TOWN set to the address of a running demonstration town, that one.
    """
    running = os.environ.get("CHENGYUN_TOWN")
    return RunningTown(running) if running else Town()
