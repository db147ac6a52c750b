"""How many moves a minute the verbs make, beside the same rows written without them."""

import sqlite3
import time

from server import remove_database

# What is entered beside the moves that people make.
BESIDE = ("case.attach", "case.open-reporter", "case.overdue", "case.deadline")


def count(path):
    """The moves in a database, reports among them."""
    database = sqlite3.connect(path)
    marks = ",".join("?" * len(BESIDE))
    moves, = database.execute(
        f"SELECT COUNT(*) FROM ledger_entry WHERE verb LIKE 'case.%' AND verb NOT IN ({marks})",
        BESIDE).fetchone()
    database.close()
    return moves


def written_again(path):
    """Seconds in which SQLite writes all rows once more, with every index, in the order of their keys."""
    copy = path + ".rows"
    remove_database(copy)
    database = sqlite3.connect(copy, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("ATTACH ? AS made", [path])
    shapes = database.execute(
        "SELECT type, name, sql FROM made.sqlite_master WHERE sql IS NOT NULL "
        "AND name NOT LIKE 'case_search%' AND name NOT LIKE 'sqlite_%' ORDER BY type DESC").fetchall()
    for _, _, sql in shapes:
        database.execute(sql)
    started = time.monotonic()
    database.execute("BEGIN")
    for kind, name, _ in shapes:
        if kind == "table":
            database.execute(f"INSERT INTO main.{name} SELECT * FROM made.{name}")
    database.execute("COMMIT")
    taken = time.monotonic() - started
    database.close()
    remove_database(copy)
    return taken


def measure(table, path, seconds):
    moves = count(path)
    table.add("random moves through the verbs", moves / seconds * 60, "/min", ("least", 100_000),
              moves / written_again(path) * 60)
