#!/usr/bin/env python3
"""Offers a server ten times what it can do, and looks for everything that it acknowledged.

usage: Benchmarks/overload.py [--executable PATH] [--seconds S] [--times N] [--rounds N] [--postgres]
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "scripts")]
sys.dont_write_bytecode = True

import centre
from cluster import Cluster
from server import Client, Server, remove_database

WORK = HERE.parent / ".run/overload"
SUSTAINED_CONNECTIONS, OFFERED_CONNECTIONS = 32, 2000


def offer(server, token, rate, seconds, connections, kept):
    return json.loads(subprocess.check_output(
        [WORK / "offer", str(server.port), token, str(int(rate)), str(seconds), str(connections),
         kept], text=True))


def row(what, said):
    """A round of ten times as much, in one line."""
    print(f"{what:<22} {said['offered']:>9,} {said['sent']:>9,} {said['made']:>8,}"
          f" {said['refused']:>9,} {said['other'] + said['broken']:>6} {said['p50']:>8.1f}"
          f" {said['p99']:>8.1f}", flush=True)


@contextlib.contextmanager
def postgres(executable, path, files):
    """The centre at `path` moved to a PostgreSQL of its own: its address, and a way to ask it."""
    with Cluster({"fsync": "on", "max_connections": "120"}, tcp=True) as cluster:
        cluster.value("CREATE DATABASE overload")
        address = cluster.url("overload")
        subprocess.run(
            [executable, "move", "--from", f"sqlite:{path}", "--to", address, "--from-files", files,
             "--to-files", files], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        yield address, lambda: cluster.value(
            "SELECT title FROM case_file", "overload").splitlines()


@contextlib.contextmanager
def sqlite(path):
    """The same of the file that it is in."""
    def titles():
        with contextlib.closing(sqlite3.connect(path)) as database:
            return [title for title, in database.execute("SELECT title FROM case_file")]
    yield path, titles


def recovery(server, token):
    """Seconds until ten requests in a row are answered well and fast."""
    started = time.monotonic()
    client, good = Client(server), 0
    while good < 10:
        taken, _ = client.timed("/api/v1/cases?limit=1", token)
        good = good + 1 if taken < 100 else 0
        if time.monotonic() > started + 60:
            raise SystemExit("overload: it did not recover within a minute")
    return time.monotonic() - started


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--executable", default=str(HERE.parent / ".build/release/chengyun"))
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--times", type=int, default=10)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own")
    asked = arguments.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    path, kept = str(WORK / "overload.sqlite"), WORK / "acknowledged"
    kept.unlink(missing_ok=True)
    compiler = shutil.which("cc") or shutil.which("clang") or "gcc"
    subprocess.run([compiler, "-O2", "-o", WORK / "offer", HERE / "offer.c"], check=True)
    token = centre.make(asked.executable, path, WORK / "server.log").officer
    wrong = []
    files = str(WORK / "files")
    os.makedirs(files, exist_ok=True)
    engine = postgres(asked.executable, path, files) if asked.postgres else sqlite(path)
    with engine as (address, titles), Server(
            asked.executable, address, WORK / "server.log", ["--files", files]) as server:
        offer(server, token, 100_000, 2, SUSTAINED_CONNECTIONS, kept)
        said = offer(server, token, 100_000, asked.seconds, SUSTAINED_CONNECTIONS, kept)
        sustained = said["made"] / asked.seconds
        rate = asked.times * sustained
        print(f"sustained with {SUSTAINED_CONNECTIONS} connections: {sustained:,.0f} creates/s; "
              f"offered from now on: {rate:,.0f}/s over {OFFERED_CONNECTIONS} connections")
        memory = [server.resident_megabytes]
        print(f"{'':<22} {'offered':>9} {'sent':>9} {'made':>8} {'refused':>9} {'failed':>6}"
              f" {'p50 ms':>8} {'p99 ms':>8}")
        for number in range(1, asked.rounds + 1):
            said = offer(server, token, rate, asked.seconds, OFFERED_CONNECTIONS, kept)
            memory.append(server.resident_megabytes)
            row(f"{asked.times} times, round {number}", said)
            if said["other"] or said["broken"]:
                wrong.append("requests were answered otherwise than by 201 and 503, or not at all")
            if said["told"] != said["refused"]:
                wrong.append("a refusal did not say when to come again")
            if not said["made"] or not said["refused"]:
                wrong.append("it was no overload")
            print(f"  served beside it: {said['made'] / asked.seconds / sustained:.2f} of the sustained"
                  f" rate; well again after {recovery(server, token):.2f} s; resident memory"
                  f" {memory[-1]:,.0f} MB")
        # The first round fills what is kept for requests at once; then it stays.
        if max(memory[2:], default=0) > 1.3 * memory[1] + 50:
            wrong.append(f"memory grew: {memory}")
        acknowledged = kept.read_text().split("\n")[:-1]
        found = titles()
    there = set(found)
    lost = sum(title not in there for title in acknowledged)
    twice = len(found) - len(there)
    print(f"acknowledged {len(acknowledged):,}, lost {lost}, found twice {twice}")
    if lost or twice:
        wrong.append("acknowledged work is gone, or done twice")
    remove_database(path)
    for line in wrong:
        print(f"overload: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
