"""Looking closer, in the place of the picture: every view of it, on a desk, in a room, on a phone, and elsewhere."""

import pytest
from playwright.sync_api import expect

from selfattn import course
from selfattn.ui import fields
from selfattn.views.choose import VIEWS
from selfattn.views.trace.screen import TITLES as TRACES
from selfattn.views.whatif.screen import TITLES as CHANGES
from tests.browser import checks
from tests.browser.waiting import parameter

pytestmark = pytest.mark.browser

LONG = "We sat on the bank of the river and watched the boats"
LESSONS = ("home", "why", "one_vector", "weighted_sum", "self_attention")  # whose sentences can be looked at closer
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.st-key-terms :is(li, strong, p)')]
    .map(one => parseFloat(getComputedStyle(one).fontSize)))"""


def kinds(view):
    """The choices within a view, by key."""
    return {"trace": TRACES, "whatif": CHANGES}.get(view, {})


def look(screen, view):
    """Open a view; on the first screen the choice lies behind "Look closer", on a phone behind a menu that closes."""
    behind = {".st-key-closer": "Look closer", ".st-key-few_tools": "Menu"}
    button = next((button for place, button in behind.items() if screen.find(place).count()), None)
    if button:
        screen.open(button).settled()
    screen.choose(VIEWS[view].partition(": ")[2])  # without its icon
    parameter(screen.page, "view", view)
    return (screen.settled().close() if button == "Look closer" else screen).settled()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_view(open_screen, theme):
    screen = open_screen(theme=theme)
    with checks.Complaints() as complaints:
        complaints.at("Look closer")
        complaints.about(serious=checks.serious(screen.open("Look closer").settled()))
        screen.close()
        for view in fields.VIEWS:
            complaints.at(view)
            look(screen, view)
            for kind, title in kinds(view).items() or [("", "")]:
                if kind:
                    complaints.at(f"{view}: {kind}")
                    screen.choose(title)
                    expect(screen.page.get_by_role("radio", name=title, exact=True)).to_be_checked()
                complaints.about(serious=checks.serious(screen.settled()))


def test_in_a_room_every_view_is_large_and_fits(open_screen):
    screen = open_screen("self_attention", projector="1")
    links = [{"view": view, "trace": trace} for view in fields.VIEWS for trace in (TRACES if view == "trace" else [""])]
    with checks.Complaints() as complaints:
        for link in links:
            complaints.at(link)
            screen.go(course.SELF_ATTENTION.path, projector="1", **{key: value for key, value in link.items() if value})
            complaints.about(small=checks.small_words(screen), sideways=checks.sideways(screen))


def test_the_terms_of_a_lesson_fill_one_screen_of_a_room(open_screen):
    screen = open_screen(projector="1", view="terms")
    with checks.Complaints() as complaints:
        for lesson in filter(lambda lesson: lesson.terms, course.LESSONS):
            complaints.at(lesson.key)
            screen.go(lesson.path, projector="1", view="terms")
            expect(screen.find(".st-key-terms")).to_be_visible()
            box, height = screen.find(".st-key-terms").bounding_box(), screen.page.viewport_size["height"]
            smallest = screen.page.evaluate(SMALLEST)
            complaints.about(
                below_the_fold=checks.below_the_fold(screen),
                cut_off=box["y"] + box["height"] > height and box,
                small=smallest < checks.POINTS_20 - 0.1 and smallest,
            )


def test_on_a_phone_every_view_fits_and_can_be_read(open_screen, sizes):
    screen = open_screen("self_attention", size=sizes["phone"], mobile=True, a=LONG)
    with checks.Complaints() as complaints:
        for view in fields.VIEWS:
            complaints.at(view)
            look(screen, view)
            complaints.about(sideways=checks.sideways(screen), small=checks.small_labels(screen))


def test_link_of_every_view_opens_on_a_fresh_server(open_screen, fresh_server):
    own = {"a": "The bank approved our loan", "change": "swap", "by": "money", "trace": "coordinate", "dimension": "7"}
    screen, elsewhere = open_screen(**own), open_screen(address=fresh_server.address, alone=True, **own)
    with checks.Complaints() as complaints:
        for lesson in LESSONS:
            screen.go(course.BY_KEY[lesson].path, **own)
            for view in fields.VIEWS:
                complaints.at(f"{lesson}: {view}")
                elsewhere.go(look(screen, view).where())
                seen, there = screen.everything(), elsewhere.everything()
                complaints.about(differs_elsewhere=seen != there and (seen, there))
