"""What people do on the pages, for the tests that tell of their work."""

import re
import secrets
import struct
import zlib

from playwright.sync_api import Page

CASE = re.compile(r"/cases/\d+$")


def photo(shade: int = 128) -> dict:
    """A small PNG as a file to choose."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes([shade, 90, 60] * 32) for _ in range(24))
    body = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 24, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return {"name": f"现场-{shade}.png", "mimeType": "image/png", "buffer": body}


def fresh(title: str) -> str:
    """The title of a case that no earlier run has left behind."""
    # Digits alone would be looked for as a telephone number.
    return f"{title} t{secrets.token_hex(4)}"


def path(page: Page) -> str:
    """The address of the page, within the site."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def fill_order(page: Page, title: str, phone: str = "13800001234") -> None:
    """Fills in a hotline order of the kind 回访复核, whose form is open."""
    page.fill("input[name=title]", title)
    page.fill("textarea[name=description]", "雨后积水三天，老人出行不便。")
    page.fill("input[name=place]", "云浦镇北横路 18 弄")
    page.fill("input[name='reporter.name']", "周某")
    page.fill("input[name='reporter.phone']", phone)
    for select in page.locator("form#case select[required]").all():
        select.select_option(index=1)
    for field in page.locator("form#case .field:has(.required) input[type=text]").all():
        if not field.input_value():
            field.fill("SH20261125009")
    for group in page.locator("form#case fieldset:has(input[required])").all():
        group.locator("input").first.check()
    area = page.locator("select[name=area]")
    area.select_option(index=area.locator("option").count() - 1)


def file_order(page: Page, title: str, phone: str = "13800001234") -> str:
    """Files a hotline order that waits for every step; the path of its page."""
    page.goto("/cases/new?channel=hotline&kind=H0501")
    fill_order(page, title, phone)
    page.locator("form#case button[type=submit]").click()
    page.wait_for_url(CASE)
    return path(page)


def open_waiting(page: Page, move: str, title: str) -> None:
    """Opens a case from the desk, among those that wait for a move. A desk shows the most urgent
    ones alone: on a busy day a new case is behind them, in the list of all."""
    page.goto("/desk")
    group = page.locator(f"section:has(#act-{move})")
    group.wait_for()
    if group.get_by_text(title).count() == 0:
        group.locator(".group-all").click()
        page.wait_for_url("**/cases?**")
        unfold = page.locator("label[for=filters-toggle]")
        if unfold.is_visible():
            unfold.click()
        search = page.locator("form.filters input[name=text]")
        search.fill(title)
        with page.expect_navigation():
            search.press("Enter")
    with page.expect_navigation():
        page.locator("main").get_by_text(title).first.click()


def form(page: Page, move: str):
    """The form of a move, unfolded."""
    found = page.locator(f"form[action$='/{move}']")
    found.wait_for(state="attached")
    box = page.locator(f"details:has(> form[action$='/{move}'])")
    if box.count() and not box.evaluate("box => box.open"):
        box.locator("> summary").click()
    return found


def send(page: Page, move: str) -> None:
    """Presses the button of a move and waits for what comes."""
    with page.expect_navigation():
        form(page, move).locator("button[type=submit]").click()


def state(page: Page) -> str:
    """The state of the case as its page says it."""
    return page.locator(".case-state .state").inner_text().strip()
