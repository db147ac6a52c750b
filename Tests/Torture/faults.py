"""What is done to a server, and what must be true after it."""

import os
import random
import signal
import time
from pathlib import Path

from clients import Crowd, missing
from places import PostgresPlace, SQLitePlace, free_port, remove_disk, small_disk

CLIENTS = 6
# Seconds in which somebody must be served again.
PATIENCE = 60
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")


class Outcome:
    """One line of the result."""

    def __init__(self, what, place, server, crowd, kills=0):
        facts = crowd.facts
        self.what, self.kills, self.acknowledged = what, kills, facts.count
        self.asked, self.outage = facts.asked, facts.longest_outage
        if server.process.poll() is not None:
            log = Path(server.log.name).read_text(encoding="utf-8", errors="replace")
            raise SystemExit(f"torture: {what}: the server ended by itself:\n{log[-2000:]}")
        self.lost, self.twice = missing(facts, place, server)
        self.problems = list(facts.problems)
        server.stop()
        place.verify()


def grown(facts, before):
    """Waits until clients have done what they cannot have begun before there were `before` facts: each
    has one request on its way. False where they have not after a while."""
    end = time.monotonic() + PATIENCE
    while facts.count <= before + CLIENTS:
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def killed(place, kills, seed, progress, pause=(0.1, 0.9)):
    """The server dies at random moments in its work and is started again at once."""
    dice = random.Random(seed)
    server = place.serve()
    with Crowd(place, CLIENTS, seed=seed) as crowd:
        for number in range(kills):
            if not grown(crowd.facts, crowd.facts.count):
                crowd.facts.problem(f"nothing was written before kill {number + 1}")
            time.sleep(dice.uniform(*pause))
            server.kill()
            server = place.serve()
            progress(number + 1, kills)
        time.sleep(0.3)
    return Outcome(f"server killed ({place.engine})", place, server, crowd, kills)


def killed_on_sqlite(executable, kills, seed, progress):
    with SQLitePlace(executable) as place:
        place.engine = "SQLite"
        return killed(place, kills, seed, progress)


def killed_on_postgres(executable, kills, seed, progress):
    with PostgresPlace(executable) as place:
        place.engine = "PostgreSQL"
        return killed(place, kills, seed, progress)


def primary_killed(executable, seed):
    """PostgreSQL's primary dies, its synchronous standby takes over; the server stays up."""
    with PostgresPlace(executable, standby=True) as place:
        server = place.serve()
        with Crowd(place, CLIENTS, seed=seed) as crowd:
            time.sleep(3)
            place.cluster.kill()
            time.sleep(1)
            place.standby.promote()
            place.reached = place.standby
            before = crowd.facts.count
            time.sleep(6)
            if not grown(crowd.facts, before):
                crowd.facts.problem("nothing was written after the standby took over")
        return Outcome("PostgreSQL's primary killed, standby promoted", place, server, crowd, 1)


def disk_full(executable, seed):
    """The disk fills up under a SQLite database, and has room again. None where it cannot be tried."""
    disk = small_disk(48)
    if disk is None:
        return None
    try:
        with SQLitePlace(executable, disk) as place:
            server = place.serve()
            ballast = Path(disk) / "ballast"
            with Crowd(place, CLIENTS, seed=seed) as crowd:
                time.sleep(2)
                with open(ballast, "wb", buffering=0) as file:
                    try:
                        while True:
                            file.write(bytes(65536))
                    except OSError:
                        pass
                time.sleep(4)
                full = crowd.facts.count
                ballast.unlink()
                time.sleep(4)
                if not grown(crowd.facts, full):
                    crowd.facts.problem("nothing was written after there was room again")
            if server.process.poll() is not None:
                crowd.facts.problem("the server ended when the disk was full")
            return Outcome("disk full, and room again (SQLite)", place, server, crowd)
    finally:
        remove_disk(disk)


def paused(executable, seed, seconds):
    """The node that holds the sweep's lease stands still for longer than the lease lasts."""
    with PostgresPlace(executable) as place:
        def holder():
            rows = place.rows("SELECT holder, version FROM lease WHERE name = 'sweep'")
            return rows[0] if rows else None

        nodes = [place.serve()]
        end = time.monotonic() + PATIENCE
        while holder() is None and time.monotonic() < end:
            time.sleep(0.1)
        nodes.append(place.serve(port=free_port()))
        with Crowd(place, CLIENTS, [node.port for node in nodes], seed) as crowd:
            before = holder()
            # The first node was alone when the lease was taken.
            os.kill(nodes[0].process.pid, signal.SIGSTOP)
            time.sleep(seconds)
            after = holder()
            os.kill(nodes[0].process.pid, signal.SIGCONT)
            time.sleep(5)
        if before is None or after is None or before[0] == after[0]:
            crowd.facts.problem(f"the lease did not go over: {before} {after}")
        nodes[0].stop()
        return Outcome(f"node with the lease paused for {seconds} s", place, nodes[1], crowd)


def clock_jumps(executable, seed):
    """The machine's clock jumps an hour forward, and two back. None where it cannot be tried."""
    if not FAKETIME.exists():
        return None
    with SQLitePlace(executable) as place:
        offset = place.folder / "offset"
        offset.write_text("+0")
        server = place.serve(environment={
            "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(offset),
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        with Crowd(place, CLIENTS, seed=seed) as crowd:
            for jump in ("+0", "+3600", "-3600", "+0"):
                offset.write_text(jump)
                before = crowd.facts.count
                time.sleep(3)
                if not grown(crowd.facts, before):
                    crowd.facts.problem(f"nothing was written with the clock at {jump}")
        seen = place.rows("SELECT MAX(recorded_at) - MIN(recorded_at) FROM ledger_entry")[0][0]
        if seen < 7_000_000:
            crowd.facts.problem("the server did not see the clock jump")
        return Outcome("clock an hour forward and back (SQLite)", place, server, crowd)
