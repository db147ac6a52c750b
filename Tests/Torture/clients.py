"""Clients that write and remember each acknowledgement, however often the server goes away."""

import http.client
import json
import random
import struct
import threading
import time
import zlib

KIND = {"kind": "H0201", "channel": "hotline", "fields": {"subject": "无"}}
PATIENCE = 150


class Facts:
    """What was acknowledged."""

    def __init__(self):
        self.lock = threading.Lock()
        self.cases, self.comments, self.accepted, self.files = {}, {}, set(), {}
        self.asked = 0
        self.longest_outage = 0.0
        self.last_answer = time.monotonic()
        self.problems = []

    @property
    def count(self):
        return len(self.cases) + len(self.comments) + len(self.accepted) + len(self.files)

    def answered(self):
        """Somebody was served; for how long nobody was is the outage."""
        with self.lock:
            now = time.monotonic()
            self.longest_outage = max(self.longest_outage, now - self.last_answer)
            self.last_answer = now

    def problem(self, text):
        with self.lock:
            self.problems.append(text)


class Client(threading.Thread):
    """Acts on cases of its own until it is told to stop; what has no answer is asked until it has."""

    def __init__(self, number, ports, token, facts, seed):
        super().__init__(daemon=True)
        self.number, self.ports, self.token, self.facts = number, ports, token, facts
        self.random = random.Random(f"{seed}-{number}")
        self.count = 0
        self.ended = threading.Event()
        self.connection, self.down_since = None, None
        self.own = []

    def run(self):
        try:
            while not self.ended.is_set():
                self.act()
        except Exception as problem:  # noqa: BLE001 - what a client could not do is a finding
            self.facts.problem(f"client {self.number}: {problem!r}")

    def stop(self):
        self.ended.set()

    def act(self):
        self.count += 1
        name = f"{self.number}-{self.count}"
        choice = self.random.random()
        if choice < 0.5 or not self.own:
            self.report(name)
        elif choice < 0.7:
            self.comment(self.random.choice(self.own[-20:]), name)
        elif choice < 0.85:
            self.accept(self.own[-1])
        else:
            self.attach(self.random.choice(self.own[-20:]), name)

    # Actions

    def report(self, name):
        body = json.dumps(KIND | {"title": f"情况 {name}"}, ensure_ascii=False)
        headers = {"Idempotency-Key": f"key-{name}"}
        _, answer = self.until_answered("POST", "/api/v1/cases", body, headers, (200, 201))
        with self.facts.lock:
            self.facts.cases[answer["id"]] = f"情况 {name}"
        self.own.append(answer["id"])

    def comment(self, case, name):
        """A comment has no key: after a lost answer the case is read before it is sent again."""
        text = f"说明 {name}"
        body = json.dumps({"text": text}, ensure_ascii=False)
        while True:
            status, _ = self.once("POST", f"/api/v1/cases/{case}/moves/comment", body)
            if status == 200:
                break
            if status in (None, 503):
                _, answer = self.until_answered("GET", f"/api/v1/cases/{case}")
                if text in json.dumps(answer, ensure_ascii=False):
                    break
        with self.facts.lock:
            self.facts.comments[text] = case

    def accept(self, case):
        """Done already after a lost answer is done."""
        self.own.remove(case)
        status, answer = self.until_answered(
            "POST", f"/api/v1/cases/{case}/moves/accept", "{}", {}, (200, 409))
        if status == 409:
            answer = self.until_answered("GET", f"/api/v1/cases/{case}")[1]["case"]
        if answer["state"] != "accepted":
            self.facts.problem(f"case {case} is {answer['state']}, not accepted")
        with self.facts.lock:
            self.facts.accepted.add(case)

    def attach(self, case, name):
        picture = png(name)
        path = f"/api/v1/cases/{case}/attachments?name={name}.png&subject=before"
        _, answer = self.until_answered("POST", path, picture, {}, (200, 201))
        with self.facts.lock:
            self.facts.files[name] = (answer["id"], picture)

    # Asking

    def until_answered(self, method, path, body=None, headers=None, good=(200,)):
        while True:
            status, answer = self.once(method, path, body, headers)
            if status in good:
                return status, answer
            if status is not None and status not in (429, 503):
                raise RuntimeError(f"{method} {path}: {status} {answer}")

    def once(self, method, path, body=None, headers=None):
        """One request; no status where no answer came."""
        with self.facts.lock:
            self.facts.asked += 1
        try:
            if self.connection is None:
                port = self.random.choice(self.ports)
                self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            data = body.encode() if isinstance(body, str) else body
            self.connection.request(method, path, data, {
                "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            } | (headers or {}))
            response = self.connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            self.lost()
            return None, None
        if response.status in (429, 503):
            self.lost(closing=False)
            return response.status, text.decode()
        self.down_since = None
        self.facts.answered()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, text.decode(errors="replace")

    def lost(self, closing=True):
        if closing and self.connection:
            self.connection.close()
            self.connection = None
        now = time.monotonic()
        self.down_since = self.down_since or now
        if now - self.down_since > PATIENCE:
            raise RuntimeError(f"no answer for {PATIENCE} seconds")
        time.sleep(0.02)


def png(name):
    """A picture of one point with a word in it, so that each is another."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", b"name\0" + name.encode())
            + chunk(b"IDAT", zlib.compress(b"\0\1\2\3")) + chunk(b"IEND", b""))


class Crowd:
    """Some clients at work."""

    def __init__(self, place, count, ports=None, seed=0):
        self.facts = Facts()
        self.clients = [Client(n, ports or [place.port], place.token, self.facts, seed)
                        for n in range(count)]

    def __enter__(self):
        self.facts.last_answer = time.monotonic()
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, *_):
        """The last request of each is answered before this returns."""
        for client in self.clients:
            client.stop()
        for client in self.clients:
            client.join(PATIENCE + 60)
            if client.is_alive():
                self.facts.problem("a client never came to its end")


def missing(facts, place, server):
    """Looks for every fact; returns what is lost and what is there twice."""
    lost, twice = [], []

    def count(query):
        counts = {}
        for value, in place.rows(query):
            counts[value] = counts.get(value, 0) + 1
        return counts

    def check(what, counts, wanted):
        lost.extend(f"{what} {name}" for name in wanted if name not in counts)
        twice.extend(f"{what} {name}" for name, times in counts.items() if times > 1)

    check("case", count("SELECT title FROM case_file"), facts.cases.values())
    check("comment", count("SELECT body FROM case_note"), facts.comments)
    check("accepting of", count("SELECT CAST(subject_id AS TEXT) FROM ledger_entry"
                                " WHERE verb = 'case.accept'"), facts.accepted)
    check("attachment", count("SELECT name FROM case_attachment"),
          [f"{name}.png" for name in facts.files])
    titles = dict(place.rows("SELECT CAST(id AS TEXT), title FROM case_file"))
    lost.extend(f"case {id}" for id, title in facts.cases.items() if titles.get(id) != title)
    for name, (id, picture) in facts.files.items():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=40)
        connection.request("GET", f"/api/v1/attachments/{id}",
                           headers={"Authorization": f"Bearer {place.token}"})
        if connection.getresponse().read() != picture:
            lost.append(f"the file of {name}")
        connection.close()
    return lost, twice
