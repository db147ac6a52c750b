"""docs/backup.md: PostgreSQL recovered to a point in time, by the very lines that are printed there."""

import os
import re
import subprocess
import time
import unittest
from pathlib import Path

from loading import HOUSE, until

from cluster import BINARIES, Cluster

CHENGYUN = HOUSE / ".build/debug/chengyun"
BLOCK = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@unittest.skipUnless((BINARIES / "initdb").exists(), "PostgreSQL 15 is not installed")
@unittest.skipUnless(CHENGYUN.exists(), "the executable is not built")
class RecoveryTests(unittest.TestCase):
    def setUp(self):
        self.cluster = Cluster({"archive_timeout": "60"}, tcp=True)
        self.cluster.__enter__()
        self.addCleanup(self.cluster.__exit__)
        text = (HOUSE / "docs/backup.md").read_text(encoding="utf-8")
        self.blocks = {name or kind: body for kind, name, body in BLOCK.findall(text)}
        self.replaced = {
            "/var/lib/postgresql/15/main": str(self.cluster.data),
            "/var/backups/chengyun": str(self.cluster.folder / "archive"),
            "postgres://chengyun@127.0.0.1/chengyun": self.cluster.url("chengyun"),
        }

    def here(self, text: str) -> str:
        for printed, place in self.replaced.items():
            text = text.replace(printed, place)
        return text

    def script(self, name: str, **others: str) -> str:
        """Runs a block of the page, its places and times replaced."""
        text = self.here(self.blocks[name])
        for printed, instead in others.items():
            self.assertIn(printed, text)
            text = text.replace(printed, instead)
        # What stands for Debian's service and its user: the cluster of this test.
        as_owner = "runuser -u postgres --" if os.geteuid() == 0 else ""
        options = (f"-c port={self.cluster.port} -c unix_socket_directories={self.cluster.folder}"
                   " -c listen_addresses=127.0.0.1")
        tools = f"""
            systemctl() {{ {as_owner} {BINARIES}/pg_ctl "$1" --wait \
              --pgdata={self.cluster.data} --options="{options}" \
              --log={self.cluster.folder}/log >/dev/null; }}
            runuser() {{ shift 3; if [ "$(id -u)" = 0 ]; then command runuser -u postgres -- "$@"
              else "$@"; fi; }}
            install() {{ for place; do case $place in /*) mkdir -p "$place"
              [ "$(id -u)" != 0 ] || chown postgres: "$place";; esac; done; }}
            chengyun() {{ {CHENGYUN} "$@"; }}
            """
        done = subprocess.run(
            ["bash", "-euc", tools + text], cwd=self.cluster.folder, encoding="utf-8", check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env=os.environ | {"PATH": f"{BINARIES}:{os.environ['PATH']}",
                              "PGHOST": str(self.cluster.folder), "PGUSER": "chengyun",
                              "PGPORT": str(self.cluster.port)})
        self.assertEqual(done.returncode, 0, f"{name}: {done.stdout}")
        return done.stdout

    def add(self, name: str) -> None:
        subprocess.run(
            [CHENGYUN, "person", "add", name, "--name", name, "--no-password",
             "--database", self.cluster.url("chengyun")], check=True, stdout=subprocess.DEVNULL)

    def people(self) -> str:
        return self.cluster.value("SELECT string_agg(sign_in, ' ' ORDER BY sign_in) FROM person",
                                  "chengyun")

    def test_the_page_leads_back_to_the_moment_before_the_mistake(self):
        self.script("setup")
        with open(self.cluster.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(self.here(self.blocks["conf"]))
        self.script("restart")
        self.cluster.value("CREATE DATABASE chengyun")
        self.add("before")
        self.script("base")
        self.add("after")
        time.sleep(1.1)
        moment = self.cluster.value("SELECT now()")
        time.sleep(1.1)
        self.add("late")
        self.cluster.value("DROP TABLE case_file CASCADE", "chengyun")
        last = self.cluster.value("SELECT pg_walfile_name(pg_switch_wal())")
        archived = self.cluster.folder / "archive/wal" / last
        until("the log is archived", archived.exists, seconds=120)

        self.script("recover", **{"2026-11-25 14:05:00+08": moment})
        until("it is recovered", seconds=120,
              condition=lambda: self.cluster.value("SELECT pg_is_in_recovery()") == "f")
        self.assertEqual(self.people(), "after before")
        self.assertEqual(self.cluster.value("SELECT COUNT(*) FROM case_file", "chengyun"), "0")
        self.assertTrue(self.script("prove").startswith("whole: "))


if __name__ == "__main__":
    unittest.main()
