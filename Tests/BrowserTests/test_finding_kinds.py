"""A list of some hundred kinds is searched by what people type."""

import unittest

import browser

CHOOSE = "/cases/new?channel=hotline"
BOX = ".find-box"
INPUT = ".find-box input"


def rows(page) -> list[str]:
    return [row.strip() for row in page.locator(".find-row .find-name").all_inner_texts()]


class FindingKindsTests(unittest.TestCase):
    def test_by_initials_pinyin_another_word_and_english(self):
        with browser.page(role="intake-operator") as page:
            for typed, kind in [
                ("bllj", "暴露垃圾"), ("baolulaji", "暴露垃圾"), ("马蜂窝", "蜂患"),
                ("manhole", "窨井盖缺损"), ("E0403", "燃气管道破裂"),
            ]:
                with self.subTest(typed):
                    page.goto(CHOOSE)
                    page.locator(".find:has(select[name=kind])").click()
                    page.fill(INPUT, typed)
                    page.locator(".find-row", has_text=kind).first.wait_for()
                    self.assertEqual(rows(page)[0], kind)

    def test_enter_chooses_the_first_and_arrows_another(self):
        with browser.page(role="intake-operator") as page:
            page.goto(CHOOSE)
            page.locator(".find:has(select[name=kind])").click()
            page.fill(INPUT, "垃圾")
            page.locator(".find-word").first.wait_for()
            page.keyboard.press("ArrowDown")
            second = rows(page)[1]
            with page.expect_navigation():
                page.keyboard.press("Enter")
            chosen = page.locator("select[name=kind] option:checked").inner_text()
            self.assertEqual(chosen.strip(), second)
            self.assertTrue(page.locator("form#case").is_visible())

    def test_escape_leaves_all_as_it_was_and_the_focus_on_the_list(self):
        with browser.page(role="intake-operator") as page:
            page.goto(CHOOSE)
            before = page.url
            page.locator("select[name=kind]").focus()
            page.keyboard.type("b")
            self.assertEqual(page.input_value(INPUT), "b")
            page.keyboard.press("Escape")
            self.assertEqual(page.locator(BOX).count(), 0)
            self.assertEqual(page.input_value("select[name=kind]"), "")
            self.assertTrue(page.evaluate("document.activeElement.name === 'kind'"))
            self.assertEqual(page.url, before)

    def test_nonsense_finds_nothing_and_enter_sends_nothing(self):
        with browser.page(role="intake-operator") as page:
            page.goto(CHOOSE)
            before = page.url
            page.locator(".find:has(select[name=kind])").click()
            page.fill(INPUT, "zzzzqqq")
            self.assertEqual(rows(page), [])
            self.assertIn("没有这样的类型", page.locator(".find-said").inner_text())
            page.keyboard.press("Enter")
            self.assertEqual(page.url, before)

    def test_a_click_elsewhere_closes_it(self):
        with browser.page(role="intake-operator") as page:
            page.goto(CHOOSE)
            page.locator(".find:has(select[name=kind])").click()
            self.assertEqual(page.locator(BOX).count(), 1)
            page.locator("h1").click()
            self.assertEqual(page.locator(BOX).count(), 0)

    def test_the_whole_list_is_there_in_its_classes(self):
        with browser.page(role="dispatcher") as page:
            page.goto("/cases")
            page.locator(".find:has(select[name=kind])").click()
            self.assertGreater(page.locator(".find-row").count(), 200)
            self.assertIn("速调快处", page.locator(".find-group").all_inner_texts())
            page.fill(INPUT, "stz")
            page.fill(INPUT, "tiaojieqiuzhu")
            page.locator(".find-row", has_text="调解求助").first.wait_for()
            with page.expect_navigation():
                page.locator(".find-row", has_text="调解求助").first.click()
            self.assertIn("kind=M0104", page.url)

    def test_the_open_list_can_be_read_by_everybody(self):
        for scheme in ("light", "dark"):
            for size in (browser.DESKTOP, browser.PHONE):
                with self.subTest(scheme=scheme, size=size.name):
                    with browser.page(size=size, scheme=scheme, role="intake-operator") as page:
                        page.goto(CHOOSE)
                        page.locator(".find:has(select[name=kind])").click()
                        self.assertEqual(browser.axe(page), [])
                        page.fill(INPUT, "狗")
                        page.locator(".find-word").first.wait_for()
                        self.assertEqual(browser.axe(page), [])
                        box = page.locator(BOX).bounding_box()
                        self.assertGreaterEqual(box["x"], 0)
                        self.assertLessEqual(box["x"] + box["width"], size.width)

    def test_whoever_types_faster_than_the_words_come_gets_what_they_meant(self):
        with browser.page(role="intake-operator") as page:
            held = []
            page.route("**/kinds/words*", held.append)
            page.goto(CHOOSE)
            page.locator("select[name=kind]").focus()
            page.keyboard.type("hffh")
            page.keyboard.press("Enter")
            self.assertEqual(rows(page), [])
            self.assertEqual(len(held), 1)
            with page.expect_navigation():
                held[0].continue_()
            self.assertIn("kind=H0501", page.url)

    def test_without_scripts_the_list_is_a_list(self):
        with browser.page(role="intake-operator", scripts=False) as page:
            page.goto(CHOOSE)
            self.assertEqual(page.locator(".find").count(), 0)
            page.select_option("select[name=kind]", "C0104")
            page.locator("form.choose button").click()
            self.assertTrue(page.locator("form#case").is_visible())


if __name__ == "__main__":
    unittest.main()
