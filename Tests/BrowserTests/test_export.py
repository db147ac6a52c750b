"""A list is taken out as a file, with what it is narrowed by."""

import unittest
import zipfile

import browser


class ExportTests(unittest.TestCase):
    def test_a_list_and_its_figures_are_saved_as_files_for_a_spreadsheet(self):
        with browser.page(role="duty-officer") as page:
            page.goto("/cases?state=closed&sort=newest")
            shown = page.locator(".cases tbody tr").count()
            self.assertGreater(shown, 0)
            page.locator(".page-export summary").click()
            self.assertEqual(browser.faults(page), [])
            with page.expect_download() as saved:
                page.get_by_text("CSV（.csv）").click()
            name = saved.value.suggested_filename
            self.assertRegex(name, r"^案件 \d{4}-\d\d-\d\d\.csv$")
            with open(saved.value.path(), encoding="utf-8-sig") as file:
                lines = file.read().splitlines()
            self.assertGreaterEqual(len(lines) - 1, shown)
            self.assertTrue(all("已结案" in line for line in lines[1:]))
            self.assertEqual(page.get_by_text("CSV（.csv）").get_attribute("aria-busy"), None)

    def test_figures_are_saved_as_a_workbook(self):
        with browser.page(role="leader") as page:
            page.goto("/figures")
            page.locator(".page-export summary").click()
            with page.expect_download() as saved:
                page.get_by_text("Excel（.xlsx）").click()
            self.assertTrue(saved.value.suggested_filename.endswith(".xlsx"))
            self.assertIn("xl/workbook.xml", zipfile.ZipFile(saved.value.path()).namelist())


if __name__ == "__main__":
    unittest.main()
