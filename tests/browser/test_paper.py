"""Printed, a screen is its title, what was typed, and the picture, dark on white, whole, on one sheet."""

import re

import pytest

from selfattn import course
from tests.browser import checks
from tests.browser.conftest import LAPTOP, PHONE, PROJECTOR
from tests.covering import NIGHTLY

pytestmark = pytest.mark.browser

TYPED = "River bank <b>flows</b> “past” the mill " + "and on and on " * 8
SHEETS = re.compile(rb"/Type\s*/Page\b")
WIDE = {"A4": 297, "Letter": 279.4}  # millimetres of a sheet that lies; margins take 24
SOME = ("home", "table", "number", "upload", "map")  # a kind of picture each
AXES = {"map": {"axes": "3"}}  # drawn by WebGL
# Every colour that something is drawn in, and every picture of cells.
COLOURS = """() => [...document.querySelectorAll(
    '.js-plotly-plot :is(text, tspan, path, rect, image, canvas), .stMain [style*="color"]')]
    .filter(one => one.checkVisibility()).map(one => {
        const { fill, fillOpacity, stroke, color } = getComputedStyle(one);
        const filled = +fillOpacity && fill.replace(/#[^)]*/, ''); // or a gradient, which has another name each time
        return [one.tagName, filled, stroke, color, one.href?.baseVal].join(' '); }).sort()"""
READIED = "document.querySelectorAll('.stMain :is(canvas, [data-typed], .main-svg[viewBox], [style*=--wide])').length"
# Measured while the browser lays the page out for paper, as it says with this event.
LOOK = """() => { (window.printer = matchMedia('print')).onchange = ({ matches }) => { if (!matches) return;
    const all = selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility());
    const brief = found => found.map(one => one.outerHTML.slice(0, 200));
    const { width } = document.body.getBoundingClientRect();
    const shades = one => getComputedStyle(one).backgroundColor.match(/[\\d.]+/g).map(Number);
    window.paper = { width, colours: (COLOURS)(), typed: all('[data-typed]').map(one => one.dataset.typed),
        widgets: brief(all('button, input, textarea, summary, [role=slider], .player, .sa-here').filter(one =>
            !one.closest('.stPlotlyChart, .st-key-asking'))),
        cut: brief(all(`.stPlotlyChart :is(.main-svg, canvas), .sa-bars, .sa-sentence, .sa-table, .katex-html`)
            .filter(one => {
            const box = one.getBoundingClientRect(), place = one.closest('.stElementContainer').getBoundingClientRect();
            return box.right > width + 1 || box.bottom > place.bottom + 1 && !one.matches('.katex-html'); })),
        dark: brief(all('body, .stApp, .stApp :not([style], .sa-number, .katex *)').filter(one => {
            const [red, green, blue, share = 1] = shades(one); return share && red + green + blue < 400; })),
    }; }; }""".replace("COLOURS", COLOURS)


def printed(screen, paper="A4"):
    """Print a screen, and give what was seen on the paper, with the number of sheets."""
    screen.page.evaluate(LOOK)
    before = [screen.page.evaluate(script) for script in (COLOURS, READIED)]
    file = screen.page.pdf(format=paper, prefer_css_page_size=True, print_background=True)
    changed = [screen.settled().page.evaluate(script) for script in (COLOURS, READIED)] != before
    return screen.page.evaluate("window.paper") | {"sheets": len(SHEETS.findall(file)), "changed": changed}


def wrong(sheet):
    return {name: sheet[name] for name in ("widgets", "cut", "dark", "changed")} | {
        "sheets": sheet["sheets"] > 1 and sheet["sheets"]
    }


def test_a_screen_fills_one_sheet_without_buttons_and_has_the_same_colours_from_both_themes(open_screen):
    places = {place.step.key if place.step else place.lesson.key: place for place in course.PLACES[:-1]}
    screen = open_screen(size=LAPTOP)
    with checks.Complaints() as complaints:
        for number, name in enumerate(places if NIGHTLY else SOME):
            place, paper, sheets = places[name], list(WIDE)[number % 2], []
            for theme in ("light", "dark"):
                complaints.at(f"{name}, {theme}, {paper}")
                screen.page.emulate_media(color_scheme=theme)
                link = {"step": place.step.key} if place.step else {}
                sheets.append(printed(screen.go(place.lesson.path, **link, **AXES.get(name, {})), paper))
                too_wide = sheets[-1]["width"] - (WIDE[paper] - 24) / 25.4 * 96
                complaints.about(**wrong(sheets[-1]), shrunk=abs(too_wide) > 4 and too_wide)
            light, dark = (sheet["colours"] for sheet in sheets)
            complaints.about(other_colours=[pair for pair in zip(light, dark, strict=False) if pair[0] != pair[1]])


@pytest.mark.parametrize(("size", "link"), [(PHONE, {}), (PROJECTOR, {"projector": "1"})])
def test_a_phone_and_a_room_print_as_well_and_what_was_typed_is_all_there(open_screen, size, link):
    screen = open_screen("home", size=size, mobile=size == PHONE, theme="dark", a=TYPED, **link)
    sheet = printed(screen.open("Save").settled())  # what lies on top is no part of it
    assert [text.strip() for text in sheet["typed"]] == ([] if link else [TYPED.strip(), "River bank flows"])
    assert not any(wrong(sheet).values()), wrong(sheet)
