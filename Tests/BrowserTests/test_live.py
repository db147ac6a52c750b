"""Pages that stand open hear of what others do, and disturb nobody at work."""

import unittest

import browser
import work

BAR = "[data-live-bar]"


def listen(page, address: str) -> None:
    """Goes to a page, waits until it has its line, and marks it, so that a reload would be seen."""
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(address)
    page.evaluate("window.stays = true")


class LiveTests(unittest.TestCase):
    def test_a_case_that_somebody_files_comes_into_the_others_list_without_a_reload(self):
        with browser.page(role="dispatcher") as watching, browser.page(
            role="intake-operator"
        ) as working:
            listen(watching, "/cases?sort=newest")
            title = work.fresh("别人登记的会自己出现")
            path = work.file_order(working, title)
            row = watching.locator(f"table.cases a[href='{path}']")
            row.wait_for()
            self.assertTrue(watching.evaluate("window.stays"))
            self.assertTrue(watching.locator(BAR).is_hidden())
            self.assertEqual(browser.faults(watching), [])

    def test_the_filter_that_is_being_typed_is_left_alone(self):
        with browser.page(role="dispatcher") as watching, browser.page(
            role="intake-operator"
        ) as working:
            listen(watching, "/cases?sort=newest")
            watching.locator("#filter-text").press_sequentially("停车")
            path = work.file_order(working, work.fresh("正在输入时到来"))
            watching.locator(f"table.cases a[href='{path}']").wait_for()
            self.assertEqual(watching.input_value("#filter-text"), "停车")
            self.assertEqual(watching.evaluate("document.activeElement.id"), "filter-text")

    def test_on_a_case_a_bar_offers_what_is_new_and_no_word_is_lost(self):
        for size in browser.SIZES:
            with self.subTest(size=size.name), browser.page(
                size, role="dispatcher"
            ) as reading, browser.page(role="intake-operator") as working:
                path = work.file_order(working, work.fresh("看着的时候有人处理"))
                listen(reading, path)
                reading.locator("details.comment > summary").click()
                text = reading.locator("form[action$='/comment'] textarea")
                text.press_sequentially("我先去现场看看")
                work.form(working, "comment").locator("textarea").fill("来电人又打来了")
                work.send(working, "comment")
                reading.locator(BAR).wait_for()
                self.assertEqual(text.input_value(), "我先去现场看看")
                self.assertNotIn("来电人又打来了", reading.locator("main").inner_text())
                self.assertTrue(reading.evaluate("window.stays"))
                self.assertEqual(browser.faults(reading), [])
                self.assertEqual(browser.axe(reading), [])
                browser.shoot(reading, f"live-bar-{size.name}")
                with reading.expect_navigation():
                    reading.locator(f"{BAR} a").click()
                self.assertIn("来电人又打来了", reading.locator("main").inner_text())
                self.assertEqual(text.input_value(), "我先去现场看看")
                self.assertTrue(reading.locator(BAR).is_hidden())
                # What somebody does themselves is no news to them.
                self.assertTrue(working.locator(BAR).is_hidden())

    def test_who_is_signed_out_elsewhere_is_told_so(self):
        with browser.page(role="leader") as reading:
            listen(reading, "/desk")
            reading.evaluate(
                """() => {
                  const form = document.querySelector("form[action='/sign-out/everywhere']")
                    || document.querySelector("form[action='/sign-out']");
                  return fetch(form.action, { method: "POST", redirect: "manual",
                    body: new URLSearchParams(new FormData(form)) });
                }""")
            browser.signed_in.cache_clear()
            reading.locator(BAR).wait_for()


if __name__ == "__main__":
    unittest.main()
