"""Two people report one matter: it is suggested, linked as a repeat, merged and parted again."""

import unittest

import browser
import work

TITLE = work.fresh("北横路十八弄雨水井堵塞倒灌")


class TwoCasesTests(unittest.TestCase):
    def test_the_same_matter_twice_is_suggested_linked_merged_and_parted(self):
        with browser.page(role="intake-operator") as page:
            first = work.file_order(page, TITLE)
            number = page.locator(".case-number .number").inner_text()
            page.goto("/cases/new?channel=hotline&kind=H0501")
            work.fill_order(page, TITLE + " 又来电")
            hint = page.locator("[data-group=same]")
            hint.get_by_text(number).wait_for()
            self.assertIn("同类", hint.inner_text())
            page.fill("input[name=title]", "")
            hint.wait_for(state="hidden")
            page.fill("input[name=title]", TITLE + " 又来电")
            page.locator("form#case button[type=submit]").click()
            page.wait_for_url(work.CASE)
            second = work.path(page)
            same = page.locator("section:has(> #same)")
            self.assertIn(number, same.inner_text())
            self.assertIn("雨水井堵塞倒灌", same.inner_text())
            self.assertEqual(same.get_by_text("合并到该案件").count(), 0)
            with page.expect_navigation():
                page.locator(f"form#link-{number} button").click()
            self.assertIn("重复反映", page.locator("section:has(> #linked)").inner_text())
            self.assertIn("重复", page.locator(".case-state").inner_text())
            self.assertEqual(page.locator(f"form#link-{number}").count(), 0)
            with page.expect_navigation():
                page.locator(f"form#unlink-{number} button").click()
            self.assertEqual(page.locator("#linked").count(), 0)
        with browser.page(role="dispatcher") as page:
            page.goto(second)
            with page.expect_navigation():
                page.locator(f"form#merge-{number} button").click()
            self.assertEqual(work.state(page), "已合并")
            page.locator("p.notice a").get_by_text(number).click()
            page.wait_for_url(work.CASE)
            self.assertEqual(work.path(page), first)
            merged = page.locator("section:has(> #merged)")
            self.assertIn("138****1234", merged.inner_text())
            self.assertNotIn("13800001234", page.content())
            merged.locator("a").first.click()
            page.wait_for_url("**" + second)
            work.send(page, "unmerge")
            self.assertEqual(work.state(page), "待受理")
            page.goto(first)
            self.assertEqual(page.locator("#merged").count(), 0)

    def test_a_number_that_nobody_knows_is_told_at_its_field(self):
        with browser.page(role="dispatcher") as page:
            page.goto("/cases?state=handling")
            page.locator("main table.cases tbody a").first.click()
            page.wait_for_url(work.CASE)
            form = work.form(page, "link")
            form.locator("input[name=other]").fill("990101-00001")
            form.locator("input[name=relation]").first.check()
            work.send(page, "link")
            page.watch.forgive("422")
            self.assertIn("没有编号为“990101-00001”的案件", page.locator(".error-summary").inner_text())
            self.assertEqual(page.locator("input[name=other]").first.input_value(), "990101-00001")


if __name__ == "__main__":
    unittest.main()
