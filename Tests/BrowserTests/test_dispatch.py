"""The dispatcher's desk and the unit's, by the keyboard: send, choose, take, and what numbers open."""

import re
import unittest

import browser
import work

BOX = ".line-send input[name=cases]"


def filed(title: str) -> str:
    """A case that waits to be sent; its path."""
    with browser.page(role="duty-officer") as page:
        path = work.file_order(page, work.fresh(title))
        for move in ("accept", "file"):
            form = page.locator(f"form[action$='/{move}']")
            if not form.count():
                continue
            form.evaluate("form => form.closest('details').open = true")
            with page.expect_navigation():
                form.locator("button[type=submit]").click()
        return path


class DispatchTests(unittest.TestCase):
    def test_one_is_sent_by_enter_on_its_button(self):
        path = filed("一键派遣")
        with browser.page(role="dispatcher") as page:
            page.goto("/dispatch")
            line = page.locator(f".line-send:has(a[href='{path}'])")
            unit = line.locator(".line-to strong").inner_text()
            line.locator("button[name=one]").focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            self.assertEqual(page.locator("body").get_attribute("data-page"), "dispatch")
            self.assertEqual(page.locator(".notice-done").count(), 1)
            self.assertEqual(page.locator(f".line-send:has(a[href='{path}'])").count(), 0)
            page.goto(path)
            self.assertIn(unit.split("、")[0], page.locator(".assignments").inner_text())

    def test_several_are_ticked_by_x_and_sent_by_ctrl_and_enter(self):
        paths = [filed("成批派遣甲"), filed("成批派遣乙")]
        with browser.page(role="dispatcher") as page:
            page.goto("/dispatch")
            for path in paths:
                page.locator(f".line-send a[href='{path}']").focus()
                page.keyboard.press("x")
            self.assertEqual(page.locator(f"{BOX}:checked").count(), 2)
            self.assertIn("2", page.locator("[data-batch-count]").inner_text())
            page.locator(f"{BOX}:checked").first.focus()
            with page.expect_navigation():
                page.keyboard.press("Control+Enter")
            self.assertIn("已办理 2 件", page.locator("main").inner_text())
            page.locator("main a.button").click()
            self.assertEqual(page.locator("body").get_attribute("data-page"), "dispatch")

    def test_another_unit_is_chosen_on_the_page_of_the_case(self):
        path = filed("换个单位")
        with browser.page(role="dispatcher") as page:
            page.goto("/dispatch")
            page.locator(f".line-send:has(a[href='{path}']) a.button").click()
            page.wait_for_url(re.compile(re.escape(path) + "#move-dispatch"))
            self.assertTrue(page.locator("#move-dispatch").evaluate("one => one.open"))

    def test_without_scripts_the_chosen_are_sent_too(self):
        path = filed("不用脚本派遣")
        with browser.page(role="dispatcher", scripts=False) as page:
            page.goto("/dispatch")
            line = page.locator(f".line-send:has(a[href='{path}'])")
            line.locator("input[name=cases]").check()
            page.locator("form#batch button[type=submit]").click()
            self.assertIn("已完成：派遣", page.locator(".notice-done").inner_text())
            self.assertEqual(page.locator(f".line-send:has(a[href='{path}'])").count(), 0)

    def test_a_number_of_the_loads_opens_as_many_cases(self):
        with browser.page(role="dispatcher") as page:
            page.goto("/dispatch?sort=open")
            numbers = page.locator(".loads td.figure a")
            wanted = [
                (int(one.inner_text()), one.get_attribute("href")) for one in numbers.all()[:6]]
            self.assertTrue(wanted)
            for count, address in wanted:
                page.goto(address)
                self.assertIn(str(count), page.locator("h1 .count").inner_text())
            for tally in range(4):
                page.goto("/dispatch")
                one = page.locator(".tally").nth(tally)
                count = one.locator("strong").inner_text()
                one.locator("a").click()
                page.wait_for_selector("[data-page=queue]")
                shown = page.locator("h1 .count")
                self.assertEqual(shown.inner_text().strip() if shown.count() else "0", count)

    def test_what_nobody_took_is_sent_elsewhere_in_one_step(self):
        path = filed("改派他处")
        with browser.page(role="dispatcher") as page:
            page.goto("/dispatch")
            with page.expect_navigation():
                page.locator(f".line-send:has(a[href='{path}']) button[name=one]").click()
            page.goto(path.replace("/cases/", "/dispatch/"))
            page.select_option("select[name=organisation]", index=1)
            page.fill("textarea[name=text]", "派错了单位")
            page.once("dialog", lambda dialog: dialog.accept())
            with page.expect_navigation():
                page.locator("form#elsewhere button[type=submit]").click()
            self.assertEqual(page.locator("body").get_attribute("data-page"), "dispatch")
            page.goto(path)
            self.assertIn("派错了单位", page.locator("main").inner_text())


class TakingTests(unittest.TestCase):
    def test_a_unit_takes_one_from_its_desk_and_then_several(self):
        with browser.page(role="handler") as page:
            page.goto("/desk")
            lines = page.locator(".line-take")
            before = lines.count()
            self.assertGreaterEqual(before, 2)
            path = lines.first.locator("a").first.get_attribute("href")
            lines.first.locator("button[name=one]").focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            self.assertEqual(page.locator(f".line-take a[href='{path}']").count(), 0)
            page.locator(".line-take input[name=cases]").first.focus()
            page.keyboard.press("Space")
            with page.expect_navigation():
                page.locator(".group-act").press("Enter")
            self.assertEqual(page.locator("body").get_attribute("data-page"), "desk")

    def test_the_camera_is_one_touch_away_on_a_phone(self):
        with browser.page(browser.PHONE, role="handler") as page:
            page.goto("/cases?state=handling")
            page.locator("table.cases tbody a").first.click()
            page.wait_for_selector("[data-page=case]")
            page.locator("main details").evaluate_all("all => all.forEach((one) => one.open = true)")
            button = page.locator("form[action$='/feed-back'] .photos-camera").first
            chosen = page.locator("form[action$='/feed-back'] input[data-photos]").first
            chosen.set_input_files(work.photo(40))
            with page.expect_file_chooser() as chooser:
                button.click()
            chooser.value.set_files(work.photo(90))
            self.assertEqual(chosen.evaluate("one => one.files.length"), 2, "both are kept")
        with browser.page(role="handler") as page:
            page.goto("/cases?state=handling")
            page.locator("table.cases tbody a").first.click()
            page.wait_for_selector("[data-page=case]")
            self.assertEqual(page.locator(".photos-camera").count(), 0)


if __name__ == "__main__":
    unittest.main()
