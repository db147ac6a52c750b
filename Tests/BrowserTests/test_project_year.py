"""The year of a project around its form: targets, the budget book, a save that came too late."""

import re
import unittest

import browser
import work


def fill(page, name: str, value: str) -> None:
    page.fill(f"[name='{name}']", value)


def begin(page, name: str) -> str:
    """Makes a project; the address of its page."""
    page.goto("/projects/new")
    page.fill("#new-name", name)
    page.locator("#new button[type=submit]").click()
    page.wait_for_url(re.compile(r"/projects/\d+/edit$"))
    return page.url.rsplit("/edit", 1)[0]


class ProjectYearTests(unittest.TestCase):
    def test_targets_are_declared_passed_on_and_shown_on_the_line_of_the_year(self):
        with browser.page(role="evaluator") as page:
            address = begin(page, work.fresh("夜间巡查"))
            page.goto(f"{address}/sheets/targets")
            fill(page, "goal", "夜间巡查不间断。")
            page.locator(".spare summary").click()
            page.select_option("[name='lines.0.level1']", "产出指标")
            fill(page, "lines.0.name", "夜间巡查次数")
            fill(page, "lines.0.target", "≥300次")
            fill(page, "lines.0.weight", "80")
            page.locator("#sheet button[type=submit]").click()
            page.wait_for_selector("#move-submit")
            page.locator("#move-submit summary").click()
            page.locator("#do-submit button[type=submit]").click()
            page.wait_for_selector(".error-summary")
            page.watch.forgive("422")
            self.assertIn("100", page.inner_text(".error-summary"))
            fill(page, "lines.0.weight", "90")
            page.locator("#sheet button[type=submit]").click()
            page.wait_for_selector(".sheet-draft")
            page.locator("#move-submit summary").click()
            page.locator("#do-submit button[type=submit]").click()
            page.wait_for_selector(".sheet-submitted")
        with browser.page(role="leader") as page:
            page.goto("/desk")
            page.goto(f"{address}/sheets/targets")
            page.locator("#move-review summary").click()
            page.locator("#do-review button[type=submit]").click()
            page.wait_for_selector(".sheet-reviewed")
            page.goto(address)
            self.assertEqual(page.locator(".life-step").count(), 8)
            self.assertEqual(page.locator(".life-reviewed a").count(), 1)
            browser.shoot(page, "project-year")

    def test_the_forms_budget_follows_from_the_book(self):
        with browser.page(role="evaluator") as page:
            address = begin(page, work.fresh("设备更新"))
            page.goto(f"{address}/budget")
            page.select_option("[name=kind]", "opening")
            fill(page, "amount", "1,838.35")
            page.locator("#entry button[type=submit]").click()
            page.wait_for_selector(".sheet-lines tbody tr")
            page.goto(f"{address}/edit")
            self.assertEqual(page.input_value("[name='budget.currentYear.opening']"), "1838.35")

    def test_who_saves_second_finds_their_text_on_the_newest_form(self):
        with browser.page(role="evaluator") as page:
            address = begin(page, work.fresh("同时填报"))
            fill(page, "goal", "我的目标")
            fill(page, "department", "我的部门")
            other = page.context.new_page()
            other.goto(f"{address}/edit")
            other.fill("[name=goal]", "他人的目标")
            other.fill("[name=result]", "他人的结果")
            other.locator(".editor-bar button").first.click()
            other.wait_for_url(re.compile(r"/projects/\d+$"))
            other.close()
            page.locator(".editor-bar button").first.click()
            page.wait_for_selector(".merge")
            page.watch.forgive("409")
            self.assertIn("他人的目标", page.inner_text(".merge"))
            self.assertEqual(page.input_value("[name=goal]"), "我的目标")
            self.assertEqual(page.input_value("[name=result]"), "他人的结果")
            browser.shoot(page, "project-merge")
            page.locator(".merge button[type=submit]").click()
            page.wait_for_url(re.compile(r"/projects/\d+$"))
            self.assertIn("我的目标", page.inner_text("main"))
            self.assertIn("他人的结果", page.inner_text("main"))


if __name__ == "__main__":
    unittest.main()
