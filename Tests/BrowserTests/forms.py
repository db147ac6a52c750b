"""Self-evaluation forms as the tests write them, on pages and as files."""

import re

from playwright.sync_api import Page

NUMBER = re.compile(r"/projects/\d+$")


def fill(page: Page, name: str, value: str) -> None:
    page.fill(f"[name='{name}']", value)


def begin(page: Page, name: str) -> str:
    """Makes a project, whose editor is open then; the address of its page."""
    page.goto("/projects/new")
    page.fill("#new-name", name)
    page.locator("#new button[type=submit]").click()
    page.wait_for_url(re.compile(r"/projects/\d+/edit$"))
    return page.url.rsplit("/edit", 1)[0]


def write(page: Page) -> None:
    """Fills the editor with a form that contradicts itself nowhere; it is not saved yet."""
    for column, amount in (("opening", "100"), ("adjusted", "100"), ("executed", "90")):
        fill(page, f"budget.currentYear.{column}", amount)
    fill(page, "goal", "全年清运不间断，投诉及时处置。")
    fill(page, "result", "全年清运 1,200 车次，处置率 76%。")
    spare = page.locator("details.spare:has(> [data-line]) > summary")
    if not page.locator("[name='indicators.0.name']").is_visible():
        spare.click()
    for name, value in (
        ("level1", "产出指标"), ("level2", "质量指标"), ("name", "投诉处置率"), ("target", "≥95%"),
        ("actual", "76%"), ("weight", "90"), ("score", "72"), ("reason", "两个月车辆不足"),
    ):
        place = page.locator(f"[name='indicators.0.{name}']")
        if place.evaluate("one => one.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)


def save(page: Page) -> None:
    page.locator(".editor-bar button").first.click()
    page.wait_for_url(NUMBER)


def move(page: Page, name: str, words: str | None = None) -> None:
    """Makes a move on the page of a project, and waits for the page that follows."""
    page.locator(f"#move-{name} > summary").click()
    if words:
        page.fill(f"#do-{name}-words", words)
    with page.expect_navigation():
        page.locator(f"#do-{name} button[type=submit]").click()


def text(project: str, unit: str, year: str, executed: str = "9.00") -> str:
    """A form as plain text, with one line that belongs to no cell."""
    return "\n".join([
        "项目支出绩效自评表", f"（{year}年度）", f"项目名称\t{project}", f"主管部门\t某镇人民政府\t实施单位\t{unit}",
        "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
        f"\t年度资金总额\t10.00\t10.00\t{executed}\t10.00\t90.00\t9.00",
        f"\t其中：当年财政拨款\t10.00\t10.00\t{executed}\t-\t90.00\t-",
        "\t上年结转资金\t0.00\t0.00\t0.00\t-\t0.00\t-", "\t其他资金\t0.00\t0.00\t0.00\t-\t0.00\t-",
        "年度总体目标\t预期目标\t\t\t实际完成情况", "\t街面巡查不间断\t\t\t全年巡查三百次",
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施",
        "产出指标\t数量指标\t巡查次数\t≥300.00(次)\t300.00(次)\t90.00\t90.00\t",
        "总分\t\t\t\t\t100.00\t99.00\t", "评分等级\t优", f"（以上由{unit}填报）",
    ])
