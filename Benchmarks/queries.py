"""First pages as their readers ask for them, and the bare SQL of the same pages in this process."""

import json
import random
import sqlite3
import time
import urllib.parse
from datetime import UTC, datetime

from cases import DAY, FIRST_ID_MOMENT, NOUNS
from server import Client, percentile
from words import query

ROUNDS, WARMING = 240, 40
LINE = """c.id, c.number, c.kind, c.kind_version, c.channel, c.state, c.title, c.place, c.area_id,
  c.lead_organisation_id, c.lead_person_id, c.is_urgent, c.is_confidential, c.reported_at,
  c.closed_at, c.due_at, c.whole_due_at, c.latitude, c.longitude, c.revision, c.queue_at"""
PAGE = 51
NEWEST = f"""SELECT {LINE} FROM (%s) AS hit JOIN case_file AS c ON c.id = hit.id
  ORDER BY c.id DESC LIMIT {PAGE}"""
HITS = f"""SELECT rowid AS id FROM case_search WHERE case_search MATCH ?
  ORDER BY rowid DESC LIMIT {PAGE}"""


FIGURES = (
    ("a unit's queue by clock", 10, "_unit_by_clock"),
    ("a unit's cases, newest first", 10, "_unit_newest"),
    ("a leader's 40 grids, newest first", 40, "_leader_newest"),
    ("a leader's 40 grids by clock", 40, "_leader_by_clock"),
    ("full text, newest first", 10, "_text"),
    ("full text within a village", 20, "_text_in_village"),
    ("full text within a leader's 40 grids", 20, "_text_of_leader"),
    ("full text within a unit", 20, "_text_of_unit"),
    ("duplicates of a case at intake", 30, "_duplicates"),
    ("who gets this?", 2, "_who"),
    ("Open311: 1,000 requests as JSON", 100, "_open311"),
    ("Open311: 1,000 requests as XML", 100, "_open311_xml"),
)


def measure(server, path, centre):
    """Yields (figure, most milliseconds, p95 over HTTP, p95 of the bare SQL)."""
    client = Client(server)
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.execute("PRAGMA cache_size = -16384")
    for figure, aim, ask in FIGURES:
        over_http, bare, empty = [], [], 0
        for n, address, token, sql, values in asked(centre, figure, ask):
            taken, found = page(client, address, token)
            started = time.monotonic()
            rows = database.execute(sql, values).fetchall()
            bare_taken = (time.monotonic() - started) * 1000
            empty += not rows
            # Of the neighbours that the SQL finds, only the likely ones are suggested.
            if found > len(rows) or (found < min(len(rows), PAGE - 1) and isinstance(address, dict)):
                raise SystemExit(f"bench: {figure}: {address} gave {found} cases, not {len(rows)}")
            # The first rounds warm caches on both sides alike.
            if n >= WARMING:
                over_http.append(taken)
                bare.append(bare_taken)
        if empty > ROUNDS // 2:
            raise SystemExit(f"bench: {figure}: most pages were empty")
        yield figure, aim, percentile(over_http, 0.95), percentile(bare, 0.95)


def beside(server, other, centre):
    """Yields (figure, p95 over HTTP, p95 of the other server) of two that hold the same cases; each
    page is asked of both, in turn, and must have as many."""
    clients = Client(server), Client(other)
    for figure, _, ask in FIGURES:
        times = [], []
        for n, address, token, _, _ in asked(centre, figure, ask):
            answers = [page(client, address, token) for client in clients]
            if answers[0][1] != answers[1][1]:
                raise SystemExit(f"bench: {figure}: {address}: not the same on both sides")
            if n >= WARMING:
                for side, (taken, _) in zip(times, answers):
                    side.append(taken)
        yield figure, *(percentile(side, 0.95) for side in times)


def asked(centre, figure, ask):
    """The same questions in every run: round, parameters, token, and their SQL."""
    generator = random.Random(figure)
    for n in range(ROUNDS):
        yield n, *globals()[ask](centre, generator, n)


def page(client, address, token):
    """`address` is what a list is narrowed to, or the path of an answer of its own."""
    if isinstance(address, str):
        taken, body = client.timed(address, token)
        if ".xml" in address:
            return taken, body.count(b"<request>")
        answer = json.loads(body)
        if isinstance(answer, list):
            return taken, len(answer)
        return taken, len(answer["rules"] if "rules" in answer else answer["duplicates"])
    taken, body = client.timed(f"/api/v1/cases?{urllib.parse.urlencode(address)}", token)
    return taken, len(json.loads(body)["cases"])


def _unit_by_clock(centre, generator, n):
    n = n % len(centre.units)
    return {"sort": "due"}, centre.handlers[n], f"""
        SELECT {LINE} FROM case_assignment AS a JOIN case_file AS c ON c.id = a.case_id
        WHERE a.organisation_id = ? AND a.is_active = 1
        ORDER BY a.queue_at, a.case_id LIMIT {PAGE}""", [centre.units[n][0]]


def _unit_newest(centre, generator, n):
    n = n % len(centre.units)
    return {}, centre.handlers[n], NEWEST % f"""
        SELECT case_id AS id FROM case_assignment WHERE organisation_id = ?
        ORDER BY case_id DESC LIMIT {PAGE}""", [centre.units[n][0]]


def _leader(centre, generator):
    token = generator.choice(list(centre.leaders))
    return token, [path for _, path, _ in centre.leaders[token]]


def _leader_newest(centre, generator, n):
    token, paths = _leader(centre, generator)
    branch = f"""SELECT * FROM (SELECT id FROM case_file WHERE area_path = ?
        ORDER BY id DESC LIMIT {PAGE})"""
    return {}, token, NEWEST % " UNION ALL ".join([branch] * len(paths)), paths


def _leader_by_clock(centre, generator, n):
    token, paths = _leader(centre, generator)
    return {"sort": "due"}, token, f"""
        SELECT {LINE} FROM case_file AS c WHERE c.closed_at IS NULL
          AND c.area_path IN ({", ".join("?" * len(paths))})
        ORDER BY c.queue_at, c.id LIMIT {PAGE}""", paths


def _text(centre, generator, n):
    text = generator.choice(NOUNS)
    return {"text": text}, centre.officer, NEWEST % HITS, [query(text)]


def _text_in_village(centre, generator, n):
    text = generator.choice(NOUNS)
    token = generator.choice(list(centre.villages))
    code = centre.villages[token][0][2].lower()
    return {"text": text}, token, NEWEST % HITS, [f"{query(text)} xa{code}"]


def _text_of_leader(centre, generator, n):
    text = generator.choice(NOUNS)
    token, paths = _leader(centre, generator)
    codes = " OR ".join("xa" + path.split("/")[-2].lower() for path in paths)
    words = " AND ".join(query(text).split())
    return {"text": text}, token, NEWEST % HITS, [f"{words} AND ({codes})"]


def _text_of_unit(centre, generator, n):
    text = generator.choice(NOUNS)
    n = generator.randrange(len(centre.units))
    code = centre.units[n][2].lower()
    return {"text": text}, centre.handlers[n], NEWEST % HITS, [f"{query(text)} xo{code}"]


def fresh(path):
    """Cases that are not dispatched yet, as `_duplicates` asks for them."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute("""
            SELECT id, area_path, latitude, longitude, reported_at FROM case_file
            WHERE state IN ('reported', 'accepted', 'filed') AND closed_at IS NULL
              AND latitude IS NOT NULL ORDER BY id""").fetchall()


def _duplicates(centre, generator, n):
    """Beside it, the rows of the grid and the days; 7 days and 200 metres are the usual."""
    id, grid, latitude, longitude, reported_at = generator.choice(centre.fresh)
    days = 7 * DAY
    first, last = (reported_at + span - FIRST_ID_MOMENT << 22 for span in (-days, days))
    high, wide = 200 / 110_000, 200 / 60_000
    return f"/api/v1/cases/{id}/duplicates", centre.officer, f"""
        SELECT {LINE}, c.description FROM case_file AS c
        WHERE c.area_path = ? AND c.id >= ? AND c.id < ? AND c.id <> ?
          AND c.latitude BETWEEN ? AND ? AND c.longitude BETWEEN ? AND ?
        ORDER BY c.id DESC""", [
            grid, first, last, id, latitude - high, latitude + high, longitude - wide,
            longitude + wide]


def _who(centre, generator, n):
    """Beside it, all organisations, from which a rule's is looked up."""
    _, grid, *_ = generator.choice(centre.fresh)
    kind = generator.choice(centre.kinds)
    address = urllib.parse.urlencode({"kind": kind, "area": grid})
    return f"/api/v1/responsibilities/who?{address}", centre.officer, """
        SELECT id, code, name, path FROM organisation WHERE retired_at IS NULL""", []


def _open311(centre, generator, n, form="json"):
    """The newest thousand up to a report, of the 90 days before it."""
    *_, reported_at = generator.choice(centre.fresh)
    end = datetime.fromtimestamp(reported_at // 1000, UTC)
    address = urllib.parse.urlencode({"end_date": end.isoformat().replace("+00:00", "Z")})
    last = reported_at // 1000 * 1000 + 1
    return f"/open311/v2/requests.{form}?{address}", centre.officer, f"""
        SELECT {LINE}, c.description, c.updated_at FROM case_file AS c
        WHERE c.reported_at >= ? AND c.reported_at < ?
        ORDER BY c.reported_at DESC, c.id DESC LIMIT 1000""", [last - 1 - 90 * DAY, last]


def _open311_xml(centre, generator, n):
    return _open311(centre, generator, n, "xml")
