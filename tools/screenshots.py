"""Take pictures of every page on a projector, a laptop and a phone: ``python -m tools.screenshots --help``."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from selfattn import course
from selfattn.core.senses import SENSES
from tools.serve import BROWSER_ARGUMENTS, ROOT, find_browser, serve

PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
_PHONE = {"viewport": {"width": 390, "height": 844}, "user_agent": PHONE_AGENT, "has_touch": True, "is_mobile": True}
SCREENS: dict[str, dict[str, Any]] = {
    "room": {"viewport": {"width": 1920, "height": 1080}},
    "projector": {"viewport": {"width": 1920, "height": 1080}},
    "laptop": {"viewport": {"width": 1366, "height": 768}},
    "phone": _PHONE,
}
THEMES = ("light", "dark")
_FOUR = [text for pair in zip(*SENSES["bank"].examples.values(), strict=False) for text in pair][:4]
_MOTION = {"n": "4", "pulls": "1", **dict(zip("abcd", _FOUR, strict=True))}
_LOOKING = {f"view-{view}": f"/Self_attention?view={view}" for view in ("trace", "whatif", "code", "terms")}


def _places() -> Iterator[tuple[str, str]]:
    """Name every screen of every lesson, and give its link."""
    for at, lesson in enumerate(course.LESSONS):
        name = f"{at}-{lesson.key.replace('_', '-')}"
        for number, step in enumerate(lesson.steps, 1):
            yield f"{name}-{number}-{step.key}", f"{lesson.path}?step={step.key}"
        if not lesson.steps:
            yield name, f"{lesson.path}?{urlencode(_MOTION)}" if lesson is course.MOTION else lesson.path


TRAINED = "trained"  # the one place that a link alone does not lead to
PLACES = {
    **dict(_places()), **_LOOKING, "predict": "/Self_attention?hidden=1", TRAINED: "/Word_vectors?step=train",
}  # fmt: skip
DRAWN = "() => [...document.querySelectorAll('.stPlotlyChart')].every(chart => chart.querySelector('.main-svg'))"
BUSY = "[data-testid='stStatusWidget'], [data-testid='stSkeleton'], [data-stale='true']"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what it is called, and the place, screen and theme that it shows."""

    name: str
    place: str
    screen: str
    theme: str


EVERYTHING = [Shot("-".join(names), *names) for names in product(PLACES, SCREENS, THEMES)]
README = [
    Shot("home", "0-home", "projector", "light"),
    Shot("weights", "5-self-attention-4-weights", "room", "light"),
    Shot("trace", "view-trace", "projector", "light"),
    Shot("motion", "6-motion", "projector", "light"),
    Shot("phone", "0-home", "phone", "dark"),
    Shot("train", TRAINED, "projector", "light"),
    Shot("layers", "10-transformer-2-layers", "projector", "light"),
    Shot("beside", "10-transformer-3-beside", "projector", "light"),
    Shot("line", "12-explore-4-line", "projector", "light"),
    Shot("by-hand", "11-vectors-4-byhand", "projector", "light"),
]
SAVED = {
    "worksheet": "Save worksheet and solutions",
    "handout": "Make the handout",
}  # pictures of files, by their buttons


def take(shots: list[Shot], address: str) -> Iterator[tuple[Shot, bytes]]:
    """Visit the place of every shot and give its picture, as PNG."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_browser(), args=list(BROWSER_ARGUMENTS))
        for shot in shots:
            yield shot, _picture(browser, address, shot)
        browser.close()


def _picture(browser: Browser, address: str, shot: Shot) -> bytes:
    context = browser.new_context(**SCREENS[shot.screen], color_scheme="dark" if shot.theme == "dark" else "light")
    page = context.new_page()
    place = PLACES[shot.place]
    page.goto(address + place + (("&" if "?" in place else "?") + "projector=1" if shot.screen == "room" else ""))
    settle(page)
    if shot.place == TRAINED:
        page.get_by_role("button", name="Train", exact=False).last.click()
        page.get_by_role("button", name="Save as word2vec text").wait_for(timeout=120_000)
        settle(page)
    if shot.screen in ("laptop", "phone"):
        grow(page)
    picture = page.screenshot()
    context.close()
    return picture


def saved(kind: str, address: str) -> bytes:
    """Save a file as a person does, open it, and give the picture of its top, or of its pages side by side, as PNG."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_browser(), args=list(BROWSER_ARGUMENTS))
        page = browser.new_page(viewport={"width": 900, "height": 1160})
        page.goto(f"{address}/Self_attention")
        settle(page)
        page.get_by_role("button", name="Save").click()
        page.get_by_role("radio", name=kind.capitalize()).click()
        with page.expect_download() as file:
            page.get_by_role("button", name=SAVED[kind]).click()
        page.set_content(file.value.path().read_text(encoding="utf-8"))
        pictures = [section.screenshot() for section in page.locator("section.page").all()] or [page.screenshot()]
        browser.close()
    return beside(pictures)


def beside(pictures: list[bytes]) -> bytes:
    """Put pictures side by side."""
    opened, whole = [Image.open(io.BytesIO(picture)) for picture in pictures], io.BytesIO()
    both = Image.new("RGB", (sum(each.width for each in opened), max(each.height for each in opened)), "white")
    for place, each in enumerate(opened):
        both.paste(each, (sum(before.width for before in opened[:place]), 0))
    both.save(whole, "PNG")
    return whole.getvalue()


def settle(page: Page) -> None:
    """Wait until the page has drawn everything."""
    page.locator("h1").first.wait_for()
    page.wait_for_function("selector => !document.querySelector(selector)", arg=BUSY)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(500)  # Plotly fits its charts to their boxes once more


def grow(page: Page) -> None:
    """Make the window as tall as the page is, so that one picture has it all."""
    box = page.viewport_size
    tall = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    if box and tall > box["height"]:
        page.set_viewport_size({"width": box["width"], "height": tall})
        page.wait_for_timeout(300)


def compact(picture: bytes) -> bytes:
    """Write a picture with 256 colours: a third of the size, and the same to the eye."""
    small = io.BytesIO()
    pixels = Image.open(io.BytesIO(picture)).convert("RGB")
    pixels.quantize(256, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "screenshots", help="where the pictures go")
    parser.add_argument("--readme", action="store_true", help="only the README's pictures, into docs/")
    parser.add_argument("--only", default="", help="only those whose name has this in it")
    chosen = parser.parse_args()
    folder = ROOT / "docs" if chosen.readme else chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    shots = [shot for shot in (README if chosen.readme else EVERYTHING) if chosen.only in shot.name]
    with serve() as server:
        for shot, picture in take(shots, server.address):
            (folder / f"{shot.name}.png").write_bytes(compact(picture))
        for kind in SAVED if chosen.readme else ():
            if chosen.only in kind:
                (folder / f"{kind}.png").write_bytes(compact(saved(kind, server.address)))


if __name__ == "__main__":
    main()
