"""A server that is offered ten times what it can do: the short form of `make overload`."""

import asyncio
import json
import pathlib
import re
import time
import unittest

from loading import HOUSE

from places import SQLitePlace

EXECUTABLE = HOUSE / ".build/debug/chengyun"
AT_ONCE = 8


class Caller:
    """One connection; a report after the other."""

    def __init__(self, server, token):
        self.server, self.token, self.writer = server, token, None

    async def report(self, title):
        """The status, the head and the body of the answer; None where the connection broke."""
        body = json.dumps({"kind": "H0201", "channel": "hotline", "title": title,
                           "fields": {"subject": "none"}}).encode()
        head = (f"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nIdempotency-Key: {title}\r\n"
                f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode()
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection(
                    "127.0.0.1", self.server.port)
            self.writer.write(head + body)
            answer = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(re.search(r"content-length: (\d+)", answer)[1])
            return int(answer[9:12]), answer, await self.reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            self.writer = None
            return None

    def close(self):
        if self.writer is not None:
            self.writer.close()


@unittest.skipUnless(EXECUTABLE.exists(), "the executable is not built")
class OverloadTests(unittest.TestCase):
    def test_ten_times_the_sustained_rate(self):
        """Refusals say when to come again, what was acknowledged is there, memory stays."""
        with SQLitePlace(EXECUTABLE) as self.place:
            with self.place.serve(options=["--max-requests", str(AT_ONCE)]) as server:
                asyncio.run(self.drive(server))
            self.check_log(pathlib.Path(server.log.name).read_text())
            self.place.verify()

    async def drive(self, server):
        made = await self.closed(server, count=120)
        self.assertEqual([answer[0] for answer in made], [201] * 120)
        sustained = 120 / self.took
        before = server.resident_megabytes
        statuses, acknowledged = await self.open(server, rate=10 * sustained, count=2000)
        self.assertEqual(set(statuses) - {201, 503}, set(), "answered otherwise, or not at all")
        self.assertGreater(statuses.count(503), 0, "it was no overload")
        self.assertGreater(statuses.count(201), 0, "nobody was served")
        self.assertLess(server.resident_megabytes, before + 100)
        # Afterwards it answers as before, each of as many as it lets in.
        after = await self.closed(server, count=40)
        self.assertEqual([answer[0] for answer in after], [201] * 40)
        titles = [title for title, in self.place.rows("SELECT title FROM case_file")]
        self.assertEqual(len(titles), len(set(titles)), "a case was made twice")
        self.assertEqual(acknowledged - set(titles), set(), "an acknowledged case is gone")
        self.assertEqual(len(titles), 160 + len(acknowledged), "a refused one was made")

    async def closed(self, server, count):
        """So many reports by half as many callers as are let in, each after its last answer."""
        callers = [Caller(server, self.place.token) for _ in range(AT_ONCE // 2)]
        numbers = iter(range(count))
        answers = []
        started = time.monotonic()

        async def work(caller):
            for number in numbers:
                answers.append(await caller.report(f"closed-{started}-{number}"))
            caller.close()

        await asyncio.gather(*map(work, callers))
        self.took = time.monotonic() - started
        return answers

    async def open(self, server, rate, count):
        """So many reports at a rate, whether or not earlier ones were answered."""
        free = [Caller(server, self.place.token) for _ in range(400)]
        statuses, acknowledged, running = [], set(), set()
        started = time.monotonic()

        async def send(number, caller):
            answer = await caller.report(f"open-{number}")
            free.append(caller)
            statuses.append(answer and answer[0])
            if answer and answer[0] == 201:
                acknowledged.add(f"open-{number}")
            if answer and answer[0] == 503:
                self.assertRegex(answer[1], r"retry-after: \d+\r\n")
                self.assertIn("application/problem+json", answer[1])
                self.assertEqual(json.loads(answer[2])["status"], 503)

        for number in range(count):
            wait = started + number / rate - time.monotonic()
            if wait > 0 or not free:
                await asyncio.sleep(max(wait, 0.001))
            while not free:
                await asyncio.sleep(0.001)
            running.add(task := asyncio.create_task(send(number, free.pop())))
            task.add_done_callback(running.discard)
            if number % 50 == 0:
                await asyncio.sleep(0)
        await asyncio.gather(*running)
        for caller in free:
            caller.close()
        return statuses, acknowledged

    def check_log(self, text):
        """Every line but that with the address is an object, and none has the token in it."""
        self.assertNotIn(self.place.token, text)
        said = text.splitlines()
        address = [line for line in said if not line.startswith("{")]
        self.assertEqual(len(address), 1, address)
        self.assertIn("http://", address[0])
        lines = [json.loads(line) for line in said if line not in address]
        self.assertGreater(sum(line.get("status") == 503 for line in lines), 0)
        self.assertEqual({line["level"] for line in lines} - {"info"}, set())


if __name__ == "__main__":
    unittest.main()
