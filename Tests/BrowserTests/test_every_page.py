"""Every page, at two sizes, light and dark: no errors, no failed requests, the rules kept."""

import unittest
from dataclasses import dataclass

import browser


@dataclass(frozen=True)
class Listed:
    name: str
    path: str
    role: str | None = None
    # Where the address holds an id: the link to follow from `path`.
    follow: str | None = None


PAGES: list[Listed] = []


class EveryPageTests(unittest.TestCase):
    def test_every_page_is_sound_at_both_sizes_light_and_dark(self):
        if not PAGES:
            self.skipTest("no page is listed yet")
        for listed in PAGES:
            for size in browser.SIZES:
                for scheme in browser.SCHEMES:
                    with self.subTest(page=listed.name, size=size.name, scheme=scheme):
                        self.look(listed, size, scheme)

    def look(self, listed: Listed, size: browser.Size, scheme: str):
        with browser.page(size, scheme, listed.role) as page:
            page.goto(listed.path)
            if listed.follow:
                page.locator(listed.follow).first.click()
            page.wait_for_load_state("load")
            browser.shoot(page, f"{listed.name}-{size.name}-{scheme}")
            self.assertEqual(browser.faults(page), [])


if __name__ == "__main__":
    unittest.main()
