"""Every page, at two sizes, light and dark: no errors, no failed requests, the rules kept.

axe-core looks at each page twice: on the desktop in light, on the phone in dark.
"""

import functools
import unittest
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

import browser

FIRST_CASE = "main table.cases tbody a"
FIRST_PROJECT = "main table.projects tbody a"
AXED = {(browser.DESKTOP, "light"), (browser.PHONE, "dark")}


@dataclass(frozen=True)
class Listed:
    name: str
    path: str
    role: str | None = None
    # Where the address holds an id: the link to follow from `path`.
    follow: str | None = None
    # What is done there before looking.
    act: Callable[[Page], None] | None = None
    # The status that the page is meant to answer with.
    status: str | None = None
    language: str | None = None


def open_all(page: Page) -> None:
    """Unfolds what can be unfolded, menus aside."""
    page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")


def send_stale(page: Page) -> None:
    """Sends the first form of a move as if the page had stood open since the case was reported."""
    form = page.locator("form.form:has(input[name=revision]):has(textarea[name=text])").first
    form.evaluate(
        """form => {
          form.elements.revision.value = '1';
          form.elements.text.value = '已到现场核对，路面仍有破损，\\n需要再修一次。';
          form.querySelectorAll('[required]').forEach((one) => one.required = false);
          form.requestSubmit();
        }""")
    page.wait_for_selector("[data-page=conflict]")


def send_elsewhere(page: Page) -> None:
    """From the page of a case to the form that takes it back and sends it to another unit."""
    page.goto(page.url.split("#")[0].replace("/cases/", "/dispatch/"))
    page.wait_for_selector("[data-page=elsewhere]")


def send_empty(page: Page) -> None:
    """Sends the form of the page with nothing in it, past the browser's own check."""
    page.locator("form#case").evaluate(
        """form => {
          form.noValidate = true;
          for (const one of form.elements) if (one.name.startsWith('reporter.phone')) one.value = '12';
          form.requestSubmit();
        }""")
    page.wait_for_selector(".error-summary")


def ready(page: Page) -> None:
    """Waits until the phone's page has what it takes along."""
    page.wait_for_selector("[data-phone][data-ready]")


def edit(page: Page) -> None:
    """Opens the editor of the project, and waits until its script has been answered."""
    with page.expect_response("**/check"):
        page.locator("a[href$='/edit']").click()
    page.wait_for_selector("[data-page=edit-project]")


def compare(page: Page) -> None:
    page.locator("a[href$='/compare']").click()
    page.wait_for_selector("[data-page=compare-forms]")


def publish(page: Page) -> None:
    """Goes to the year before, whose forms are published, and looks at one as anybody does."""
    years = page.locator("select[name=year] option").all_inner_texts()
    page.goto(f"/projects?state=published&year={years[-1]}")
    page.locator(FIRST_PROJECT).first.click()
    page.locator("a[href^='/published/']").click()
    page.wait_for_selector("[data-page=published]")


def year_page(end: str) -> Callable[[Page], None]:
    """Goes from a project to a page of its year, and unfolds it."""
    def go(page: Page) -> None:
        page.locator(f"main a[href$='/{end}']").first.click()
        page.wait_for_selector("[data-page=project-sheet], [data-page=project-budget]")
        open_all(page)
    return go


def read_form(page: Page) -> None:
    """Reads in a text in which one form stands, cut off."""
    text = "\n".join([
        "项目支出绩效自评表", "（2024年度）", "项目名称：街面巡查", "主管部门：某镇人民政府", "实施单位：某中心",
        "项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分",
        "年度资金总额 10.00 10.00 9.00 10 90.00% 9.00",
    ])
    page.set_input_files(
        "#read-file", {"name": "forms.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.locator("#read button[type=submit]").click()
    page.wait_for_selector("#take")


PAGES: list[Listed] = [
    Listed("sign-in", "/sign-in"),
    Listed("desk-intake", "/desk", "intake-operator"),
    Listed("desk-dispatcher", "/desk", "dispatcher"),
    Listed("desk-handler", "/desk", "handler"),
    Listed("desk-patroller", "/desk", "patroller"),
    Listed("desk-duty", "/desk", "duty-officer"),
    Listed("desk-evaluator", "/desk", "evaluator"),
    Listed("desk-administrator", "/desk", "system-administrator"),
    Listed("dispatch", "/dispatch", "dispatcher"),
    Listed("dispatch-sorted", "/dispatch?sort=returned", "duty-officer"),
    Listed("english-dispatch", "/dispatch", "dispatcher", language="en"),
    Listed("elsewhere", "/cases?state=dispatched", "dispatcher", FIRST_CASE, act=send_elsewhere),
    Listed("queue", "/cases", "duty-officer"),
    Listed("queue-searched", "/cases?text=%E9%81%93%E8%B7%AF", "duty-officer"),
    Listed("queue-filtered", "/cases?state=handling&channel=patrol", "dispatcher"),
    Listed("queue-empty", "/cases?text=zzzz", "duty-officer"),
    Listed("choose-kind", "/cases/new", "intake-operator"),
    Listed("file-hotline", "/cases/new?channel=hotline&kind=H0301", "intake-operator"),
    Listed("file-component", "/cases/new?channel=resident&kind=C0101", "duty-officer"),
    Listed("file-building", "/cases/new?channel=patrol&kind=E0701", "patroller"),
    Listed("file-on-the-spot", "/cases/new?channel=patrol&kind=E0102", "patroller"),
    Listed("phone", "/m", "patroller", act=ready),
    Listed("english-phone", "/m", "patroller", act=ready, language="en"),
    Listed(
        "file-refused", "/cases/new?channel=hotline&kind=H0301", "intake-operator",
        act=send_empty, status="422"),
    Listed("case-open", "/cases?state=handling", "handler", FIRST_CASE),
    Listed("case-unfolded", "/cases?state=handled", "dispatcher", FIRST_CASE, act=open_all),
    Listed("case-closed", "/cases?state=closed&sort=newest", "leader", FIRST_CASE),
    Listed("case-suspended", "/cases?state=suspended", "dispatcher", FIRST_CASE, act=open_all),
    Listed(
        "case-confidential", "/cases?kind=H0405&sort=newest", "intake-operator",
        "tr:has(.mark-confidential) a"),
    Listed("conflict", "/cases?state=handled", "dispatcher", FIRST_CASE, send_stale, "409"),
    Listed("fault-404", "/cases/1", "handler", status="404"),
    Listed("fault-403", "/cases/new", "handler", status="403"),
    Listed("figures", "/figures", "leader"),
    Listed("area-import", "/areas/import", "system-administrator"),
    Listed("ledger", "/ledger", "audit-administrator"),
    Listed("ledger-entry", "/ledger/entries/1", "audit-administrator"),
    Listed("absences", "/absences", "dispatcher"),
    Listed("who", "/who?kind=H0402", "dispatcher"),
    Listed("call-backs", "/call-backs", "intake-operator"),
    Listed("wrong-who", "/who?kind=GONE", "dispatcher", status="422"),
    Listed("wrong-figures", "/figures?from=2026-12-01&to=2026-01-01", "leader", status="422"),
    Listed("wrong-ranking", "/rankings?minimum=x", "leader", status="422"),
    Listed("wrong-queue", "/cases?from=2026-12-01&to=2026-01-01", "dispatcher", status="422"),
    Listed("wrong-ledger", "/ledger?from=x", "audit-administrator", status="422"),
    Listed("batch-nothing", "/cases?batch=empty", "dispatcher"),
    Listed("figures-unfolded", "/figures", "evaluator", act=open_all),
    Listed("figure-cases", "/figures/reported?of=part", "leader"),
    Listed("figures-cohort", "/figures?due=cohort&compare=nothing", "leader"),
    Listed("ranking", "/rankings", "leader"),
    Listed("ranking-areas", "/rankings?by=reported&over=area", "leader"),
    Listed("ranking-people", "/rankings?by=reported&over=person", "leader"),
    Listed("ranking-scores", "/rankings?by=jinniu-district&class=department", "leader"),
    Listed("score", "/rankings?by=jinniu-district&class=department", "leader",
           "table.ranking td.strong a"),
    Listed("english-ranking", "/rankings?by=qingpu-town&class=department", "leader", language="en"),
    Listed("projects", "/projects", "evaluator", act=open_all),
    Listed("projects-filtered", "/projects?due=overdue&findings=error", "evaluator"),
    Listed("projects-leader", "/projects?state=submitted", "leader"),
    Listed("project-draft", "/projects?findings=error", "evaluator", FIRST_PROJECT, act=open_all),
    Listed("project-review", "/projects?state=submitted", "leader", FIRST_PROJECT, act=open_all),
    Listed("project-edit", "/projects?findings=error", "evaluator", FIRST_PROJECT, act=edit),
    Listed("project-new", "/projects/new", "evaluator"),
    Listed("project-compare", "/projects?text=%E9%81%93%E8%B7%AF", "leader", FIRST_PROJECT, act=compare),
    Listed("project-years", "/projects", "leader", ".project-columns section a"),
    Listed("project-public", "/projects", "evaluator", act=publish),
    Listed("project-targets", "/projects?findings=error", "evaluator", FIRST_PROJECT,
           act=year_page("sheets/targets")),
    Listed("project-monitoring", "/projects?phase=monitoring", "leader", FIRST_PROJECT,
           act=year_page("sheets/monitoring")),
    Listed("project-appraisal", "/projects?findings=error", "evaluator", FIRST_PROJECT,
           act=year_page("sheets/appraisal")),
    Listed("project-budget", "/projects?findings=error", "evaluator", FIRST_PROJECT,
           act=year_page("budget")),
    Listed("project-dates", "/projects/dates", "evaluator"),
    Listed("english-dates", "/projects/dates", "leader", language="en"),
    Listed("read-forms", "/projects/read", "evaluator"),
    Listed("read-forms-read", "/projects/read", "evaluator", act=read_form),
    Listed("rules", "/projects/rules", "evaluator", act=open_all),
    Listed("rules-administrator", "/projects/rules", "system-administrator", act=open_all),
    Listed("english-rules", "/projects/rules", "evaluator", act=open_all, language="en"),
    Listed("english-projects", "/projects", "evaluator", language="en"),
    Listed("english-project", "/projects?findings=error", "leader", FIRST_PROJECT, language="en"),
    Listed("english-desk", "/desk", "dispatcher", language="en"),
    Listed("english-queue", "/cases", "duty-officer", language="en"),
    Listed("english-file", "/cases/new?channel=hotline&kind=H0301", "intake-operator", language="en"),
    Listed("english-case", "/cases?state=handling", "handler", FIRST_CASE, language="en"),
    Listed("english-figures", "/figures", "leader", language="en"),
]


@functools.cache
def address(listed: Listed) -> str:
    """Where the page is; the link is looked for once."""
    if not listed.follow:
        return listed.path
    with browser.page(role=listed.role) as page:
        page.goto(listed.path)
        return page.locator(listed.follow).first.get_attribute("href")


class EveryPageTests(unittest.TestCase):
    def test_every_page_is_sound_at_both_sizes_light_and_dark(self):
        for listed in PAGES:
            for size in browser.SIZES:
                with self.subTest(page=listed.name, size=size.name):
                    self.look(listed, size)

    def look(self, listed: Listed, size: browser.Size):
        """Opens the page once and looks at it in each scheme."""
        with browser.page(size, browser.SCHEMES[0], listed.role) as page:
            if listed.language:
                page.context.add_cookies(
                    [{"name": "language", "value": listed.language, "url": page.watch.address}])
            page.goto(address(listed))
            page.wait_for_load_state("load")
            if listed.act:
                listed.act(page)
            if listed.status:
                page.watch.forgive(listed.status)
            for scheme in browser.SCHEMES:
                page.emulate_media(color_scheme=scheme)
                browser.shoot(page, f"{listed.name}-{size.name}-{scheme}")
                found = browser.faults(page)
                if (size, scheme) in AXED:
                    found += browser.axe(page)
                self.assertEqual(found, [], scheme)


if __name__ == "__main__":
    unittest.main()
