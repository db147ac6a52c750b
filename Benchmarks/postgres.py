"""PostgreSQL beside SQLite and beside pgbench: creates, queries, two nodes, and the move both ways."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "scripts"))

import cases
import centre
import queries
from cluster import BINARIES, Cluster
from server import Server, remove_database

HERE = pathlib.Path(__file__).resolve().parent
CLIENTS = 32
SETTINGS = {"fsync": "on", "shared_buffers": "512MB", "max_wal_size": "4GB",
            "max_connections": "120"}
# The rows of one reported case, in one commit and without anything around them. What a page of our
# own would wait for, the ledger's turn and the day's counter, is left out: it is the ceiling.
CASE = r"""
BEGIN;
SELECT nextval('bench_id') AS id \gset
INSERT INTO case_file (id, number, kind, kind_version, channel, state, title, description, fields,
  salt, area_id, area_path, organisation_path, place, latitude, longitude, is_urgent,
  is_confidential, reported_by, reported_at, due_at, whole_due_at, queue_at, return_count,
  rework_count, extension_count, reopen_count, revision, updated_at)
  VALUES (:id, 'n-' || :id, 'H0201', :kind, 'hotline', 'reported', '人民路18号停车问题',
  '来电人反映停车和垃圾的情况，影响居民出行，请尽快派人处理。', '{"subject":"某某"}',
  '\x00112233445566778899aabbccddeeff', 1000, 'BENCH/T00/V000/', 'CENTRE/', '人民路18号', 31.4,
  121.4, 0, 0, 5000, 0, 1, 2, 1, 0, 0, 0, 0, 1, 0);
INSERT INTO case_reporter (case_id, name, phone, phone_digest)
  VALUES (:id, '王女士', '13800001234', '\x00112233445566778899aabbccddeeff');
INSERT INTO case_clock (id, case_id, step, time_limit, calendar, extensions, started_at,
  original_due_at, due_at, is_done)
  VALUES (:id * 2, :id, 'accept', '1 working-day', 'china', '', 0, 1, 1, 0),
    (:id * 2 + 1, :id, 'whole', '7 working-days', 'china', '', 0, 2, 2, 0);
INSERT INTO case_search (id, words) VALUES (:id, array_to_tsvector(ARRAY['n' || :id, '人民', '民路',
  '18', '停车', '车问', '问题', '来电', '电人', '人反', '反映', '垃圾', '圾的', '的情', '情况', '影响',
  '居民', '民出', '出行', '请尽', '尽快', '快派', '派人', '人处', '处理', 'xabench', 'xat00', 'xav000',
  'xkh0201', 'xr5000']));
INSERT INTO idempotency (person_id, request_key, request_digest, subject_id, created_at)
  VALUES (5000, 'k-' || :id, '\x00112233445566778899aabbccddeeff', :id, 0);
INSERT INTO ledger_entry (sequence, recorded_at, occurred_at, actor_kind, actor_id, subject_kind,
  subject_id, verb, version, payload, digest)
  VALUES (1000000 + :id, 0, 0, 'person', 5000, 'case', :id, 'case.report', 1,
  '{"channel":"hotline","kind":"H0201","number":"n","state":"reported"}',
  '\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');
COMMIT;
"""


def is_installed():
    return (BINARIES / "initdb").exists() and shutil.which("pgbench")


def measure(table, work, executable, seconds, count, sqlite_path):
    """`sqlite_path` is the database of `count` cases that the query figures of SQLite are of."""
    with Cluster(SETTINGS, tcp=True) as cluster:
        bench = Bench(table, work, executable, cluster)
        bench.creates(seconds)
        bench.moving(sqlite_path, count)
        bench.reading(sqlite_path, count, seconds)
        bench.moving_back(count)


class Bench:
    def __init__(self, table, work, executable, cluster):
        self.table, self.work, self.executable, self.cluster = table, work, executable, cluster
        self.log = work / "server.log"
        self.files = ["--files", str(work / "postgres.files")]

    def database(self, name):
        self.cluster.value(f"CREATE DATABASE {name}")
        return self.cluster.url(name)

    def serve(self, database):
        return Server(self.executable, database, self.log, self.files)

    def move(self, source, target):
        started = time.monotonic()
        subprocess.run(
            [self.executable, "move", "--from", source, "--to", target, "--from-files",
             self.files[1], "--to-files", self.files[1]],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - started

    # Creates

    def creates(self, seconds):
        path, self.bodies = str(self.work / "postgres.sqlite"), self.work / "bodies.jsonl"
        town = centre.make(self.executable, path, self.log)
        self.bodies.write_text("\n".join(cases.reports(path, town)) + "\n")
        self.officer = town.officer
        address = self.database("creates")
        self.move(f"sqlite:{path}", address)
        remove_database(path)
        self.cluster.value("CREATE DATABASE ceiling TEMPLATE creates")
        self.cluster.value("CREATE SEQUENCE bench_id CACHE 100", "ceiling")
        before = self.pgbench(seconds / 2)
        with self.serve(address) as server:
            self.wrk([server], 2)
            one = self.wrk([server], seconds)
            memory = server.resident_megabytes
        ceiling = (before + self.pgbench(seconds / 2)) / 2
        self.table.add("durable creates on PostgreSQL, 32 connections", one["rate"], "/s",
                       ("ratio", 0.4), ceiling)
        self.table.add("  latency p50", one["p50"], "ms", 100)
        self.table.add("  latency p99", one["p99"], "ms", 200)
        self.table.add("  resident memory after it", memory, "MB", 200)
        with self.serve(address) as first, self.serve(address) as second:
            self.wrk([first, second], 2)
            two = self.wrk([first, second], seconds)
        self.table.add("  the same by two nodes, beside one", two["rate"], "/s", ("ratio", 0.5),
                       one["rate"])

    def pgbench(self, seconds):
        """Transactions a second."""
        script = self.work / "case.sql"
        kind = self.cluster.value(
            "SELECT id FROM case_kind WHERE code = 'H0201' AND is_current = 1", "ceiling")
        # One query in a line is what pgbench reads without its own commands between.
        script.write_text(CASE.strip() + "\n")
        said = subprocess.check_output(
            ["pgbench", "--no-vacuum", f"--client={CLIENTS}", "--jobs=2", f"--time={seconds:.0f}",
             "--protocol=prepared", f"--define=kind={kind}", f"--file={script}", "--host=127.0.0.1",
             f"--port={self.cluster.port}", "--username=chengyun", "ceiling"],
            text=True, stderr=subprocess.STDOUT)
        return float(re.search(r"tps = ([\d.]+) \(without", said)[1])

    def wrk(self, servers, seconds):
        """Creates a second over all servers, and the latencies of the first."""
        environment = os.environ | {"CREATE_BODIES": str(self.bodies), "CREATE_TOKEN": self.officer}
        running = [
            subprocess.Popen(
                ["wrk", "-t1", f"-c{CLIENTS // len(servers)}", f"-d{seconds}s", "--timeout", "30s",
                 "-s", HERE / "create.lua", f"http://127.0.0.1:{server.port}"],
                env=environment | {"CREATE_RUN": f"{server.port}-{time.time_ns()}"}, text=True,
                stdout=subprocess.PIPE)
            for server in servers]
        said = [json.loads(process.communicate()[0].splitlines()[-1]) for process in running]
        if any(result["failed"] for result in said):
            raise SystemExit(f"bench: creates failed on PostgreSQL; see {self.log}")
        rate = sum(result["requests"] / result["seconds"] for result in said)
        return said[0] | {"rate": rate}

    # A great many cases

    def moving(self, sqlite_path, count):
        self.address = self.database("cases")
        taken = self.move(f"sqlite:{sqlite_path}", self.address)
        self.table.add(f"move of {count:,} cases to PostgreSQL", taken, "s", 600)
        self.cluster.value("VACUUM ANALYZE", "cases")

    def reading(self, sqlite_path, count, seconds):
        town = centre.Centre()
        town.fresh = queries.fresh(sqlite_path)
        town.kinds = [code for _, code, _ in centre.kinds(sqlite_path)]
        with self.serve(self.address) as server:
            with Server(self.executable, sqlite_path, self.log, self.files) as sqlite:
                for figure, taken, other in queries.beside(server, sqlite, town):
                    aim = 50 if figure.startswith("full text") else ("at most", 2.0)
                    self.table.add(f"{figure}, p95", taken, "ms", aim, other)
            one = self.asking([server], town, seconds)
            with self.serve(self.address) as second:
                two = self.asking([server, second], town, seconds)
        self.table.add("pages of a queue by two nodes, beside one", two, "/s", ("ratio", 0.7), one)

    def asking(self, servers, town, seconds):
        """Pages of a unit's queue a second, over all servers."""
        running = [
            subprocess.Popen(
                ["wrk", "-t1", f"-c{CLIENTS // len(servers)}", f"-d{seconds}s", "-H",
                 f"Authorization: Bearer {town.handlers[place]}",
                 f"http://127.0.0.1:{server.port}/api/v1/cases?sort=due"],
                text=True, stdout=subprocess.PIPE)
            for place, server in enumerate(servers)]
        said = [process.communicate()[0] for process in running]
        if any("Non-2xx" in text for text in said):
            raise SystemExit(f"bench: pages failed on PostgreSQL; see {self.log}")
        return sum(float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]) for text in said)

    def moving_back(self, count):
        path = str(self.work / "back.sqlite")
        remove_database(path)
        taken = self.move(self.address, f"sqlite:{path}")
        self.table.add(f"move of {count:,} cases back to SQLite", taken, "s", 600)
        remove_database(path)
