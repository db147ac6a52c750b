"""A throw-away PostgreSQL 15 in a folder of its own, for whoever measures, tries or checks something.

It is reached by a socket in that folder, and by a port of this machine where one is asked for. As
root it runs as the user `postgres`, because PostgreSQL does not run as root.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")


class Refused(Exception):
    """Why nothing could be done, in words for the person who runs it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """One server with its data; `with` it, and all is removed in the end."""

    def __init__(self, settings: dict[str, str] | None = None, tcp: bool = False):
        self.settings = {"fsync": "off"} | (settings or {})
        self.port = free_port() if tcp else 5432
        self.tcp = tcp
        self.folder: Path | None = None

    # Its life

    def __enter__(self) -> "Cluster":
        self.make_folder()
        try:
            self.initialise()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.folder is None:
            return
        if (self.data / "postmaster.pid").exists():
            try:
                self.stop("immediate")
            except Refused as problem:
                print(f"cluster: {problem}", file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_folder(self) -> None:
        if not (BINARIES / "initdb").exists():
            raise Refused("PostgreSQL 15 is not installed: `scripts/packages test` does that")
        # In /tmp and not under the project: a socket's path has at most 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="chengyun-postgres-", dir="/tmp"))
        self.data = self.folder / "data"
        self.own(self.folder)

    def own(self, path: Path) -> None:
        """Gives a file or folder to the user that the server runs as."""
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def initialise(self) -> None:
        self.tool(
            "initdb", "--pgdata", str(self.data), "--username=chengyun", "--auth=trust",
            "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8",
        )

    def copy_of(self, primary: "Cluster", name: str) -> None:
        """Becomes a standby of another cluster, known to it by a name."""
        self.make_folder()
        self.tool(
            "pg_basebackup", "--pgdata", str(self.data), "--write-recovery-conf",
            "--checkpoint=fast", "--no-sync",
            "--dbname", f"host={primary.folder} port={primary.port} user=chengyun"
            f" application_name={name}",
        )

    def start(self) -> None:
        settings = self.settings | {
            "port": str(self.port), "unix_socket_directories": str(self.folder),
            "listen_addresses": "127.0.0.1" if self.tcp else "",
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self.tool(
            "pg_ctl", "start", "--wait", "--pgdata", str(self.data), "--options", options,
            "--log", str(self.folder / "log"),
        )

    def stop(self, mode: str = "fast") -> None:
        self.tool("pg_ctl", "stop", f"--mode={mode}", "--pgdata", str(self.data))

    def kill(self) -> None:
        """SIGKILL to the server itself; its own processes end when they notice."""
        pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.01)
        (self.data / "postmaster.pid").unlink()

    def promote(self) -> None:
        self.tool("pg_ctl", "promote", "--wait", "--pgdata", str(self.data))

    # Asking it

    def url(self, database: str = "postgres") -> str:
        return f"postgres://chengyun@127.0.0.1:{self.port}/{database}"

    def tool(self, name: str, *arguments: str) -> str:
        command = [str(BINARIES / name), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, check=False, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        if done.returncode != 0:
            log = self.folder / "log"
            said = done.stdout + (log.read_text()[-4000:] if log.exists() else "")
            raise Refused(f"{name} failed:\n{said.strip()}")
        return done.stdout

    def psql(self, text: str, *options: str, database: str = "postgres"):
        command = [
            str(BINARIES / "psql"), "--no-psqlrc", "--quiet", "--host", str(self.folder),
            "--port", str(self.port), "--username=chengyun", f"--dbname={database}", *options,
        ]
        return subprocess.run(
            command, input=text, encoding="utf-8", check=False,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def value(self, query: str, database: str = "postgres") -> str:
        done = self.psql(
            query, "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", database=database)
        if done.returncode != 0:
            raise Refused(done.stderr.strip())
        return done.stdout.strip()
