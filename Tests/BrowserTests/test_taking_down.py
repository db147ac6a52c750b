"""An operator takes an order down by the keyboard alone, with what is known shown beside it."""

import unittest

import browser
import work

PHONE = "13912340000"


def beside(page, group: str):
    return page.locator(f"[data-group={group}]")


class TakingDownTests(unittest.TestCase):
    def test_an_order_is_filed_by_keys_alone_from_a_template_and_a_known_place(self):
        with browser.page(role="intake-operator") as page:
            work.file_order(page, work.fresh("北横路十八弄积水"), phone=PHONE)
            page.goto("/cases/new?channel=hotline")
            self.assertEqual(page.evaluate("document.activeElement.name"), "channel")
            page.keyboard.press("Alt+KeyK")
            page.keyboard.type("zaosheng")
            page.locator(".find-row", has_text="噪声扰民").first.wait_for()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            page.keyboard.press("Alt+KeyT")
            page.keyboard.press("ArrowDown")
            with page.expect_navigation():
                page.keyboard.press("Enter")
            self.assertEqual(page.input_value("[name=title]"), "【地点】夜间施工噪声扰民")
            self.assertEqual(page.evaluate("document.activeElement.name"), "reporter.phone")
            page.keyboard.type(PHONE)
            beside(page, "caller").get_by_text("139****0000").wait_for()
            page.keyboard.press("Alt+KeyC")
            self.assertTrue(page.is_checked("[name=confidential]"))
            page.keyboard.press("Alt+KeyN")
            page.keyboard.press("Control+KeyA")
            title = work.fresh("北横路十八弄夜间施工")
            page.keyboard.type(title)
            page.keyboard.press("Alt+KeyP")
            page.keyboard.type("北横路18弄")
            page.locator(".places [role=option]").first.wait_for()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            self.assertEqual(page.input_value("[name=place]"), "云浦镇北横路 18 弄")
            self.assertNotEqual(
                page.input_value("[name=latitude]") + page.input_value("[name=area]"), "")
            for name in page.eval_on_selector_all(
                "form#case .field:has(.required) fieldset",
                "sets => sets.map((set) => set.querySelector('input').id)",
            ):
                page.locator(f"#{name}").focus()
                page.keyboard.press("Space")
            page.keyboard.press("Control+Enter")
            page.wait_for_url(work.CASE)
            self.assertIn(title, page.locator("h1").inner_text())

    def test_what_a_caller_said_before_is_taken_over_when_the_operator_says_so(self):
        with browser.page(role="intake-operator") as page:
            number = "13912340001"
            path = work.file_order(page, work.fresh("北横路十八弄路灯不亮"), phone=number)
            page.goto("/cases/new?channel=hotline&kind=H0501")
            page.fill("[name='reporter.phone']", "139 1234 0001")
            caller = beside(page, "caller")
            caller.get_by_text("139****0001").wait_for()
            self.assertNotIn("周某", page.content())
            caller.get_by_role("button").click()
            page.wait_for_function(
                "document.querySelector(\"[name='reporter.name']\").value === '周某'")
            self.assertTrue(caller.get_by_role("button").is_hidden())
            page.fill("[name='reporter.phone']", "139")
            caller.wait_for(state="hidden")
            page.goto(path)
            self.assertIn("查看反映人", page.locator(".timeline").inner_text())

    def test_another_kind_keeps_what_was_typed_and_a_template_overwrites_nothing(self):
        with browser.page(role="intake-operator") as page:
            page.goto("/cases/new?channel=hotline&kind=H0402")
            page.fill("[name=title]", "装修电钻声")
            page.fill("[name='reporter.name']", "钱某")
            page.goto("/cases/new?channel=hotline&kind=H0403&template=收费争议")
            self.assertEqual(page.input_value("[name=title]"), "装修电钻声")
            self.assertEqual(page.input_value("[name='reporter.name']"), "钱某")
            self.assertIn("停车", page.input_value("[name=description]"))
            page.locator(".notice button").first.click()
            page.wait_for_function("document.querySelector('[name=title]').value !== '装修电钻声'")


if __name__ == "__main__":
    unittest.main()
