"""Forms that are dropped on the page that reads them: looked at beside their source, taken over."""

import re
import unittest

import browser
import forms
import work

# As a browser does it: the files are in what is dropped.
DROP = """([files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/plain" }));
  const form = document.querySelector("form[data-drop]");
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


class TakeOverTests(unittest.TestCase):
    def test_what_is_dropped_is_shown_beside_its_source_and_of_doubles_one_is_taken(self):
        name = work.fresh("街面巡查").replace(" ", "")
        with browser.page(role="bookkeeper") as page:
            page.goto("/projects/new")
            year = page.input_value("#new-year")
            page.goto("/projects/read")
            files = [
                ["甲.txt", forms.text(name, "某中心", year)],
                ["乙.txt", forms.text(name, "另一中心", year, "8.00")],
                ["丙.txt", "一封信，不是自评表。"],
            ]
            if page.locator(".discard button").count():
                page.locator(".discard button").click()
                page.wait_for_selector("#take", state="detached")
            page.evaluate(DROP, [files])
            page.wait_for_selector("#take")
            self.assertEqual(page.locator(".read-one").count(), 3)
            self.assertEqual(page.locator(".read-one [role=alert]").count(), 1)
            line = page.locator(".read-source").first.locator(".is-doubtful").first
            self.assertIn("以上由某中心填报", line.inner_text())
            page.locator(".read-form").first.locator("details > summary").first.click()
            self.assertIn("巡查次数", page.locator(".read-form").first.inner_text())
            browser.shoot(page, "read-forms-dropped")

            take = page.locator("#take .form-end button")
            take.click()
            page.wait_for_selector(".error-summary")
            page.watch.forgive("422")
            said = page.inner_text(".error-summary")
            self.assertIn("只能导入其中一份", said)
            self.assertIn("甲.txt", said)
            self.assertIn("某中心", said)
            browser.shoot(page, "read-forms-refused")
            self.assertEqual(browser.faults(page), [])
            # The link leads to the form's tick; what is left out stays so.
            page.locator(".error-summary a").first.click()
            page.locator("[name=take]").nth(1).uncheck()
            take.click()
            page.wait_for_function("!document.querySelector('.error-summary').innerText.includes('一份')")
            page.watch.forgive("422")
            self.assertTrue(page.locator("[name=take]").nth(0).is_checked())
            self.assertFalse(page.locator("[name=take]").nth(1).is_checked())
            page.check("#take-elsewhere")
            take.click()
            page.wait_for_url(re.compile(r"/projects\?"))

            page.goto(f"/projects?year={year}&text={name}")
            page.get_by_role("link", name=name).first.click()
            self.assertIn("以上由某中心填报", page.inner_text("details.unplaced"))
            browser.shoot(page, "project-unplaced")
            page.locator("a[href$='/edit']").click()
            self.assertIn("以上由某中心填报", page.inner_text("details.unplaced"))
            page.goto("/projects/read")
            self.assertEqual(page.locator("[name=take]").count(), 1, "the other one waits on")
            page.locator(".discard button").click()
            page.wait_for_selector("#take", state="detached")


if __name__ == "__main__":
    unittest.main()
