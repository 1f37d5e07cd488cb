"""What axe finds on every page, light and dark, and the words that stand in for every chart."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from selfattn import course
from selfattn.ui import fields
from tests.apps import screens_of

pytestmark = pytest.mark.browser

PAGES = ["home", "self_attention", "motion"]
LESSONS = [lesson.key for lesson in course.LESSONS]


def serious(screen):
    """What axe calls serious or critical: {rule: where}."""
    return {
        rule["id"]: [f"{node['target']} {node['html'][:160]}" for node in rule["nodes"]]
        for rule in Axe().run(screen.page).response["violations"]
        if rule["impact"] in ("serious", "critical")
    }


@pytest.mark.parametrize("look", ["light", "dark", "light room", "dark room", "phone"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_axe_finds_nothing_serious_on_any_screen(open_screen, sizes, lesson, look):
    theme, room = "dark" if "dark" in look else "light", {"projector": "1"} if "room" in look else {}
    phone = {"mobile": True, "size": sizes["phone"]} if look == "phone" else {}
    screen = open_screen(lesson, theme=theme, pulls="1", **room, **phone)
    for step in course.BY_KEY[lesson].steps or (None,):
        if step:
            screen.go(course.BY_KEY[lesson].path, step=step.key, **room)
        assert serious(screen) == {}, step


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_serious_while_a_class_predicts(open_screen, page, theme):
    screen = open_screen(page, theme=theme, projector="1")
    screen.page.get_by_role("button", name="Predict first").click()
    expect(screen.find(".sa-question")).to_be_visible()
    assert serious(screen.settled()) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("popover", ["Lessons", "Link", "Keys", "Switches", "Examples"])
def test_axe_finds_nothing_serious_in_a_popover(open_screen, popover, theme):
    screen = open_screen("self_attention", theme=theme).open(popover)
    assert serious(screen.settled()) == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", fields.VIEWS)
def test_axe_finds_nothing_serious_looked_at_closer(open_screen, view, theme):
    traces = [{"trace": trace} for trace in fields.TRACES] if view == "trace" else [{}]
    changes = [{"change": change} for change in fields.CHANGES] if view == "whatif" else [{}]
    for link in (one | other for one in traces for other in changes):
        screen = open_screen("home", theme=theme, view=view, **link)
        assert serious(screen) == {}, link
        screen.page.close()


def test_icons_keep_their_names(open_screen):
    screen = open_screen()
    for name in ("Back", "Next", "Lessons", "Link", "Keys", "Projector"):
        expect(screen.page.get_by_role("button", name=name), name).to_have_count(1)


BARE = ("plane", "choose", "upload", "train")  # a drawing of its own; choices; and nothing is trained yet


@pytest.mark.parametrize("lesson", [key for key in LESSONS if key != "glossary"])
def test_every_chart_says_what_it_shows(open_screen, lesson):
    screen = open_screen(lesson)
    for link in screens_of(course.BY_KEY[lesson]):
        screen.go(course.BY_KEY[lesson].path, **link)
        said = screen.find(".stPlotlyChart").evaluate_all("all => all.map(chart => chart.ariaLabel)")
        assert said or link.get("step") in BARE
        assert all(text and len(text) > 40 for text in said)


def test_finding_is_announced(open_screen):
    expect(open_screen().page.get_by_role("status").filter(has_text="In A,")).to_have_count(1)
