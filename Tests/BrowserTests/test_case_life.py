"""A case through its whole life, each step by the person whose work it is: the README's first ten
minutes, as they are written there."""

import unittest

import browser
import work

TITLE = work.fresh("回访复核：北横路小区路面积水无人清理")
REPLY = "已疏通雨水井三处，积水退尽。\n现场已清扫，来电人在场确认。"


class CaseLifeTests(unittest.TestCase):
    def test_the_first_ten_minutes_are_as_the_readme_tells_them(self):
        with browser.page(role="intake-operator") as page:
            number, case = self.file(page)
        with browser.page(role="dispatcher") as page:
            self.dispatch(page, case)
        with browser.page(role="handler") as page:
            self.handle(page, case)
        with browser.page(role="dispatcher") as page:
            self.finish(page, case)
        with browser.page(role="intake-operator") as page:
            self.call_back(page, case)
            self.find(page, case, number)

    def file(self, page) -> tuple[str, str]:
        page.goto("/desk")
        page.locator(".top-nav").get_by_text("登记").click()
        page.select_option("select[name=channel]", label="12345 市民热线")
        with page.expect_navigation():
            page.select_option("select[name=kind]", label="回访复核")
        work.fill_order(page, TITLE, phone="13917654321")
        page.set_input_files("input[name=attachments]", [work.photo(40), work.photo(80)])
        self.assertEqual(page.locator(".previews img").count(), 2)
        page.locator("form#case button[type=submit]").click()
        page.wait_for_url(work.CASE)
        self.assertEqual(work.state(page), "待受理")
        self.assertIn("案件已登记", page.locator(".notice[role=status]").inner_text())
        self.assertEqual(page.locator(".case-about .photos img").count(), 2)
        # Who reported it is masked, even for the one who typed it.
        self.assertNotIn("13917654321", page.content())
        self.look_at_the_deadline(page)
        work.send(page, "accept")
        self.assertEqual(work.state(page), "待立案")
        work.send(page, "file")
        self.assertEqual(work.state(page), "待派遣")
        page.reload()
        self.assertEqual(page.locator(".notice[role=status]").count(), 0)
        return page.locator(".case-number .number").inner_text(), work.path(page)

    def look_at_the_deadline(self, page) -> None:
        why = page.locator("details.why").first
        why.locator("summary").click()
        self.assertIn("时限", why.inner_text())
        self.assertGreater(why.locator("table.intervals tbody tr").count(), 0)

    def dispatch(self, page, case: str) -> None:
        work.open_waiting(page, "dispatch", TITLE)
        self.assertEqual(work.path(page), case)
        form = work.form(page, "dispatch")
        form.locator("select[name=organisation]").select_option("roads")
        # The village is proposed to help; here the lead does it alone.
        for box in form.locator("input[name=helpers]:checked").all():
            box.uncheck()
        work.send(page, "dispatch")
        self.assertEqual(work.state(page), "待接单")

    def handle(self, page, case: str) -> None:
        work.open_waiting(page, "take", TITLE)
        work.send(page, "take")
        self.assertEqual(work.state(page), "处置中")
        contact = work.form(page, "contact")
        contact.get_by_label("已联系上", exact=True).check()
        contact.locator("textarea").fill("来电人希望雨停后尽快处理。")
        work.send(page, "contact")
        answer = work.form(page, "feed-back")
        answer.locator("[name=text]").fill(REPLY)
        answer.locator("[name=factFinding]").fill("属实，雨水井淤堵。")
        answer.locator("[name=claimFinding]").fill("合理，已疏通。")
        # Whoever has no file is told so by the server, and has typed nothing in vain.
        answer.evaluate("form => { form.noValidate = true }")
        work.send(page, "feed-back")
        page.watch.forgive("422")
        self.assertIn("材料", page.locator(".error-summary").inner_text())
        answer = work.form(page, "feed-back")
        self.assertEqual(answer.locator("[name=text]").input_value(), REPLY)
        answer.locator("input[type=file]").set_input_files(work.photo(200))
        work.send(page, "feed-back")
        self.assertEqual(work.state(page), "待核查", page.locator("main").inner_text())

    def finish(self, page, case: str) -> None:
        page.goto(case)
        # Lines stay lines.
        self.assertIn(REPLY, page.locator(".timeline").inner_text())
        work.send(page, "verify")
        self.assertEqual(work.state(page), "待结案")
        close = work.form(page, "close")
        for box in close.locator("input[name=conditions]").all():
            box.check()
        work.send(page, "close")
        self.assertEqual(work.state(page), "已结案")

    def call_back(self, page, case: str) -> None:
        page.goto(case)
        form = work.form(page, "call-back")
        form.get_by_label("已解决", exact=True).check()
        form.get_by_label("满意", exact=True).check()
        work.send(page, "call-back")
        self.assertIn("回访", page.locator(".timeline li").first.inner_text())
        work.form(page, "open-reporter")
        work.send(page, "open-reporter")
        self.assertIn("13917654321", page.content())
        page.goto(case)
        self.assertNotIn("13917654321", page.content())
        self.assertIn("查看反映人信息", page.locator(".timeline").inner_text())

    def find(self, page, case: str, number: str) -> None:
        for words in ("积水无人", number, "13917654321"):
            with self.subTest(words):
                page.goto("/desk")
                page.fill("#top-search", words)
                page.press("#top-search", "Enter")
                page.wait_for_url("**/cases?phone=*" if words == "13917654321" else "**/cases?text=*")
                self.assertNotIn("13917654321", page.url)
                self.assertEqual(page.locator(f"main a[href='{case}']").count(), 1)
        page.goto("/cases?text=13917654399")
        self.assertNotIn("13917654399", page.url)
        self.assertEqual(page.locator("table.cases").count(), 0)

    def test_of_two_people_at_once_the_second_is_told_and_loses_no_word(self):
        with browser.page(role="intake-operator") as one:
            case = work.file_order(one, "两人同时办理")
            with browser.page(browser.PHONE, role="duty-officer") as other:
                other.goto(case)
                work.send(one, "accept")
                other.locator("summary", has_text="不予受理").click()
                refusal = work.form(other, "reject")
                refusal.locator("textarea").fill("不在本镇范围。\n已转告来电人。")
                other.once("dialog", lambda box: box.accept())
                work.send(other, "reject")
                other.watch.forgive("409")
                self.assertIn("有人先一步", other.content())
                self.assertIn("不在本镇范围。\n已转告来电人。", other.locator(".typed").inner_text())
                other.get_by_text("看最新情况").click()
                self.assertEqual(work.state(other), "待立案")
                kept = work.form(other, "reject").locator("textarea").input_value()
                self.assertEqual(kept, "不在本镇范围。\n已转告来电人。")

    def test_what_cannot_be_undone_is_asked_once_more(self):
        with browser.page(role="intake-operator") as page:
            work.file_order(page, "误报案件")
            form = work.form(page, "reject")
            form.locator("textarea").fill("重复来电。")
            asked = []
            page.once("dialog", lambda box: (asked.append(box.message), box.dismiss()))
            form.locator("button[type=submit]").click()
            self.assertIn("不予受理", "".join(asked))
            self.assertEqual(work.state(page), "待受理")
            page.once("dialog", lambda box: box.accept())
            work.send(page, "reject")
            self.assertEqual(work.state(page), "不予受理")


if __name__ == "__main__":
    unittest.main()
