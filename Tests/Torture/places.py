"""Where a server under torture keeps its things, on either engine."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
for part in ("scripts", "Benchmarks"):
    sys.path.insert(0, str(HOUSE / part))
sys.dont_write_bytecode = True

from cluster import Cluster  # noqa: E402
from server import Server, free_port  # noqa: E402

RIGHTS = ["case.report", "case.read", "case.accept"]


class Place:
    """A folder, a database in it and a person with a token; `with` it, and all goes in the end."""

    def __init__(self, executable, folder=None):
        self.executable = str(executable)
        self.folder = Path(folder or tempfile.mkdtemp(prefix="chengyun-torture-"))
        self.owns_folder = folder is None
        self.files = self.folder / "files"
        self.port = free_port()

    def __enter__(self):
        self.command("person", "add", "duty", "--name", "值班长", "--role", "duty-officer",
                     "--no-password")
        rights = [word for right in RIGHTS for word in ("--right", right)]
        self.token = self.command("person", "token", "add", "duty", "--name", "t", *rights).strip()
        return self

    def __exit__(self, *_):
        if self.owns_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words):
        done = subprocess.run(
            [self.executable, *words, "--database", self.address],
            capture_output=True, encoding="utf-8", check=False)
        if done.returncode != 0:
            raise SystemExit(f"torture: {' '.join(words[:2])}: {done.stderr}{done.stdout}")
        return done.stdout

    def serve(self, port=None, environment=None, options=()):
        return Server(self.executable, self.address, self.folder / "server.log",
                      ["--files", str(self.files), *options], port or self.port, environment)

    def verify(self):
        """What `ledger verify` says of the ledger: it ends the run where that does not hold."""
        return json.loads(self.command("ledger", "verify", "--json"))


class SQLitePlace(Place):
    @property
    def address(self):
        return f"sqlite:{self.folder}/town.sqlite"

    def rows(self, query):
        database = sqlite3.connect(f"{self.folder}/town.sqlite")
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()


class PostgresPlace(Place):
    """With a standby that each commit waits for, where one is asked for."""

    def __init__(self, executable, standby=False):
        super().__init__(executable)
        self.cluster = Cluster({"fsync": "on"}, tcp=True)
        self.standby = Cluster({"fsync": "on", "hot_standby": "on"}, tcp=True) if standby else None

    def __enter__(self):
        self.cluster.__enter__()
        self.reached = self.cluster
        self.cluster.value("CREATE DATABASE chengyun")
        if self.standby:
            self.standby.copy_of(self.cluster, "second")
            self.standby.start()
            for setting in ("synchronous_standby_names = 'second'",
                            "synchronous_commit = 'remote_apply'"):
                self.cluster.value(f"ALTER SYSTEM SET {setting}")
            self.cluster.value("SELECT pg_reload_conf()")
            while self.cluster.value("SELECT count(*) FROM pg_stat_replication"
                                     " WHERE sync_state = 'sync'") != "1":
                pass
        return super().__enter__()

    def __exit__(self, *problem):
        for cluster in (self.standby, self.cluster):
            if cluster:
                cluster.__exit__(*problem)
        super().__exit__(*problem)

    @property
    def address(self):
        if not self.standby:
            return self.cluster.url("chengyun")
        ports = f"127.0.0.1:{self.cluster.port},127.0.0.1:{self.standby.port}"
        return f"postgres://chengyun@{ports}/chengyun?target_session_attrs=read-write"

    def rows(self, query):
        text = self.reached.value(query, "chengyun")
        return [tuple(line.split("|")) for line in text.splitlines()]


def small_disk(megabytes):
    """A file system of that size that is there for us alone; None where we may not have one."""
    folder = tempfile.mkdtemp(prefix="chengyun-disk-")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder],
                          capture_output=True, check=False) if os.geteuid() == 0 else None
    if done is None or done.returncode != 0:
        os.rmdir(folder)
        return None
    return folder


def remove_disk(folder):
    subprocess.run(["umount", folder], check=False)
    os.rmdir(folder)
