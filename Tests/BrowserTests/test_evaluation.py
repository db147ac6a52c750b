"""A self-evaluation form from the editor to its review, each step by the person whose work it is."""

import re
import unittest

import browser
import work

NAME = work.fresh("网格巡查复核")


def fill(page, name: str, value: str) -> None:
    page.fill(f"[name='{name}']", value)


class EvaluationTests(unittest.TestCase):
    def test_a_form_is_written_with_its_findings_beside_it_submitted_and_given_back(self):
        with browser.page(role="evaluator") as page:
            address = self.begin(page)
            self.write(page)
            self.mend(page)
            self.submit(page)
        with browser.page(role="leader") as page:
            self.give_back(page, address)
        with browser.page(role="evaluator") as page:
            page.goto(address)
            self.assertIn("依据不足", page.inner_text("main"))
            page.locator("a[href$='/compare']").click()
            self.assertIn("没有差别", page.inner_text("main"))

    def test_what_was_left_unsaved_is_put_together_with_what_others_saved_meanwhile(self):
        with browser.page(role="evaluator") as mine, browser.page(role="evaluator") as other:
            address = self.begin(mine, work.fresh("两人同时填写"))
            edit = f"{address}/edit"
            fill(mine, "goal", "全年巡查不间断。")
            mine.goto("/desk")
            other.goto(edit)
            fill(other, "result", "巡查一千二百次。")
            other.locator(".editor-bar button").first.click()
            other.wait_for_url(address)
            mine.goto(edit)
            notice = mine.locator("#edit .notice")
            self.assertIn("有人保存过", notice.inner_text())
            self.assertEqual(mine.input_value("[name=goal]"), "全年巡查不间断。")
            browser.shoot(mine, "evaluation-kept")
            mine.locator(".editor-bar button").first.click()
            mine.wait_for_selector("section.merge")
            mine.watch.forgive("409")
            self.assertEqual(mine.input_value("[name=goal]"), "全年巡查不间断。")
            self.assertEqual(mine.input_value("[name=result]"), "巡查一千二百次。")
            # What is let go of is not offered again.
            mine.goto("/desk")
            mine.goto(edit)
            mine.locator("#edit .notice button").click()
            mine.wait_for_function("document.querySelector('[name=goal]').value === ''")
            self.assertEqual(mine.locator("#edit .notice").count(), 0)
            self.assertEqual(mine.input_value("[name=result]"), "巡查一千二百次。")

    def begin(self, page, name: str = NAME) -> str:
        page.goto("/projects")
        page.get_by_role("link", name="新建项目").click()
        page.fill("#new-name", name)
        page.locator("#new button[type=submit]").click()
        page.wait_for_url(re.compile(r"/projects/\d+/edit$"))
        return page.url.rsplit("/edit", 1)[0]

    def write(self, page) -> None:
        for column, amount in (("opening", "100"), ("adjusted", "100"), ("executed", "90")):
            fill(page, f"budget.currentYear.{column}", amount)
        fill(page, "goal", "全年巡查不间断，问题及时处置。")
        fill(page, "result", "全年巡查 1,200 次，处置率 76%。")
        # A term of the library brings its levels.
        fill(page, "indicators.0.name", "发现处置率")
        self.assertEqual(page.input_value("[name='indicators.0.level1']"), "产出指标")
        fill(page, "indicators.0.target", "≥95%")
        fill(page, "indicators.0.actual", "76%")
        fill(page, "indicators.0.weight", "90")
        with page.expect_response("**/check"):
            fill(page, "indicators.0.score", "90")
        line = page.locator("[data-line='0']")
        line.locator(".finding-error").first.wait_for()
        self.assertIn("72", line.locator("[data-why]").inner_text())
        self.assertEqual(page.inner_text("[data-shown=totalScore]"), "99.00")

    def mend(self, page) -> None:
        line = page.locator("[data-line='0']")
        with page.expect_response("**/check"):
            line.locator("[data-accept]").click()
        page.wait_for_function("document.querySelector('[data-shown=totalScore]').textContent === '81.00'")
        self.assertEqual(line.locator(".finding-error").count(), 0)
        fill(page, "indicators.0.reason", "两个月人手不足")
        browser.shoot(page, "evaluation-editor")
        page.locator(".editor-bar button").first.click()
        page.wait_for_url(re.compile(r"/projects/\d+$"))
        self.assertIn("81.00", page.inner_text(".form-head"))

    def submit(self, page) -> None:
        page.locator("#move-submit summary").click()
        page.locator("#do-submit button[type=submit]").click()
        page.wait_for_selector(".project-submitted")
        browser.shoot(page, "evaluation-submitted")

    def give_back(self, page, address: str) -> None:
        page.goto(address)
        self.assertEqual(page.locator("a[href$='/edit']").count(), 0)
        page.locator("#move-return summary").click()
        page.fill("#do-return-words", "依据不足，请补充检查记录。")
        page.locator("#do-return button[type=submit]").click()
        page.wait_for_selector(".project-draft")
        browser.shoot(page, "evaluation-returned")


if __name__ == "__main__":
    unittest.main()
