"""A case through its whole life, each step by the person whose work it is, in real browsers."""

import re
import unittest

import browser

DESKTOP = browser.SIZES[0]
LIGHT = browser.SCHEMES[0]
PHONE = browser.SIZES[-1]


def file_order(page) -> str:
    """Files a hotline order as the intake operator; the path of its page."""
    page.goto("/cases/new?channel=hotline&kind=H0301")
    page.fill("input[name=title]", "浏览器测试：小区路面积水无人清理")
    page.fill("textarea[name=description]", "雨后积水三天，老人出行不便。")
    page.fill("input[name='reporter.name']", "周某")
    page.fill("input[name='reporter.phone']", "13800001234")
    for select in page.locator("form#case select[required]").all():
        if not select.input_value():
            select.select_option(index=1)
    for field in page.locator("form#case input[type=text][required]").all():
        if not field.input_value():
            field.fill("测试")
    area = page.locator("select[name=area]")
    area.select_option(index=area.locator("option").count() - 1)
    page.locator("form#case button[type=submit]").click()
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    return re.sub(r"^https?://[^/]+", "", page.url)


class CaseLifeTests(unittest.TestCase):
    def test_a_hotline_order_is_filed_accepted_and_found_by_its_words(self):
        with browser.page(DESKTOP, LIGHT, "intake-operator") as page:
            path = file_order(page)
            self.assertNotIn("13800001234", page.content())
            page.locator("form[action$='/accept'] button[type=submit]").click()
            page.wait_for_load_state("load")
            self.assertIn("已受理", page.content())
            page.goto("/cases?text=积水无人")
            self.assertIn(path, page.content())

    def test_a_stale_form_is_told_that_somebody_was_faster(self):
        with browser.page(DESKTOP, LIGHT, "intake-operator") as one:
            path = file_order(one)
            with browser.page(PHONE, LIGHT, "intake-operator") as other:
                other.goto(path)
                one.locator("form[action$='/accept'] button[type=submit]").click()
                one.wait_for_load_state("load")
                form = other.locator("form[action$='/accept']")
                form.locator("button[type=submit]").click()
                other.wait_for_load_state("load")
                self.assertIn("有人先一步", other.content())
                other.watch.forgive("409")


if __name__ == "__main__":
    unittest.main()
