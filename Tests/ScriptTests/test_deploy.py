"""The files of docs/deploy, tried: two nodes behind a real nginx with TLS, over a PostgreSQL primary
with a synchronous standby."""

import contextlib
import http.client
import http.cookies
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.parse

from loading import HOUSE, until

from cluster import BINARIES, free_port

EXECUTABLE = HOUSE / ".build/debug/chengyun"
DEPLOY = HOUSE / "docs/deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
# PostgreSQL does not run as the superuser, and looks for certificates in its user's home.
AS_OWNER = (["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--reset-env"]
            if os.geteuid() == 0 else [])
PASSWORD = "correct horse battery"


class UnitTests(unittest.TestCase):
    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
    def test_systemd_takes_the_units(self):
        with tempfile.TemporaryDirectory() as folder:
            units = []
            for file in sorted(DEPLOY.glob("chengyun*.[st]*")):
                name = file.name.replace("@.", "@8081.")
                text = file.read_text()
                if ".service" in name:
                    self.assertIn("/usr/local/bin/chengyun ", text, name)
                # The program itself need not be installed here.
                pathlib.Path(folder, name).write_text(
                    text.replace("/usr/local/bin/chengyun ", "/bin/true "))
                units.append(os.path.join(folder, name))
            self.assertEqual(len(units), 4)
            done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True,
                                  text=True)
            said = [line for line in done.stderr.splitlines() if "chengyun" in line]
            self.assertEqual((done.returncode, said), (0, []))

    @unittest.skipUnless(EXECUTABLE.exists(), "the executable is not built")
    def test_the_program_takes_what_the_units_say(self):
        """Every option in them is one that `serve` has."""
        known = subprocess.run([EXECUTABLE, "serve", "--help"], capture_output=True, text=True)
        for name in ["chengyun.service", "chengyun@.service"]:
            command = re.search(r"^ExecStart=.*?[^\\]$", (DEPLOY / name).read_text(), re.M | re.S)
            for option in re.findall(r"--[a-z-]+", command[0]):
                self.assertIn(option, known.stdout, name)


class Cluster:
    """A primary and a synchronous standby, with the settings of docs/deploy."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = [free_port(), free_port()]
        self.processes = {}

    def make(self):
        self._certificate()
        self._initialise()
        self._start(0)
        for line in ["CREATE ROLE chengyun LOGIN PASSWORD 'lamp/light'",
                     "CREATE ROLE chengyun_standby REPLICATION LOGIN PASSWORD 'follow'",
                     "CREATE DATABASE chengyun OWNER chengyun",
                     "SELECT pg_create_physical_replication_slot('chengyun_standby')"]:
            # There is no standby yet that could take it.
            self.ask(f"SET synchronous_commit = local; {line}" if "DATABASE" not in line else line,
                     local="DATABASE" in line)
        self._standby()
        self._start(1)

    def data(self, number):
        return self.folder / f"data{number}"

    def _certificate(self):
        """An authority, and a certificate for 127.0.0.1, as docs/deploy.md makes them."""
        run = lambda *words: subprocess.run(words, check=True, cwd=self.folder,
                                            capture_output=True)
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        run("openssl", "req", "-x509", *key, "-subj", "/CN=authority", "-keyout", "ca.key",
            "-out", "ca.crt")
        run("openssl", "req", *key, "-subj", "/CN=centre.example", "-keyout", "centre.key",
            "-out", "centre.csr")
        (self.folder / "ext").write_text("subjectAltName=IP:127.0.0.1,DNS:centre.example")
        run("openssl", "x509", "-req", "-in", "centre.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
            "-days", "2", "-extfile", "ext", "-out", "centre.crt")
        shutil.copy(self.folder / "centre.key", self.folder / "db.key")
        os.chmod(self.folder / "db.key", 0o600)
        if AS_OWNER:
            shutil.chown(self.folder, "postgres")
            shutil.chown(self.folder / "db.key", "postgres")

    def _initialise(self):
        subprocess.run([*AS_OWNER, BINARIES / "initdb", "--pgdata", self.data(0), "--auth=trust",
                        "--username=postgres", "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8"],
                       check=True, capture_output=True)
        rules = (DEPLOY / "pg_hba.conf").read_text().replace("10.0.0.0/24", "127.0.0.1/32")
        (self.data(0) / "pg_hba.conf").write_text("local all postgres trust\n" + rules)
        conf = (DEPLOY / "postgresql.conf").read_text()
        conf = conf.replace("'*'", "'127.0.0.1'").replace("/etc/ssl/chengyun/db.key", "db.key")
        conf = conf.replace("/etc/ssl/chengyun/db.crt", f"{self.folder}/centre.crt")
        conf = conf.replace("'db.key'", f"'{self.folder}/db.key'")
        with open(self.data(0) / "postgresql.conf", "a") as file:
            file.write(f"{conf}\nunix_socket_directories = '{self.folder}'\nfsync = off\n"
                       "shared_buffers = 32MB\n")

    def _standby(self):
        subprocess.run(
            [*AS_OWNER, BINARIES / "pg_basebackup", "--write-recovery-conf", "--slot",
             "chengyun_standby", "--checkpoint=fast", "--no-sync", "--pgdata", self.data(1),
             "--dbname", f"host=127.0.0.1 port={self.ports[0]} user=chengyun_standby "
             "password=follow sslmode=require application_name=chengyun_standby"],
            check=True, stdout=subprocess.DEVNULL)

    def _start(self, number):
        log = open(self.folder / f"postgres{number}.log", "ab")
        self.processes[number] = subprocess.Popen(
            [*AS_OWNER, BINARIES / "postgres", "-D", self.data(number),
             "-p", str(self.ports[number])], stdout=log, stderr=log)
        log.close()
        until("PostgreSQL answers", lambda: self.ask("SELECT 1", number, check=False) == "1")

    def ask(self, sql, number=0, check=True, local=False, database="postgres"):
        environment = os.environ | ({"PGOPTIONS": "-c synchronous_commit=local"} if local else {})
        done = subprocess.run(["psql", "-h", self.folder, "-p", str(self.ports[number]), "-U",
                               "postgres", "-d", database, "-Atqc", sql], capture_output=True, text=True,
                              env=environment)
        if check and done.returncode:
            raise AssertionError(done.stderr)
        return done.stdout.strip()

    @property
    def address(self):
        """As in node.env, both servers by name."""
        query = dict(target_session_attrs="read-write", sslmode="verify-full",
                     sslrootcert=f"{self.folder}/ca.crt", connect_timeout="3")
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        return f"postgres://chengyun@{hosts}/chengyun?{urllib.parse.urlencode(query, safe='/')}"

    def end(self, number):
        self.processes[number].send_signal(signal.SIGQUIT)
        self.processes.pop(number).wait()

    def stop(self):
        for number in list(self.processes):
            self.end(number)


class Proxy:
    """nginx with the file of docs/deploy, at other ports and with a certificate of our own."""

    def __init__(self, folder, nodes):
        self.http, self.https = free_port(), free_port()
        text = (DEPLOY / "nginx.conf").read_text()
        for old, new in [("listen 80;", f"listen 127.0.0.1:{self.http};"),
                         ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.https} ssl http2;"),
                         ("127.0.0.1:8081", f"127.0.0.1:{nodes[0]}"),
                         ("127.0.0.1:8082", f"127.0.0.1:{nodes[1]}"),
                         ("/etc/ssl/chengyun", str(folder))]:
            assert old in text, old
            text = text.replace(old, new)
        text = re.sub(r".*listen \[::\].*\n", "", text)
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        file = folder / "nginx.conf"
        file.write_text(f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;"
                        + ("user www-data;" if os.geteuid() == 0 else "")
                        + f"events {{}} http {{ access_log off; {temporary}\n{text}}}")
        os.chmod(folder, 0o755)
        subprocess.run([NGINX, "-t", "-q", "-c", file], check=True)
        self.process = subprocess.Popen([NGINX, "-c", file])
        until("nginx listens", self._listens)

    def _listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.https), 1).close()
            return True
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Node:
    def __init__(self, folder, cluster, port, environment):
        self.port, self.metrics = port, free_port()
        self.log = folder / f"node{port}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [EXECUTABLE, "serve", "--database", cluster.address, "--files", folder / "files",
                 "--port", str(port), "--secure-cookies", "--trusted-proxy", "127.0.0.1",
                 "--metrics", f"127.0.0.1:{self.metrics}", "--log-format", "json"],
                stdout=log, stderr=log, env=environment)
        until("the node is ready", lambda: self.ready() == 200)

    def get(self, path, port=None):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=10)
            with contextlib.closing(connection):
                connection.request("GET", path)
                answer = connection.getresponse()
                return answer.status, answer.read().decode()
        except OSError:
            return None, ""

    def ready(self):
        return self.get("/health/ready")[0]


@unittest.skipUnless(EXECUTABLE.exists(), "the executable is not built")
@unittest.skipUnless(NGINX, "nginx is not installed")
@unittest.skipUnless((BINARIES / "initdb").exists(), "PostgreSQL 15 is not installed")
class DeployTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)
        cls.cluster = Cluster(cls.folder)
        cls.addClassCleanup(cls.cluster.stop)
        cls.cluster.make()
        (cls.folder / "pgpass").write_text("*:*:chengyun:chengyun:lamp/light\n")
        os.chmod(cls.folder / "pgpass", 0o600)
        cls.environment = os.environ | {"PGPASSFILE": str(cls.folder / "pgpass")}
        (cls.folder / "password").write_text(PASSWORD)
        cls.run_command("person", "add", "duty", "--name", "d", "--role", "duty-officer",
                        "--password-file", cls.folder / "password")
        cls.token = cls.run_command(
            "person", "token", "add", "duty", "--name", "t", "--right", "case.report", "--right",
            "case.read").strip()
        ports = [free_port(), free_port()]
        cls.nodes = [Node(cls.folder, cls.cluster, port, cls.environment) for port in ports]
        for node in cls.nodes:
            cls.addClassCleanup(node.process.wait)
            cls.addClassCleanup(node.process.kill)
        cls.proxy = Proxy(cls.folder, ports)
        cls.addClassCleanup(cls.proxy.stop)

    @classmethod
    def run_command(cls, *arguments):
        done = subprocess.run([EXECUTABLE, *arguments, "--database", cls.cluster.address],
                              capture_output=True, text=True, env=cls.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def send(self, method, path, body=None, headers={}):
        """Through the proxy, with the certificate proved."""
        context = ssl.create_default_context(cafile=self.folder / "ca.crt")
        connection = http.client.HTTPSConnection("127.0.0.1", self.proxy.https, timeout=60,
                                                 context=context)
        self.addCleanup(connection.close)
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        answer.text = answer.read().decode() if "event-stream" not in (
            answer.getheader("Content-Type") or "") else ""
        return answer

    def sign_in(self):
        form = urllib.parse.urlencode({"name": "duty", "password": PASSWORD})
        answer = self.send("POST", "/sign-in", form,
                           {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(answer.status, 303)
        jar = http.cookies.SimpleCookie(answer.getheader("Set-Cookie"))
        return answer, f"chengyun_session={jar['chengyun_session'].value}"

    def report(self, title):
        body = json.dumps({"kind": "H0201", "channel": "hotline", "title": title,
                           "fields": {"subject": "none"}})
        return self.send("POST", "/api/v1/cases", body, {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            "Idempotency-Key": title})

    def test_1_without_tls_one_is_led_to_it(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.proxy.http, timeout=10)
        connection.request("GET", "/cases?a=b", headers={"Host": "centre.example"})
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.getheader("Location")),
                         (308, "https://centre.example/cases?a=b"))
        connection.close()

    def test_2_a_session_holds_on_every_node_and_its_cookie_is_for_tls_only(self):
        answer, cookie = self.sign_in()
        said = answer.getheader("Set-Cookie")
        self.assertIn("Secure", said)
        self.assertIn("HttpOnly", said)
        self.assertEqual(answer.getheader("Strict-Transport-Security"), "max-age=31536000")
        self.assertEqual([self.send("GET", "/desk", headers={"Cookie": cookie}).status
                          for _ in range(6)], [200] * 6)
        for node in self.nodes:
            until("both nodes were asked", lambda: '"route":"/desk"' in node.log.read_text())
            self.assertNotIn(PASSWORD, node.log.read_text())

    def test_3_names_of_requests_come_from_the_proxy_and_health_does_not_pass(self):
        answer = self.send("GET", "/sign-in", headers={"X-Request-Id": "from-outside"})
        self.assertRegex(answer.getheader("X-Request-Id"), "^[0-9a-f]{32}$")
        self.assertEqual(self.send("GET", "/health/ready").status, 404)
        self.assertEqual(self.send("GET", "/metrics").status, 404)
        status, text = self.nodes[0].get("/metrics", self.nodes[0].metrics)
        self.assertEqual(status, 200)
        self.assertIn("chengyun_database_up 1\n", text)
        tool = shutil.which("promtool")
        if tool:
            done = subprocess.run([tool, "check", "metrics"], input=text, capture_output=True,
                                  text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_4_files_pass_up_to_the_limit_of_the_program_which_words_what_is_beyond(self):
        made = json.loads(self.report("with a file").text)
        picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20 * 1_048_576 - 16)

        def attach(content):
            return self.send("POST", f"/api/v1/cases/{made['id']}/attachments?name=a.png", content,
                             {"Authorization": f"Bearer {self.token}",
                              "Content-Type": "image/png"})

        self.assertEqual(attach(picture).status, 201)
        beyond = attach(picture + b"x")
        self.assertEqual(beyond.status, 413)
        self.assertIn("application/problem+json", beyond.getheader("Content-Type"))

    def test_5_events_of_live_pages_are_not_held_back(self):
        _, cookie = self.sign_in()
        last = self.cluster.ask("SELECT MAX(sequence) FROM ledger_entry",
                                database="chengyun")
        answer = self.send("GET", f"/live?after={last}", headers={"Cookie": cookie})
        self.assertEqual(answer.status, 200)
        self.assertIn("text/event-stream", answer.getheader("Content-Type"))
        self.report("something new")
        # It comes while the stream is open, so nothing keeps it until there is more.
        lines = [b""]
        while lines[-1] != b"event: news\n":
            lines.append(answer.readline())
            self.assertTrue(lines[-1], lines)
        self.assertGreater(int(lines[-2].removeprefix(b"id:")), int(last))

    def test_6_both_servers_have_what_is_acknowledged(self):
        self.assertEqual(self.cluster.ask("SELECT sync_state FROM pg_stat_replication"), "sync")
        self.assertEqual(self.report("on both").status, 201)
        on_standby = self.cluster.ask("SELECT pg_last_wal_receive_lsn() >= '" + self.cluster.ask(
            "SELECT pg_current_wal_flush_lsn()") + "'", 1)
        self.assertEqual(on_standby, "t")

    def test_7_without_the_standby_nothing_is_acknowledged_and_nodes_say_so(self):
        self.cluster.end(1)

        def is_slow():
            status, text = self.nodes[0].get("/health/ready")
            return status == 503 and '"database":"slow"' in text

        until("the node is not ready", is_slow)
        self.assertEqual(self.nodes[0].get("/health/live")[0], 200)
        self.cluster._start(1)
        until("the node is ready", lambda: self.nodes[0].ready() == 200)

    def test_8_a_node_that_dies_is_passed_over(self):
        _, cookie = self.sign_in()
        self.nodes[1].process.kill()
        self.nodes[1].process.wait()
        self.assertEqual([self.send("GET", "/desk", headers={"Cookie": cookie}).status
                          for _ in range(10)], [200] * 10)
        self.assertEqual([self.report(f"with one node {n}").status for n in range(5)], [201] * 5)

    def test_9_a_node_says_that_it_goes_and_answers_what_was_begun(self):
        self.nodes[0].process.terminate()
        self.nodes[0].process.wait(60)
        self.assertEqual(self.nodes[0].process.returncode, 0)


if __name__ == "__main__":
    unittest.main()
