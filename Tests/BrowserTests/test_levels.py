"""A unit sends on what it was sent: to its crew, whose answer it takes over, on paper and phone."""

import unittest

import browser
import town
import work

CREW = "landscape-crew"


def post(page, path: str, data: dict) -> None:
    """Sends JSON as the session of the page; what is there already from an earlier run is well."""
    proof = page.request.get("/api/v1/me").json()["csrf"]
    answer = page.request.post(path, data=data, headers={"X-CSRF-Token": proof})
    assert answer.ok or answer.status == 409, answer.text()


class LevelTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        with browser.page(role="system-administrator") as page:
            post(page, "/api/v1/organisations", {
                "code": CREW, "name": "绿化养护一队", "kind": "unit", "parent": "landscape"})
        with browser.page(role="security-administrator") as page:
            for name, called, unit, roles in [
                ("levelhead", "内勤某", "landscape", ["dispatcher", "handler"]),
                ("levelcrew", "队员某", CREW, ["handler"]),
            ]:
                post(page, "/api/v1/people", {
                    "signIn": name, "name": called, "organisation": unit,
                    "password": town.PASSWORD,
                    "roles": [{"role": role, "organisation": unit} for role in roles]})
                town.SIGN_INS[name] = (name, town.PASSWORD)

    def test_what_a_unit_passes_on_comes_back_to_it_with_what_its_crew_found(self):
        with browser.page(role="intake-operator") as page:
            case = work.file_order(page, work.fresh("行道树倒伏，请绿化部门处理"))
            work.send(page, "accept")
            work.send(page, "file")
        with browser.page(role="dispatcher") as page:
            page.goto(case)
            form = work.form(page, "dispatch")
            form.locator("select[name=organisation]").select_option("landscape")
            for box in form.locator("input[name=helpers]:checked").all():
                box.uncheck()
            work.send(page, "dispatch")
        with browser.page(role="levelhead") as page:
            self.pass_on(page, case)
        with browser.page(size=browser.PHONE, role="levelcrew") as page:
            self.handle(page, case)
        with browser.page(role="levelhead") as page:
            page.goto(case)
            form = work.form(page, "feed-back")
            self.assertEqual(form.locator("[name=text]").input_value(), "已扶正并加固。")
            self.assertEqual(form.locator("[name=factFinding]").input_value(), "属实")
            work.send(page, "feed-back")
            self.assertEqual(work.state(page), "待核查")

    def pass_on(self, page, case: str) -> None:
        page.goto(case)
        form = work.form(page, "pass-on")
        form.locator("select[name=organisation]").select_option(CREW)
        form.locator("[name=until]").fill("2030-01-01T12:00")
        form.locator("[name=text]").fill("请今天内处理。")
        work.send(page, "pass-on")
        page.watch.forgive("422")
        self.assertIn("期限", page.locator(".error-summary").inner_text())
        form = work.form(page, "pass-on")
        self.assertEqual(form.locator("[name=text]").input_value(), "请今天内处理。")
        form.locator("[name=until]").fill("")
        work.send(page, "pass-on")
        parts = page.locator(".assignments li")
        self.assertIn("已转派", parts.nth(0).inner_text())
        self.assertIn("绿化养护一队", parts.nth(1).inner_text())
        self.assertIn("level-1", parts.nth(1).get_attribute("class"))
        self.assertIn("转派给 绿化养护一队", page.locator(".timeline li").first.inner_text())
        self.assertEqual(browser.faults(page), [])
        self.assertEqual(browser.axe(page), [])

    def handle(self, page, case: str) -> None:
        page.goto("/desk")
        page.locator(f"a[href='{case}']").first.click()
        work.send(page, "take")
        self.assertEqual(browser.faults(page), [])
        answer = work.form(page, "feed-back")
        answer.locator("[name=text]").fill("已扶正并加固。")
        answer.locator("[name=factFinding]").fill("属实")
        answer.locator("[name=claimFinding]").fill("合理")
        files = answer.locator("input[type=file]")
        if files.count():
            files.first.set_input_files(work.photo(90))
        work.send(page, "feed-back")
        self.assertEqual(work.state(page), "处置中", page.locator("main").inner_text())


if __name__ == "__main__":
    unittest.main()
