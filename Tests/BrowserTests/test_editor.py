"""The editor of a form by the keyboard, and in a browser that runs no scripts."""

import re
import unittest

import browser
import forms
import work


class EditorTests(unittest.TestCase):
    def test_enter_goes_on_to_the_next_field_and_never_leaves_the_form(self):
        with browser.page(role="evaluator") as page:
            forms.begin(page, work.fresh("逐格填写"))
            address = page.url
            forms.write(page)
            page.focus("[name='indicators.0.target']")
            page.keyboard.press("Enter")
            self.assertEqual(
                page.evaluate("document.activeElement.name"), "indicators.0.direction")
            # A text of several lines keeps its line breaks.
            page.focus("[name=goal]")
            page.keyboard.press("End")
            page.keyboard.press("Enter")
            self.assertEqual(page.evaluate("document.activeElement.name"), "goal")
            self.assertEqual(page.url, address)

    def test_without_scripts_a_form_is_written_scored_and_saved(self):
        with browser.page(role="evaluator", scripts=False) as page:
            forms.begin(page, work.fresh("无脚本填写"))
            address = page.url
            forms.write(page)
            forms.fill(page, "indicators.0.score", "90")
            # Enter saves and stays.
            with page.expect_navigation():
                page.press("[name='indicators.0.target']", "Enter")
            self.assertEqual(page.url, address)
            line = page.locator("[data-line='0']")
            self.assertEqual(line.locator(".finding-error").count(), 1)
            self.assertIn("72", line.locator("[data-why]").inner_text())
            self.assertEqual(page.inner_text("[data-shown=totalScore]"), "99.00")
            forms.fill(page, "indicators.0.score", "九十")
            with page.expect_navigation():
                page.locator(".editor-bar button").first.click()
            page.watch.forgive("422")
            self.assertIn("不是数字", page.inner_text(".error-summary"))
            self.assertEqual(page.input_value("[name='indicators.0.score']"), "九十")
            forms.fill(page, "indicators.0.score", "72")
            forms.save(page)
            self.assertIn("81.00", page.inner_text(".form-head"))
            forms.move(page, "submit")
            self.assertEqual(page.locator(".project-submitted").count(), 1)
            self.assertTrue(re.search(r"/projects/\d+$", page.url))


if __name__ == "__main__":
    unittest.main()
