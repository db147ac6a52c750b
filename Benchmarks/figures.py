"""All figures of a period over HTTP, and the bare SQL that counts the same in this process."""

import datetime
import json
import sqlite3
import statistics
import time

from cases import DAY
from server import Client

ROUNDS = 9
CASES = 250_000
ZONE = datetime.timezone(datetime.timedelta(hours=8))
STEPS = ("reported", "accepted", "filed", "dispatched", "handled", "closed")
IN = "c.{0}_at >= :start AND c.{0}_at < :end"
COUNTED = "c.state <> 'merged'"
RATED = COUNTED + " AND c.excluded_at IS NULL"


def _share(whole, part="1"):
    return f"COUNT(CASE WHEN {whole} THEN 1 END), SUM(CASE WHEN {whole} THEN {part} END)"


def _statements():
    """One for each thing that is looked through."""
    at = {name: IN.format(name) for name in (*STEPS, "called_back")}
    yield "SELECT " + ", ".join([
        _share(at["reported"]), _share(f"{at['reported']} AND c.state <> 'void'"),
        *(_share(f"{at[step]} AND {COUNTED}") for step in STEPS[1:5]),
        _share(f"{at['closed']} AND c.state = 'closed' AND {COUNTED}"),
        _share(f"{at['accepted']} AND {RATED}", "CASE WHEN c.filed_at IS NOT NULL THEN 1 ELSE 0 END"),
        _share(f"{at['dispatched']} AND {RATED}", "CASE WHEN c.return_count = 0 THEN 1 ELSE 0 END"),
        _share(f"{at['dispatched']} AND c.return_count > 0 AND {RATED}"),
        _share(f"{at['dispatched']} AND c.return_count > 0 AND {RATED}", "c.return_count"),
        _share(f"{at['called_back']} AND {RATED}", "CASE WHEN c.is_resolved = 1 THEN 1 ELSE 0 END"),
        _share(f"{at['called_back']} AND c.satisfaction IS NOT NULL AND {RATED}",
               "CASE c.satisfaction WHEN 2 THEN 300 WHEN 3 THEN 600 WHEN 4 THEN 800"
               " WHEN 5 THEN 1000 ELSE 0 END"),
        _share(f"{at['reported']} AND c.excluded_at IS NULL",
               "CASE WHEN EXISTS (SELECT 1 FROM case_link AS l WHERE l.later_id = c.id"
               " AND l.relation = 'repeat') THEN 1 ELSE 0 END"),
    ]) + " FROM case_file AS c"
    for step in ("acceptance", "check", "dispatch", "handling", "firstContact", "arbitration",
                 "supervision", "whole"):
        level = " AND k.level = 0" if step == "handling" else ""
        yield f"""
            SELECT COUNT(*), SUM(f.done), SUM(f.met), SUM(f.first), SUM(f.open), SUM(f.again),
              SUM(f.extended), SUM(f.late)
            FROM (SELECT c.id, MIN(k.is_done) AS done,
                MIN(CASE WHEN k.is_done = 1 AND k.stopped_at <= k.due_at THEN 1 ELSE 0 END) AS met,
                MIN(CASE WHEN k.is_done = 1 AND k.stopped_at <= k.original_due_at THEN 1 ELSE 0 END)
                  AS first,
                MAX(CASE WHEN k.stopped_at IS NULL THEN 1 ELSE 0 END) AS open,
                MIN(c.rework_count) AS again, MIN(c.extension_count) AS extended,
                SUM(CASE WHEN COALESCE(k.stopped_at, :now) > k.due_at
                  THEN (COALESCE(k.stopped_at, :now) - k.due_at) / 60000 END) AS late
              FROM case_clock AS k JOIN case_file AS c ON c.id = k.case_id
              WHERE k.step = '{step}' AND k.due_at >= :start AND k.due_at < :end{level}
                AND (k.is_done = 1 OR (k.stopped_at IS NULL AND k.due_at < :now
                  AND c.state <> 'suspended')) AND {RATED}
              GROUP BY c.id) AS f"""


def measure(server, path, centre):
    """(milliseconds over HTTP, milliseconds of the bare SQL, cases reported in the period)."""
    client = Client(server)
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.execute("PRAGMA cache_size = -16384")
    first, last, all_cases = database.execute(
        "SELECT MIN(reported_at), MAX(reported_at), COUNT(*) FROM case_file").fetchone()
    days = max(1, round((last - first) / DAY * min(1, CASES / all_cases)))
    # Whole days that end well before the last case, so that most of what was due is closed.
    end = datetime.datetime.fromtimestamp(last / 1000, ZONE).date() - datetime.timedelta(30)
    start = end - datetime.timedelta(days - 1)
    address = f"/api/v1/figures?from={start}&to={end}"
    bounds = {
        "start": _moment(start), "end": _moment(end + datetime.timedelta(1)),
        "now": int(time.time() * 1000)}
    over_http, bare = [], []
    for n in range(ROUNDS + 1):
        taken, body = client.timed(address, centre.officer)
        started = time.monotonic()
        rows = [database.execute(sql, bounds).fetchone() for sql in _statements()]
        bare_taken = (time.monotonic() - started) * 1000
        if n:
            over_http.append(taken)
            bare.append(bare_taken)
    figures = {one["figure"]: one for one in json.loads(body)["figures"]}
    for name, found in (("reported", rows[0][0]), ("closed", rows[0][12])):
        if figures[name]["numerator"] != found:
            raise SystemExit(f"bench: figures: {name} is {figures[name]}, not {found}")
    if figures["closing-on-time"]["numerator"] != rows[-1][2]:
        raise SystemExit(f"bench: figures: {figures['closing-on-time']}, not {rows[-1]}")
    return statistics.median(over_http), statistics.median(bare), rows[0][0]


def _moment(day):
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp() * 1000)
