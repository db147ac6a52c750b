"""The check on the spot before filing: the operator asks, the patroller answers in the street."""

import unittest

import browser
import work

KIND = "E0102"
TITLE = work.fresh("路口有一车垃圾")


class CheckTests(unittest.TestCase):
    def test_a_residents_report_is_looked_at_before_it_is_filed(self):
        with browser.page(role="intake-operator") as page:
            case = self.report(page)
            work.send(page, "accept")
            self.assertEqual(work.state(page), "待立案")
            # It cannot be filed yet, and what comes next is open.
            self.assertEqual(page.locator("form[action$='/file']").count(), 0)
            form = work.form(page, "ask-check")
            choice = form.locator("select[name=organisation]")
            self.assertIn("patrol@", choice.input_value(), "a patroller of the place is chosen")
            work.send(page, "ask-check")
            self.assertEqual(work.state(page), "核实中")
            self.assertIn("核实", page.locator(".clocks").first.inner_text())
            # Whoever signs in as the patroller of the tests is asked instead.
            page.goto(case)
            form = work.form(page, "ask-check")
            form.locator("select[name=organisation]").select_option("patrol")
            work.send(page, "ask-check")
            self.assertEqual(work.state(page), "核实中")
        with browser.page(browser.PHONE, role="patroller") as page:
            work.open_waiting(page, "confirm-check", TITLE)
            self.assertEqual(work.path(page), case)
            answer = work.form(page, "confirm-check")
            answer.locator("[name=text]").fill("垃圾约一车，堆在路口。")
            answer.locator("input[type=file]").set_input_files(work.photo(90))
            work.send(page, "confirm-check")
            self.assertEqual(work.state(page), "待立案")
        with browser.page(role="intake-operator") as page:
            page.goto(case)
            self.assertIn("属实", page.locator(".facts").first.inner_text())
            self.assertIn("垃圾约一车", page.locator(".timeline").inner_text())
            work.send(page, "file")
            self.assertIn(work.state(page), ["待派遣", "待接单"])

    def report(self, page) -> str:
        page.goto(f"/cases/new?channel=resident&kind={KIND}")
        work.fill_order(page, TITLE)
        # The village of the patroller of the tests is the first one.
        area = page.locator("select[name=area]")
        area.select_option(label=[
            option for option in area.locator("option").all_inner_texts() if "村" in option][0])
        page.locator("form#case button[type=submit]").click()
        page.wait_for_url(work.CASE)
        return work.path(page)


if __name__ == "__main__":
    unittest.main()
