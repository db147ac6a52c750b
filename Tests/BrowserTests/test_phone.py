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


# The middle of the first grid, by what the page has kept.
PLACE = """async () => {
  const kept = await caches.match("/m/data");
  const { data } = await kept.json();
  const ring = data.areas[0].boundary[0];
  const mean = (index) => ring.reduce((sum, one) => sum + one[index], 0) / ring.length;
  return { longitude: mean(0), latitude: mean(1), accuracy: 8 };
}"""


def stand_in_my_grid(context, page) -> None:
    """Lets the phone be in the middle of its grids, as it has them."""
    context.set_geolocation(page.evaluate(PLACE))


def waiting(page) -> int:
    return page.locator(ROWS, has_text="待发").count()


def choose(page) -> None:
    """Chooses exposed refuse (暴露垃圾) in the list."""
    page.locator("#phone-form [name=kind]").evaluate(
        "(list) => { list.value = 'E0102'; list.dispatchEvent(new Event('change', { bubbles: true })); }")


def answer(page, stage: str = "report") -> None:
    """Answers what the kind wants to know."""
    for field in page.locator(f"[data-fields={stage}] [required]").all():
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(index=1)
        else:
            field.fill("3" if field.get_attribute("type") == "number" else "若干")


def report(page, title: str, photos: int = 1) -> None:
    """Fills in the form and puts the report into the outbox."""
    choose(page)
    page.fill("#phone-form [name=title]", title)
    for index in range(photos):
        page.set_input_files("[data-shoot=attachments] >> nth=0", work.photo(40 + index))
        page.locator("[data-shots=attachments] li").nth(index).wait_for()
    page.locator("[data-here]", has_text="位置：").wait_for()
    answer(page)
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
    def test_twenty_reports_made_offline_arrive_once_in_order_though_the_process_was_killed_twice(self):
        mark = work.fresh("离线巡查").split()[-1]
        titles = [f"{mark} 第{index:02}处" for index in range(1, 23)]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            with phone(folder) as context:
                page = opened(context)
                page.wait_for_selector(KEPT)
                stand_in_my_grid(context, page)
                context.set_offline(True)
                page.reload()
                page.wait_for_selector(READY)
                for title in titles[:12]:
                    report(page, title, photos=2)
                self.assertEqual(waiting(page), 12)
            with phone(folder) as context:
                context.set_offline(True)
                page = context.pages[0]
                page.goto(town.town().address + "/m")
                page.wait_for_selector(READY)
                self.assertEqual(waiting(page), 12)
                self.assertIn("没有网络", page.locator("[data-state]").inner_text())
                # The second phone has no position of its own: it is where the first was.
                context.set_geolocation(page.evaluate(PLACE))
                for title in titles[12:20]:
                    report(page, title)
                page.fill("#phone-form [name=title]", "写到一半")
                page.set_input_files("[data-shoot=attachments] >> nth=0", work.photo(77))
                page.locator("[data-shots=attachments] li").wait_for()
                page.wait_for_timeout(600)
            with phone(folder) as context:
                page = opened(context)
                self.assertEqual(page.input_value("#phone-form [name=title]"), "写到一半")
                self.assertEqual(page.locator("[data-shots=attachments] li").count(), 1)
                page.locator("[data-shots=attachments] button").click()
                page.locator(ROWS, has_text="已发").nth(19).wait_for()
                stand_in_my_grid(context, page)
                for title in titles[20:]:
                    report(page, title)
                page.locator(ROWS, has_text=titles[-1]).get_by_text("已发").wait_for()
                found = sorted(arrived(page, mark))
                self.assertEqual([title for _, title in found], titles)
                self.assertEqual(waiting(page), 0)

    def test_large_photos_are_made_smaller_and_what_is_no_photo_is_said(self):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            page = opened(context)
            page.evaluate(
                """async () => {
                  const canvas = document.createElement("canvas");
                  Object.assign(canvas, { width: 8000, height: 6000 });
                  const pen = canvas.getContext("2d");
                  for (let i = 0; i < 4000; i += 1) {
                    pen.fillStyle = `rgb(${i % 255} ${(i * 7) % 255} ${(i * 13) % 255})`;
                    pen.fillRect((i * 131) % 8000, (i * 197) % 6000, 300, 200);
                  }
                  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.95));
                  const files = new DataTransfer();
                  files.items.add(new File([blob], "大图.jpeg", { type: "image/jpeg" }));
                  const control = document.querySelector("[data-shoot=attachments]");
                  control.files = files.files;
                  control.dispatchEvent(new Event("change", { bubbles: true }));
                }""")
            shot = page.locator("[data-shots=attachments] img")
            shot.wait_for()
            page.wait_for_timeout(300)
            self.assertEqual(
                shot.evaluate("image => [image.naturalWidth, image.naturalHeight]"), [2560, 1920])
            page.set_input_files(
                "[data-shoot=attachments] >> nth=1",
                [{"name": "坏.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}])
            self.assertIn("坏.svg", page.locator("[data-wrong]").inner_text())
            page.set_input_files(
                "[data-shoot=attachments] >> nth=1", [work.photo(index) for index in range(9)])
            page.locator("[data-shots=attachments] li").nth(8).wait_for()
            self.assertIn("最多 9 张", page.locator("[data-wrong]").inner_text())
            self.assertEqual(page.locator("[data-shots=attachments] li").count(), 9)

    def test_without_a_position_it_asks_where_and_takes_the_area(self):
        title = work.fresh("没有定位")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            context.clear_permissions()
            page = opened(context)
            choose(page)
            page.fill("#phone-form [name=title]", title)
            page.set_input_files("[data-shoot=attachments] >> nth=0", work.photo(33))
            page.locator("[data-here]", has_text="无法获取位置").wait_for()
            answer(page)
            page.locator("#phone-form [type=submit]").click()
            self.assertIn("没有定位", page.locator("[data-wrong]").inner_text())
            area = page.locator("#phone-form [name=area]")
            area.select_option(index=area.locator("option").count() - 1)
            page.locator("#phone-form [type=submit]").click()
            page.locator(ROWS, has_text=title).get_by_text("已发").wait_for()

    def test_an_answer_that_is_lost_makes_no_second_case(self):
        title = work.fresh("回执丢失")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, phone(folder) as context:
            page = opened(context)
            page.wait_for_selector(KEPT)
            stand_in_my_grid(context, page)
            lost = []

            def lose(route):
                route.fetch()
                lost.append(route.request.url)
                route.abort()

            page.route("**/m/reports", lose)
            report(page, title)
            for _ in range(200):
                if lost:
                    break
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
            choose(page)
            page.locator("#phone-spot").check()
            page.fill("#phone-form [name=text]", "已当场清理")
            page.set_input_files("[data-shoot='spot.attachments'] >> nth=0", work.photo(200))
            answer(page, "spot")
            report(page, title, photos=2)
            row = page.locator(ROWS, has_text=title)
            row.get_by_text("已发").wait_for()
            with page.expect_navigation():
                row.locator("a").click()
            self.assertIn("结案", work.state(page))


if __name__ == "__main__":
    unittest.main()
