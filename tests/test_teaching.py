"""The teacher's page: what it says of the app is read from the app, and its printed form is of the same text."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from selfattn import FAILURES, SENSES, course
from selfattn.frame.away.teaching import leading_to
from tests.apps import screen, visit
from tools.print_teaching import PRINTED, SOURCE, page

PAGE = SOURCE.read_text(encoding="utf-8")
LINK = r"\[([^\]]+)\]\(http://localhost:8501([^)]*)\)"
ASKED = re.findall(rf"^\| {LINK} \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
ANSWERED = re.findall(rf"{LINK}[.]?\n\n> (.+)", PAGE)
PLANS = [re.findall(rf"^\| (\d+) \| (?:\d+ )?{LINK} \|", plan, re.MULTILINE) for plan in PAGE.split(" minutes: ")[1:]]


def place(link):
    """Find the lesson of a link, and what the link holds."""
    parts = urlsplit(link)
    lesson = next(lesson for lesson in course.LESSONS if lesson.path == parts.path)
    return lesson, {name: values[0] for name, values in parse_qs(parts.query).items()}


def test_the_plans_take_45_and_90_minutes_and_lead_to_screens_by_their_names():
    assert [sum(int(minutes) for minutes, *_ in plan) for plan in PLANS] == [
        45,
        45,
    ]  # the second goes on from the first
    for _, title, link in PLANS[0] + PLANS[1]:
        lesson, parameters = place(link)
        step = lesson.step(parameters.get("step", ""))
        assert title == (step.title if step else lesson.title)
        assert ("hidden" in parameters) == bool(step and step.asks)


def test_every_screen_has_its_question():
    assert [place(link)[0].key + place(link)[1].get("step", "") for _, link, *_ in ASKED] == [
        lesson.key + (step.key if step else "")
        for lesson in course.LESSONS if lesson is not course.GLOSSARY for step in lesson.steps or [None]
    ]  # fmt: skip
    for title, link, *_ in ASKED:
        lesson, parameters = place(link)
        step = lesson.step(parameters.get("step", ""))
        assert title == (step.title if step else lesson.title)
        assert ("hidden" in parameters) == bool(step and step.asks)


SAYINGS = [(row[1].replace("hidden=1", ""), row[-1]) for row in (*ASKED, *ANSWERED)]


@pytest.mark.parametrize("link", dict(SAYINGS))
def test_the_screen_says_what_the_page_says_of_it(link):
    lesson, parameters = place(link)
    words = screen(visit(lesson.page, **parameters))
    assert [says for other, says in SAYINGS if other == link and says not in words] == []


def test_what_is_counted_is_so():
    assert f"{len(SENSES)} words with two meanings, and six pairs" in PAGE
    assert len(FAILURES) == 6
    assert len(ANSWERED) >= PAGE.count("\n### “")  # each is answered by a screen


def test_the_printed_form_is_of_this_page():
    assert PRINTED.read_text(encoding="utf-8") == page(PAGE), "run python -m tools.print_teaching"


@pytest.mark.parametrize("address", ["https://h.org/x/", "https://h.org/x/Dot_product", "https://h.org/x/Explore"])
def test_saved_from_an_app_its_links_lead_there(address):
    saved = leading_to(address)
    assert "localhost" not in saved
    assert 'href="https://h.org/x/Dot_product?step=plane"' in saved
    assert 'href="https://h.org/x/"' in saved
    assert "<script>" not in leading_to("https://h.org/<script>alert(1)</script>/")
