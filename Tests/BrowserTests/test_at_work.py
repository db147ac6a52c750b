"""What happens to people at work: slips of the hand, a lost session, no mouse, no scripts."""

import unittest

import browser
import town
import work

VISIBLE_FOCUS = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return outlined && box.bottom > 0 && box.top < innerHeight;
}"""


def sign_in(page, role: str) -> None:
    name, password = town.SIGN_INS[role]
    page.fill(town.SIGN_IN_NAME, name)
    page.fill(town.SIGN_IN_PASSWORD, password)
    with page.expect_navigation():
        page.click(town.SIGN_IN_BUTTON)


class SlipTests(unittest.TestCase):
    def test_a_double_click_makes_one_case(self):
        with browser.page(role="intake-operator") as page:
            page.goto("/cases/new?channel=hotline&kind=H0501")
            title = work.fresh("双击登记只有一件")
            work.fill_order(page, title)
            page.locator("form#case button[type=submit]").dblclick()
            page.wait_for_url(work.CASE)
            page.goto(f"/cases?text={title.split()[1]}")
            self.assertEqual(page.locator("table.cases tbody tr").count(), 1)

    def test_a_form_that_is_sent_twice_makes_one_case(self):
        with browser.page(role="intake-operator") as page:
            page.goto("/cases/new?channel=hotline&kind=H0501")
            title = work.fresh("网络不好发了两遍")
            work.fill_order(page, title)
            answers = page.locator("form#case").evaluate(
                """form => Promise.all([1, 2].map(async () => {
                  const sent = { method: "POST", body: new FormData(form) };
                  const answer = await fetch(form.action, sent);
                  await answer.text();
                  return answer.url;
                }))""")
            self.assertRegex(answers[0], work.CASE)
            self.assertEqual(answers[0], answers[1])
            page.goto(f"/cases?text={title.split()[1]}")
            self.assertEqual(page.locator("table.cases tbody tr").count(), 1)

    def test_after_filing_the_back_button_and_reloading_file_nothing(self):
        with browser.page(role="intake-operator") as page:
            title = work.fresh("返回键不重复登记")
            case = work.file_order(page, title)
            page.reload()
            self.assertEqual(work.path(page), case)
            page.go_back()
            self.assertEqual(page.input_value("input[name=title]"), "")
            page.goto(f"/cases?text={title.split()[1]}")
            self.assertEqual(page.locator("table.cases tbody tr").count(), 1)

    def test_a_session_lost_in_mid_form_loses_no_text(self):
        with browser.page(role="intake-operator") as page:
            page.goto("/cases/new?channel=hotline&kind=H0501")
            work.fill_order(page, "登录过期也不丢字")
            page.context.clear_cookies()
            with page.expect_navigation():
                page.locator("form#case button[type=submit]").click()
            page.watch.forgive("401")
            with page.expect_navigation():
                page.locator("main a.button").click()
            sign_in(page, "intake-operator")
            self.assertIn("/cases/new", page.url)
            self.assertEqual(page.input_value("input[name=title]"), "登录过期也不丢字")
            self.assertEqual(page.input_value("input[name='reporter.phone']"), "13800001234")
            page.locator("form#case button[type=submit]").click()
            page.wait_for_url(work.CASE)
            # What was taken is not offered again.
            page.goto("/cases/new?channel=hotline&kind=H0501")
            self.assertEqual(page.input_value("input[name=title]"), "")

    def test_a_draft_is_nobody_elses(self):
        # A session of its own, since it is ended here.
        with browser.page() as page:
            page.goto("/sign-in?next=/cases/new%3Fchannel%3Dhotline%26kind%3DH0501")
            sign_in(page, "intake-operator")
            page.fill("input[name=title]", "没有登记完的内容")
            page.locator("summary[aria-label^=账号]").click()
            with page.expect_navigation():
                page.get_by_role("button", name="退出登录").click()
            sign_in(page, "duty-officer")
            page.goto("/cases/new?channel=hotline&kind=H0501")
            self.assertEqual(page.input_value("input[name=title]"), "")
            self.assertEqual(page.evaluate("sessionStorage.length"), 0)

    def test_an_old_link_leads_through_the_door_to_its_case(self):
        with browser.page(role="duty-officer") as page:
            page.goto("/cases")
            link = page.locator("table.cases tbody a").first.get_attribute("href")
        with browser.page() as page:
            page.goto(link)
            sign_in(page, "duty-officer")
            self.assertEqual(work.path(page), link)

    def test_a_long_text_keeps_the_page_in_its_width(self):
        for size in browser.SIZES:
            with self.subTest(size.name), browser.page(size, role="intake-operator") as page:
                page.goto("/cases/new?channel=hotline&kind=H0501")
                work.fill_order(page, "很长的标题" * 39 + "x" * 5)
                page.fill("textarea[name=description]", "没有空格的长句" * 400 + "a" * 300)
                page.locator("form#case button[type=submit]").click()
                page.wait_for_url(work.CASE)
                self.assertEqual(browser.faults(page), [])
                page.goto("/cases?text=很长的标题")
                self.assertEqual(browser.faults(page), [])


class KeyboardTests(unittest.TestCase):
    def test_signing_in_and_filing_need_no_mouse_and_focus_is_always_seen(self):
        with browser.page() as page:
            page.goto("/sign-in")
            page.keyboard.press("Tab")
            self.assertTrue(page.evaluate("document.activeElement.matches('.skip')"))
            self.assertTrue(page.evaluate(VISIBLE_FOCUS))
            page.keyboard.press("Enter")
            self.assertEqual(page.evaluate("document.activeElement.id"), "content")
            name, password = town.SIGN_INS["intake-operator"]
            self.write(page, town.SIGN_IN_NAME, name)
            self.write(page, town.SIGN_IN_PASSWORD, password)
            with page.expect_navigation():
                page.keyboard.press("Enter")
            self.reach(page, ".top-nav a[href='/cases/new']")
            with page.expect_navigation():
                page.keyboard.press("Enter")
            self.choose_kind(page)
            self.write(page, "input[name=title]", "只用键盘登记")
            self.write(page, "input[name='fields.order']", "SH20261125010")
            self.reach(page, "input[name='fields.why']")
            page.keyboard.press("Space")
            self.reach(page, "select[name=area]")
            for _ in range(3):
                page.keyboard.press("ArrowDown")
            self.reach(page, "form#case button[type=submit]")
            page.keyboard.press("Enter")
            page.wait_for_url(work.CASE)
            self.assertEqual(page.locator("h1").inner_text(), "只用键盘登记")

    def choose_kind(self, page) -> None:
        """Typing into the closed list searches it by the initials of 回访复核."""
        self.reach(page, "select[name=kind]")
        page.keyboard.type("hffh")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.assertIn("kind=H0501", page.url)

    def write(self, page, selector: str, text: str) -> None:
        self.reach(page, selector)
        page.keyboard.type(text)

    def reach(self, page, selector: str) -> None:
        """Goes on by Tab until there; wherever it stops on the way, the focus is seen."""
        for _ in range(80):
            page.keyboard.press("Tab")
            where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            self.assertTrue(page.evaluate(VISIBLE_FOCUS), f"no focus is seen at {where}")
            if page.evaluate("what => document.activeElement.matches(what)", selector):
                return
        self.fail(f"{selector} is not reached by Tab")


class PlainTests(unittest.TestCase):
    def test_without_scripts_a_case_is_filed_moved_and_found(self):
        for size in browser.SIZES:
            with self.subTest(size.name), browser.page(size, scripts=False) as page:
                page.goto("/sign-in")
                sign_in(page, "intake-operator")
                page.goto("/cases/new")
                page.select_option("select[name=kind]", "H0501")
                with page.expect_navigation():
                    page.locator("form.choose button").click()
                work.fill_order(page, f"没有脚本也能登记（{size.name}）")
                page.set_input_files("input[name=attachments]", work.photo())
                page.locator("form#case button[type=submit]").click()
                page.wait_for_url(work.CASE)
                case = work.path(page)
                with page.expect_navigation():
                    page.locator("form[action$='/accept'] button[type=submit]").click()
                self.assertEqual(work.state(page), "待立案")
                page.goto("/cases?text=没有脚本也能登记")
                self.assertEqual(page.locator(f"main a[href='{case}']").count(), 1)
                # Nothing is shown that only a script could fill.
                page.goto("/cases/new?channel=hotline&kind=H0501")
                self.assertFalse(page.locator("[data-map]").is_visible())
                self.assertFalse(page.locator("[data-locate]").is_visible())

    def test_without_the_fetched_scripts_there_are_tables_in_place_of_charts_and_maps(self):
        with browser.page(role="leader") as page:
            page.route("**/assets/echarts*", lambda route: route.abort())
            page.route("**/assets/leaflet*", lambda route: route.abort())
            page.goto("/figures")
            self.assertFalse(page.locator(".chart").is_visible())
            self.assertTrue(page.locator("#chart-table").is_visible())
            page.goto("/cases")
            page.locator("table.cases tbody a").first.click()
            page.wait_for_url(work.CASE)
            self.assertFalse(page.locator(".map").is_visible())
            self.assertTrue(page.get_by_text("坐标").is_visible())
            page.watch.forgive("echarts", "leaflet", "ERR_FAILED")

    def test_with_them_there_are_charts_and_maps(self):
        with browser.page(role="leader") as page:
            page.goto("/figures")
            page.wait_for_selector(".chart canvas")
            self.assertFalse(page.locator("#chart-table").is_visible())
            page.goto("/cases")
            page.locator("table.cases tbody a").first.click()
            page.wait_for_selector(".map path.point")

    def test_a_click_on_the_map_fills_in_where_it_is(self):
        with browser.page(role="intake-operator") as page:
            page.goto("/cases/new?channel=hotline&kind=H0501")
            box = page.locator("[data-map]")
            box.scroll_into_view_if_needed()
            box.click()
            self.assertRegex(page.input_value("input[name=longitude]"), r"^121\.\d{6}$")
            self.assertRegex(page.input_value("input[name=latitude]"), r"^31\.\d{6}$")


class TasteTests(unittest.TestCase):
    def test_language_and_theme_are_switched_and_stay(self):
        with browser.page(role="duty-officer") as page:
            page.goto("/cases?state=handling")
            page.locator("summary[aria-label='语言和外观']").click()
            with page.expect_response(lambda answer: answer.url.endswith("/theme")):
                page.get_by_role("button", name="深色").click()
            self.assertEqual(page.locator("html").get_attribute("data-theme"), "dark")
            with page.expect_navigation():
                page.get_by_role("button", name="English").click()
            self.assertIn("/cases?state=handling", page.url)
            self.assertEqual(page.locator("html").get_attribute("lang"), "en")
            page.goto("/desk")
            self.assertEqual(page.locator("h1").inner_text(), "My desk")
            self.assertEqual(page.locator("html").get_attribute("data-theme"), "dark")


class QueueTests(unittest.TestCase):
    def test_filters_stand_in_the_address_and_survive_paging_ordering_and_reloading(self):
        with browser.page(role="duty-officer") as page:
            page.goto("/cases")
            self.assertEqual(page.locator(".views [aria-current]").inner_text(), "在办")
            with page.expect_navigation():
                page.select_option("select[name=channel]", "patrol", force=True)
            self.assertIn("channel=patrol", page.url)
            with page.expect_navigation():
                page.locator("th a.sort").first.click()
            self.assertIn("channel=patrol", page.url)
            self.assertEqual(
                page.locator("th[aria-sort=descending]").inner_text().strip()[:4], "上报时间")
            first = page.locator("table.cases tbody .cell-number").all_inner_texts()
            with page.expect_navigation():
                page.locator("a[rel=next]").click()
            self.assertIn("channel=patrol", page.url)
            second = page.locator("table.cases tbody .cell-number").all_inner_texts()
            self.assertEqual(set(first) & set(second), set())
            page.reload()
            self.assertEqual(page.input_value("select[name=channel]"), "patrol")
            with page.expect_navigation():
                page.locator("a[rel=prev]").click()
            self.assertEqual(page.locator("table.cases tbody .cell-number").all_inner_texts(), first)
            with page.expect_navigation():
                page.locator(".chip").first.click()
            self.assertNotIn("channel", page.url)

    def test_an_operators_screen_holds_a_full_queue(self):
        with browser.page(role="duty-officer") as page:
            page.goto("/cases")
            rows = page.locator("table.cases tbody tr")
            seen = rows.evaluate_all(
                "rows => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length")
            self.assertGreaterEqual(seen, 14)

    def test_the_count_is_that_of_the_list(self):
        with browser.page(role="duty-officer") as page:
            page.goto("/cases?state=filed")
            rows = page.locator("table.cases tbody tr").count()
            self.assertEqual(page.locator("h1 .count").inner_text(), str(rows))

    def test_the_exact_time_stands_behind_what_is_left(self):
        with browser.page(role="duty-officer") as page:
            page.goto("/cases")
            self.assertRegex(
                page.locator(".clock time").first.get_attribute("title"),
                r"^截止 \d{4}-\d\d-\d\d \d\d:\d\d$")


class PaperTests(unittest.TestCase):
    def test_a_case_and_the_figures_are_printed_without_what_is_only_for_the_screen(self):
        with browser.page(role="leader") as page:
            page.goto("/cases?state=closed&sort=newest")
            page.locator("table.cases tbody a").first.click()
            page.wait_for_url(work.CASE)
            self.print(page, "case", [".timeline", ".case-about", ".clocks"])
            page.goto("/figures")
            self.print(page, "figures", ["table.figures", "#chart-table"])

    def print(self, page, name: str, wanted: list[str]) -> None:
        browser.SCREENS.mkdir(parents=True, exist_ok=True)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        for selector in wanted:
            self.assertTrue(page.locator(selector).first.is_visible(), selector)
        for selector in (".top", ".tabs", ".moves", ".filters", ".demonstration", ".chart"):
            for one in page.locator(selector).all():
                self.assertFalse(one.is_visible(), selector)
        paper = page.pdf(path=browser.SCREENS / f"{name}.pdf", prefer_css_page_size=True)
        self.assertTrue(paper.startswith(b"%PDF"))


if __name__ == "__main__":
    unittest.main()
