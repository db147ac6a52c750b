"""The server under measurement, and a client that keeps its connection."""

import http.client
import os
import signal
import socket
import subprocess
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`chengyun serve` on a database, from the first answer of /health/ready on.

    `database` is the path of a file or an address; `options` are further flags of `serve`, `port` is
    0 for a free one, and `environment` what the process sees beside ours.
    """

    def __init__(self, executable, database, log, options=(), port=0, environment=None):
        self.port = port or free_port()
        address = database if ":" in str(database) else f"sqlite:{database}"
        self.log = open(log, "ab")
        started = time.monotonic()
        self.process = subprocess.Popen(
            [executable, "serve", "--database", address, "--port", str(self.port),
             "--requests-per-minute", "0", *options],
            stdout=self.log, stderr=self.log, env=os.environ | (environment or {}))
        self._wait(started + 60)
        self.milliseconds_to_ready = (time.monotonic() - started) * 1000

    def _wait(self, deadline):
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"bench: the server ended; see {self.log.name}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health/ready")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.002)
        self.stop()
        raise SystemExit("bench: the server was not ready within 60 seconds")

    @property
    def resident_megabytes(self):
        with open(f"/proc/{self.process.pid}/status") as lines:
            for line in lines:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        return 0.0

    def kill(self):
        """SIGKILL; nothing of it is left when this returns."""
        self.process.kill()
        self.process.wait()
        self.log.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Client:
    """One connection that is kept; every answer must be 200."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def timed(self, path, token):
        """Milliseconds from the request to the last byte of its answer, and the answer."""
        started = time.monotonic()
        self.connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        response = self.connection.getresponse()
        body = response.read()
        taken = (time.monotonic() - started) * 1000
        if response.status != 200:
            raise SystemExit(f"bench: {path}: {response.status} {body[:300]!r}")
        return taken, body


def percentile(values, part):
    """The value that `part` of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, int(len(ordered) * part + 0.999999) - 1))]


def remove_database(path):
    for ending in ("", "-wal", "-shm"):
        if os.path.exists(path + ending):
            os.remove(path + ending)
