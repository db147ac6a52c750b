"""A form through both of its reviews: each step by the person whose work it is."""

import unittest

import browser
import forms
import work


class ReviewTests(unittest.TestCase):
    def test_a_form_is_given_back_with_words_written_again_and_approved_by_both_reviews(self):
        with browser.page(role="bookkeeper") as page:
            address = forms.begin(page, work.fresh("垃圾清运服务"))
            forms.write(page)
            forms.save(page)
            forms.move(page, "submit")
            self.assertEqual(page.locator(".project-submitted").count(), 1)
            self.assertEqual(page.locator("#move-review-department").count(), 0, "own work")
        with browser.page(role="leader") as page:
            page.goto(address)
            forms.move(page, "return", "请补充检查记录。")
            self.assertEqual(page.locator(".project-draft").count(), 1)
        with browser.page(role="bookkeeper") as page:
            page.goto(address)
            self.assertIn("请补充检查记录。", page.inner_text("main"))
            page.locator("a[href$='/edit']").click()
            forms.fill(page, "indicators.0.reason", "两个月车辆不足，检查记录另附")
            forms.save(page)
            forms.move(page, "submit", "记录已补充。")
        with browser.page(role="leader") as page:
            page.goto(address)
            forms.move(page, "review-department")
            self.assertEqual(page.locator(".project-department-reviewed").count(), 1)
            self.assertEqual(page.locator("#move-review-finance").count(), 0, "it is for finance")
        with browser.page(role="evaluator") as page:
            page.goto(address)
            self.assertIn("记录已补充。", page.inner_text("main"))
            forms.move(page, "comment", "扣分理由已核对。")
            forms.move(page, "review-finance", "同意。")
            self.assertEqual(page.locator(".project-finance-reviewed").count(), 1)
            browser.shoot(page, "evaluation-approved")
        with browser.page(role="bookkeeper") as page:
            page.goto(address)
            said = page.inner_text("main")
            self.assertIn("扣分理由已核对。", said)
            self.assertIn("同意。", said)
            self.assertEqual(page.locator("a[href$='/edit']").count(), 0)
            page.goto(f"{address}/compare?before=1&after=2")
            self.assertIn("检查记录另附", page.inner_text("main"))


if __name__ == "__main__":
    unittest.main()
