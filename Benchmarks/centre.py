"""A centre to measure: one town of 355 village grids, 40 units, and people with API tokens."""

import hashlib
import json
import random
import sqlite3

from server import Server, remove_database

TOWNS, GRIDS, UNITS, LEADERS, GRIDS_OF_A_LEADER = 12, 355, 40, 8, 40
NOW = 1_767_225_600_000  # only for the columns that say when rows were made
# The grids are squares of 0.01 degrees, so many in a row.
ACROSS, WEST, SOUTH, SIDE = 19, 121.40, 31.40, 0.01


class Centre:
    """Ids, paths and tokens of what `fill` makes; the same in every database."""

    def __init__(self):
        generator = random.Random(355)
        self.grids = [(1000 + n, f"BENCH/T{n % TOWNS:02d}/V{n:03d}/", f"V{n:03d}")
                      for n in range(GRIDS)]
        self.units = [(3000 + n, f"CENTRE/U{n:02d}/", f"U{n:02d}") for n in range(UNITS)]
        self.officer = "cy_officer"
        self.handlers = [f"cy_handler{n}" for n in range(UNITS)]
        self.villages = {f"cy_village{n}": [self.grids[n]]
                         for n in generator.sample(range(GRIDS), UNITS)}
        self.leaders = {f"cy_leader{n}": generator.sample(self.grids, GRIDS_OF_A_LEADER)
                        for n in range(LEADERS)}

    def point(self, grid):
        """Somewhere in a grid."""
        column, row = grid % ACROSS, grid // ACROSS
        return (round(SOUTH + (row + random.random()) * SIDE, 6),
                round(WEST + (column + random.random()) * SIDE, 6))


def make(executable, path, log):
    """A new database with the catalogue that ships, the town, its units and its people."""
    remove_database(path)
    # A first start makes the tables and puts the catalogue in force.
    Server(executable, path, log).stop()
    centre = Centre()
    with sqlite3.connect(path) as database:
        fill(database, centre)
    database.close()
    return centre


def fill(database, centre):
    areas = [(100, None, "district", "BENCH", "样区", "BENCH/", None)]
    areas += [(101 + n, 100, "town", f"T{n:02d}", f"第{n + 1}镇", f"BENCH/T{n:02d}/", None)
              for n in range(TOWNS)]
    areas += [(id, 101 + n % TOWNS, "village-grid", code, f"第{n + 1}村", path, _square(n))
              for n, (id, path, code) in enumerate(centre.grids)]
    database.executemany(
        "INSERT INTO area (id, parent_id, level, code, name, path, boundary, updated_at)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, {NOW})", areas)
    bodies = [(200, None, "CENTRE", "城运中心", "centre", "CENTRE/", 100)]
    bodies += [(id, 200, code, f"第{n + 1}处置队", "unit", path, None)
               for n, (id, path, code) in enumerate(centre.units)]
    database.executemany(
        "INSERT INTO organisation (id, parent_id, code, name, kind, path, area_id, updated_at)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, {NOW})", bodies)
    # Who answers for what, of every grid for two classes.
    rules = [(10_000 + 2 * n + m, prefix, path, centre.units[(n + m) % UNITS][0])
             for n, (_, path, _) in enumerate(centre.grids) for m, prefix in enumerate(("E01", "H04"))]
    database.executemany(
        "INSERT INTO responsibility (id, kind_prefix, area_path, organisation_id)"
        " VALUES (?, ?, ?, ?)", rules)
    database.executemany(
        f"INSERT INTO counter (name, last) VALUES (?, {NOW})"
        " ON CONFLICT (name) DO UPDATE SET last = excluded.last",
        [("edition.places",), ("edition.party",)])
    _person(database, 5000, centre.officer, 200, [("duty-officer", "", "")],
            "case.read case.report figures.read")
    for n, (token, (id, path, _)) in enumerate(zip(centre.handlers, centre.units)):
        _person(database, 5100 + n, token, id, [("handler", path, "")], "case.read")
    overseers = list(centre.leaders.items()) + list(centre.villages.items())
    for n, (token, grids) in enumerate(overseers):
        _person(database, 5300 + n, token, None,
                [("leader", "", path) for _, path, _ in grids], "case.read")


def _square(n):
    west, south = WEST + n % ACROSS * SIDE, SOUTH + n // ACROSS * SIDE
    ring = [[west, south], [west + SIDE, south], [west + SIDE, south + SIDE],
            [west, south + SIDE], [west, south]]
    ring = [[round(x, 6), round(y, 6)] for x, y in ring]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps({"type": "Feature", "properties": {}, "geometry": shape})


def _person(database, id, token, organisation, grants, rights):
    database.execute(
        "INSERT INTO person (id, sign_in, name, organisation_id, created_at, updated_at)"
        f" VALUES (?, ?, ?, ?, {NOW}, {NOW})", (id, token[3:], token[3:], organisation))
    database.executemany(
        "INSERT INTO role_grant (id, person_id, role, organisation_path, area_path, granted_at)"
        f" VALUES (?, ?, ?, ?, ?, {NOW})",
        [(id * 100 + n, id, *grant) for n, grant in enumerate(grants)])
    database.execute(
        "INSERT INTO api_token (id, person_id, name, token_digest, rights, created_at, expires_at)"
        f" VALUES (?, ?, 'bench', ?, ?, {NOW}, {NOW * 2})",
        (id, id, hashlib.sha256(token.encode()).digest(), rights))


def kinds(path):
    """The kinds in force: (version, code, body)."""
    database = sqlite3.connect(path)
    rows = database.execute(
        "SELECT id, code, body FROM case_kind WHERE is_current = 1 ORDER BY code").fetchall()
    database.close()
    return [(id, code, json.loads(body)) for id, code, body in rows]
