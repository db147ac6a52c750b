"""scripts/prepare-statements, against a real PostgreSQL 15."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from loading import SCRIPTS, loaded

SCRIPT = SCRIPTS / "prepare-statements"


class NumberedTests(unittest.TestCase):
    def test_placeholders_are_numbered_from_left_to_right(self):
        self.assertEqual(
            loaded("prepare-statements").numbered("UPDATE cases SET title = ?, note = ? WHERE id = ?"),
            "UPDATE cases SET title = $1, note = $2 WHERE id = $3",
        )

    def test_question_marks_in_strings_names_and_comments_stay(self):
        text = """SELECT 'it''s ?', "why?" FROM cases -- and why?\n/* ? */ WHERE id = ?"""
        self.assertEqual(loaded("prepare-statements").numbered(text), text[:-1] + "$1")


class PreparedTests(unittest.TestCase):
    SCHEMA = "CREATE TABLE cases (id BIGINT PRIMARY KEY, title TEXT NOT NULL);"

    def run_on(self, statements: list[str], schema: str = SCHEMA, floor: int = 1):
        with tempfile.TemporaryDirectory() as folder:
            schema_file, collected = Path(folder) / "schema", Path(folder) / "statements"
            schema_file.write_text(schema)
            collected.mkdir()
            (collected / "some.sql").write_text(
                "".join(json.dumps(text) + "\n" for text in statements)
            )
            return subprocess.run(
                [SCRIPT, "--schema", schema_file, "--floor", str(floor), collected],
                capture_output=True, encoding="utf-8", check=False,
            )

    def test_good_statements_are_counted_once_each(self):
        done = self.run_on(
            ["SELECT title FROM cases WHERE id = ?", "INSERT INTO cases VALUES (?, '停车?')"] * 2
            + ["BEGIN IMMEDIATE"]
        )
        self.assertEqual(done.stdout, "2 statements prepared on PostgreSQL 15, 0 refused\n")
        self.assertEqual(done.returncode, 0)

    def test_a_statement_of_sqlite_only_is_refused_with_its_reason(self):
        done = self.run_on(["SELECT 1", "INSERT OR IGNORE INTO cases VALUES (?, ?)"])
        self.assertIn("REFUSED: INSERT OR IGNORE INTO cases VALUES (?, ?)", done.stdout)
        self.assertIn('syntax error at or near "OR"', done.stdout)
        self.assertIn("1 statements prepared on PostgreSQL 15, 1 refused", done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_an_unclosed_quote_refuses_its_own_statement_only(self):
        done = self.run_on(["SELECT 'open", "SELECT 2", "SELECT $body$", "SELECT 3"])
        self.assertIn("2 statements prepared on PostgreSQL 15, 2 refused", done.stdout)

    def test_too_few_statements_are_a_failure(self):
        done = self.run_on(["SELECT 1"], floor=40)
        self.assertIn("only 1 statements were collected", done.stderr)
        self.assertEqual(done.returncode, 1)

    def test_a_schema_that_postgresql_refuses_is_a_failure(self):
        done = self.run_on(["SELECT 1"], schema="CREATE TABLE t (id BIGINT AUTOINCREMENT);")
        self.assertIn("PostgreSQL refuses the schema", done.stderr)
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    unittest.main()
