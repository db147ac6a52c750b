"""A patroller's phone: reports made without a network are all there, once and in order, whatever happens
to the page, the session and the line."""

import os
import signal
import subprocess
import tempfile
import time
import unittest
from contextlib import contextmanager
from pathlib import Path

import browser
import town
import work

# Within the villages that patrol01 walks; asked of the page's own data.
READY = "[data-phone][data-ready]"
KEPT = "[data-phone][data-kept]"
ROWS = "[data-outbox] li"


def sign_in(page, name: str = "patrol01") -> None:
    page.fill(town.SIGN_IN_NAME, name)
    page.fill(town.SIGN_IN_PASSWORD, town.PASSWORD)
    page.click(town.SIGN_IN_BUTTON)


@contextmanager
def phone(folder: str):
    """The phone as it is when it is switched on: what it kept is in the folder. At the end its process is
    killed, so that nothing is told to save anything."""
    port = Path(folder) / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    process = subprocess.Popen(
        ["/usr/bin/chromium", "--headless=new", "--no-sandbox", "--remote-debugging-port=0",
         "--lang=zh-CN", "--accept-lang=zh-CN", "--no-first-run", "--window-size=390,844",
         f"--user-data-dir={folder}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        deadline = time.monotonic() + 30
        while not (port.exists() and port.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        number = port.read_text().split()[0]
        over = browser.chromium().browser_type.connect_over_cdp(f"http://127.0.0.1:{number}")
        context = over.contexts[0]
        context.set_default_timeout(browser.PATIENCE)
        context.grant_permissions(["geolocation"], origin=town.town().address)
        yield context
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def opened(context):
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(town.town().address + "/m")
    if page.locator(town.SIGN_IN_NAME).count():
        sign_in(page)
        page.wait_for_url("**/m")
    page.wait_for_selector(READY)
    return page


def stand_in_my_grid(context, page) -> None:
    """Lets the phone be in the middle of its grids, as it has them."""
    place = page.evaluate(
        """async () => {
          const data = await (await fetch("/m/data")).json();
          const ring = data.areas[0].boundary[0];
          const mean = (index) => ring.reduce((sum, one) => sum + one[index], 0) / ring.length;
          return { longitude: mean(0), latitude: mean(1), accuracy: 8 };
        }""")
    context.set_geolocation(place)


def report(page, title: str, photos: int = 1) -> None:
    """Fills in the form and puts the report into the outbox."""
    kind = page.locator("#phone-form [name=kind]")
    kind.evaluate(
        "(list) => { list.value = 'E0102'; list.dispatchEvent(new Event('change', { bubbles: true })); }")
    page.fill("#phone-form [name=title]", title)
    for index in range(photos):
        page.set_input_files("[data-shoot=attachments] >> nth=0", work.photo(40 + index))
        page.locator("[data-shots=attachments] li").nth(index).wait_for()
    page.locator("[data-here]", has_text="位置：").wait_for()
    for field in page.locator("[data-fields=report] [required]").all():
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(index=1)
        elif field.get_attribute("type") == "number":
            field.fill("3")
        else:
            field.fill("若干")
    page.locator("#phone-form [type=submit]").click()
    page.locator(ROWS, has_text=title).wait_for()


def arrived(page, title: str) -> list[str]:
    """The numbers of the cases with these words in their title, oldest first."""
    return page.evaluate(
        """async (text) => {
          const answer = await fetch("/api/v1/cases?limit=100&order=newest&text=" + encodeURIComponent(text));
          return (await answer.json()).cases.map((one) => [one.number, one.title]);
        }""", title)


class PhoneTests(unittest.TestCase):
    def test_reports_made_offline_arrive_once_in_order_after_the_process_was_killed(self):
        mark = work.fresh("离线巡查").split()[-1]
        titles = [f"{mark} 第{index}处" for index in range(1, 6)]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            with phone(folder) as context:
                page = opened(context)
                page.wait_for_selector(KEPT)
                stand_in_my_grid(context, page)
                context.set_offline(True)
                page.reload()
                page.wait_for_selector(READY)
                for title in titles[:3]:
                    report(page, title, photos=2)
                self.assertEqual(page.locator(ROWS, has_text="待发").count(), 3)
            with phone(folder) as context:
                context.set_offline(True)
                page = context.pages[0]
                page.goto(town.town().address + "/m")
                page.wait_for_selector(READY)
                self.assertEqual(page.locator(ROWS, has_text="待发").count(), 3)
                self.assertIn("没有网络", page.locator("[data-state]").inner_text())
                page.fill("#phone-form [name=title]", "写到一半")
                page.wait_for_timeout(600)
            with phone(folder) as context:
                page = opened(context)
                self.assertEqual(page.input_value("#phone-form [name=title]"), "写到一半")
                page.locator(ROWS, has_text="已发").nth(2).wait_for()
                stand_in_my_grid(context, page)
                for title in titles[3:]:
                    report(page, title)
                page.locator(ROWS, has_text="已发").nth(4).wait_for()
                found = sorted(arrived(page, mark))
                self.assertEqual([title for _, title in found], titles)
                self.assertEqual(page.locator(ROWS, has_text="待发").count(), 0)

    def test_an_answer_that_is_lost_makes_no_second_case(self):
        title = work.fresh("回执丢失")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            page = opened(context)
            stand_in_my_grid(context, page)
            lost = []

            def lose(route):
                route.fetch()
                lost.append(route.request.url)
                route.abort()

            page.route("**/m/reports", lose)
            report(page, title)
            while not lost:
                page.wait_for_timeout(50)
            page.locator(ROWS, has_text="待发").wait_for()
            page.unroute("**/m/reports")
            page.locator("[data-send]").click()
            page.locator(ROWS, has_text="已发").wait_for()
            self.assertEqual(len(lost), 1)
            self.assertEqual(len(arrived(page, title.split()[-1])), 1)

    def test_a_session_that_ended_leaves_the_queue_whole_until_its_owner_signs_in(self):
        title = work.fresh("会话失效")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            page = opened(context)
            page.wait_for_selector(KEPT)
            stand_in_my_grid(context, page)
            context.set_offline(True)
            report(page, title)
            context.clear_cookies()
            context.set_offline(False)
            page.locator("[data-sign-in]").wait_for()
            self.assertEqual(page.locator(ROWS, has_text="待发").count(), 1)
            # Somebody else's session sends nothing of it, and shows nothing of it.
            page.goto(town.town().address + "/sign-in?next=%2Fm")
            sign_in(page, "patrol02")
            page.wait_for_selector(READY)
            self.assertEqual(page.locator(ROWS).count(), 0)
            self.assertEqual(arrived(page, title.split()[-1]), [])
            context.clear_cookies()
            page.goto(town.town().address + "/sign-in?next=%2Fm")
            sign_in(page)
            page.wait_for_selector(READY)
            page.locator(ROWS, has_text="已发").wait_for()
            self.assertEqual(len(arrived(page, title.split()[-1])), 1)

    def test_one_that_is_refused_waits_for_its_reporter_while_the_others_go_on(self):
        bad, good = work.fresh("位置在外"), work.fresh("位置在内")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            page = opened(context)
            page.wait_for_selector(KEPT)
            stand_in_my_grid(context, page)
            context.set_offline(True)
            report(page, bad)
            report(page, good)
            page.evaluate(
                """async () => {
                  const asked = indexedDB.open(`phone:${document.body.dataset.person}`);
                  await new Promise((done) => { asked.onsuccess = done; });
                  const store = asked.result.transaction("reports", "readwrite").objectStore("reports");
                  store.openCursor().onsuccess = ({ target }) => {
                    const report = target.result.value;
                    const at = report.values.findIndex(([name]) => name === "latitude");
                    report.values[at] = ["latitude", "22.500000"];
                    target.result.update(report);
                  };
                  asked.result.close();
                }""")
            context.set_offline(False)
            page.locator(ROWS, has_text=good).get_by_text("已发").wait_for()
            refused = page.locator(ROWS, has_text=bad)
            refused.get_by_text("需要查看").wait_for()
            self.assertIn("22.50000", refused.inner_text())
            refused.get_by_role("button", name="修改").click()
            self.assertEqual(page.input_value("#phone-form [name=title]"), bad)
            page.locator("[data-here-now]").click()
            page.locator("[data-here]", has_text="位置：").wait_for()
            page.locator("#phone-form [type=submit]").click()
            page.locator(ROWS, has_text=bad).get_by_text("已发").wait_for()
            self.assertEqual(len(arrived(page, bad.split()[-1])), 1)

    def test_signing_out_asks_where_something_waits_and_takes_everything_away(self):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            page = opened(context)
            page.wait_for_selector(KEPT)
            stand_in_my_grid(context, page)
            page.route("**/m/reports", lambda route: route.abort())
            report(page, work.fresh("退出前未发"))
            asked = []

            def dialog(one):
                asked.append(one.message)
                one.dismiss() if len(asked) == 1 else one.accept()

            page.on("dialog", dialog)
            out = page.locator("form[action='/sign-out']")
            out.evaluate("form => form.requestSubmit()")
            page.wait_for_timeout(300)
            self.assertTrue(page.url.endswith("/m"))
            out.evaluate("form => form.requestSubmit()")
            page.wait_for_url("**/sign-in")
            self.assertIn("1 条", asked[1])
            left = page.evaluate(
                "async () => [...await caches.keys(), ...(await indexedDB.databases()).map((one) => one.name)]")
            self.assertEqual(left, [])

    def test_handled_on_the_spot_it_is_closed_with_its_photos(self):
        title = work.fresh("当场处置")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            page = opened(context)
            stand_in_my_grid(context, page)
            page.locator("#phone-form [name=kind]").evaluate(
                "(list) => { list.value = 'E0102';"
                " list.dispatchEvent(new Event('change', { bubbles: true })); }")
            page.locator("#phone-spot").check()
            page.fill("#phone-form [name=text]", "已当场清理")
            page.set_input_files("[data-shoot='spot.attachments'] >> nth=0", work.photo(200))
            for field in page.locator("[data-fields=spot] [required]").all():
                field.select_option(index=1) if field.evaluate("one => one.tagName") == "SELECT" else field.fill("1")
            report(page, title, photos=2)
            row = page.locator(ROWS, has_text=title)
            row.get_by_text("已发").wait_for()
            with page.expect_navigation():
                row.locator("a").click()
            self.assertIn("结案", work.state(page))


if __name__ == "__main__":
    unittest.main()
