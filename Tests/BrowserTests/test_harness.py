"""The watching itself: pages with one thing wrong each, served from here."""

import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import browser

SOUND = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>待办</title>
<meta name="viewport" content="width=device-width">
<style>:root { color-scheme: light dark } button { min-height: 44px }</style>
<link rel="icon" href="data:,"><body><h1>待办</h1><form><label>名称 <input name="name"
style="height: 44px"></label><button>登记</button></form>%s</body></html>"""

PAGES = {
    "/sound": "",
    "/console": "<script>console.error('broken')</script>",
    "/throws": "<script>nothing.at.all()</script>",
    "/missing": "<img src='/gone.png' alt=''>",
    "/foreign": "<img src='http://127.0.0.2:9/map.png' alt=''>",
    "/wide": "<div style='width: 3000px'>宽</div>",
    "/pale": "<p style='color: #aaa; background: #fff'>看不清</p>",
    "/unlabelled": "<input name='a' style='height: 44px'><a href='/sound'></a>",
    "/twice": "<p id='a'>一</p><p id='a'>二</p>",
    "/small": "<button style='min-height: 0; height: 12px'>小</button>",
}


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.path in PAGES
        body = (SOUND % PAGES.get(self.path, "")).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class HarnessTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        cls.address = f"http://127.0.0.1:{server.server_port}"

    def faults(self, path: str, size=browser.DESKTOP, scheme: str = "light") -> list[str]:
        with browser.page(size, scheme, address=self.address) as page:
            page.goto(path)
            return browser.faults(page)

    def test_a_sound_page_has_no_faults_at_both_sizes_light_and_dark(self):
        for size in browser.SIZES:
            for scheme in browser.SCHEMES:
                with self.subTest(size=size.name, scheme=scheme):
                    self.assertEqual(self.faults("/sound", size, scheme), [])

    def test_what_goes_wrong_in_the_page_fails_the_test(self):
        for path, words in {
            "/console": "console: broken",
            "/throws": "threw: .*nothing is not defined",
            "/missing": "404: GET .*/gone.png",
            "/foreign": "another host was asked: .*map.png",
            "/not-there": "404: GET .*/not-there",
        }.items():
            with self.subTest(path), self.assertRaisesRegex(AssertionError, words):
                with browser.page(address=self.address) as page:
                    page.goto(path)
                    page.wait_for_load_state("networkidle")

    def test_an_expected_answer_can_be_forgiven(self):
        with browser.page(address=self.address) as page:
            page.goto("/not-there")
            page.watch.forgive("404")

    def test_each_broken_rule_is_named(self):
        for path, words in {
            "/wide": "pixels wider than its window",
            "/pale": "has a contrast of 2.32",
            "/unlabelled": "has no label",
            "/twice": "two elements have the id a",
            "/small": "is too small a target",
        }.items():
            with self.subTest(path):
                self.assertRegex("\n".join(self.faults(path)), words)
        self.assertEqual(len(self.faults("/unlabelled")), 2)

    def test_a_picture_is_kept(self):
        with browser.page(browser.PHONE, "dark", address=self.address) as page:
            page.goto("/sound")
            self.assertGreater(browser.shoot(page, "harness").stat().st_size, 1000)


if __name__ == "__main__":
    unittest.main()
