"""A watched headless Chromium: whatever goes wrong on a page is kept as a complaint.

    with browser.page(desktop, "light", role="dispatcher") as page:
        page.goto("/desk")

fails at its end if the page wrote an error to the console, threw, asked another host, or had a
request that failed.
"""

import atexit
import functools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

import town

SCREENS = town.HOUSE / ".run" / "screens"
CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
PATIENCE = 15_000


@dataclass(frozen=True)
class Size:
    name: str
    width: int
    height: int
    phone: bool


DESKTOP = Size("desktop", 1280, 800, phone=False)
PHONE = Size("phone", 390, 844, phone=True)
SIZES = (DESKTOP, PHONE)
SCHEMES = ("light", "dark")


@functools.cache
def chromium() -> Browser:
    """The one browser of this run: Debian's, so that nothing is downloaded for it."""
    playwright = sync_playwright().start()
    atexit.register(close_all, playwright)
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=["--no-sandbox"]
    )


def close_all(playwright) -> None:
    chromium().close()
    playwright.stop()
    if town.town.cache_info().currsize:
        town.town().close()


@dataclass
class Watch:
    """What went wrong in one context. `forgive` takes back what a test brought about itself."""

    address: str
    complaints: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"threw: {error.error}"))
        context.on("requestfailed", self._failed)
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _console(self, message) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # A page that is left ends what it still waits for: pictures, its icon, what scripts asked.
        # A script, a style or the page itself must come.
        beside = request.resource_type not in ("document", "script", "stylesheet")
        if beside and "ERR_ABORTED" in (request.failure or ""):
            return
        self.complaints.append(f"failed: {request.method} {request.url} {request.failure}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:", "blob:")):
            self.complaints.append(f"another host was asked: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")

    def forgive(self, *words: str) -> None:
        """Drops the complaints with one of these words, as a page that should answer 404 needs."""
        kept = [text for text in self.complaints if not any(word in text for word in words)]
        self.complaints[:] = kept


def _context(
    size: Size, scheme: str, address: str, state: dict | None, scripts: bool = True,
) -> BrowserContext:
    context = chromium().new_context(
        base_url=address, color_scheme=scheme, storage_state=state, locale="zh-CN",
        timezone_id="Asia/Shanghai", viewport={"width": size.width, "height": size.height},
        is_mobile=size.phone, has_touch=size.phone, device_scale_factor=2 if size.phone else 1,
        reduced_motion="reduce", java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    return context


@contextmanager
def page(
    size: Size = DESKTOP, scheme: str = "light", role: str | None = None,
    address: str | None = None, scripts: bool = True,
) -> Iterator[Page]:
    """A page of a fresh context, signed in in the role if one is given; `page.watch` is its Watch.

    Raises AssertionError at the end when there are complaints.
    """
    address = address or town.town().address
    state = signed_in(address, role) if role else None
    context = _context(size, scheme, address, state, scripts)
    watch = Watch(address)
    watch.listen(context)
    try:
        opened = context.new_page()
        opened.watch = watch
        yield opened
    finally:
        context.close()
    if watch.complaints:
        raise AssertionError("\n".join(dict.fromkeys(watch.complaints)))


@functools.cache
def signed_in(address: str, role: str) -> dict:
    """The cookies of a session of the role's demonstration person, signed in by the form."""
    name, password = town.SIGN_INS[role]
    context = _context(DESKTOP, "light", address, None)
    try:
        form = context.new_page()
        form.goto(town.SIGN_IN_PATH)
        form.fill(town.SIGN_IN_NAME, name)
        form.fill(town.SIGN_IN_PASSWORD, password)
        form.click(town.SIGN_IN_BUTTON)
        form.wait_for_url(lambda url: not url.partition("?")[0].endswith(town.SIGN_IN_PATH))
        return context.storage_state()
    finally:
        context.close()


def shoot(opened: Page, name: str) -> Path:
    """The whole page as a picture in .run/screens."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = SCREENS / f"{name}.png"
    opened.screenshot(path=path, full_page=True, scale="css")
    return path


def faults(opened: Page) -> list[str]:
    """What the page breaks of the rules for every page: labels, width, contrast (checks.js)."""
    return opened.evaluate(CHECKS)


@functools.cache
def _axe() -> Axe:
    return Axe()


def axe(opened: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands: the rule, and where it is broken."""
    violations = _axe().run(opened).response["violations"]
    return [
        f"axe {one['id']}: {one['help']}: {node['target']}"
        for one in violations for node in one["nodes"]
    ]
