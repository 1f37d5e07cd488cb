"""Record screens without a browser: from a page under AppTest, as the button “Save” does."""

import pytest

from selfattn.course import BY_KEY, LESSONS, Place
from selfattn.frame.away import panel, record
from tests.apps import HOME, opened, visit


def with_recorder(use, page=HOME, before=None, **link):
    """Visit a page by its link, and give what `use` makes of a recorder, within a run of the page."""
    made = []
    lesson = next(lesson for lesson in LESSONS if lesson.page == page)
    here = Place(lesson, lesson.step(link.get("step", lesson.start)))
    at = visit(page, **link)
    if before:
        before(at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(panel, "show", lambda *_: made.append(use(record.begin(here))))
        opened(at, "save")
    return made[-1]


def place_of(lesson, step=""):
    lesson = BY_KEY[lesson]
    return Place(lesson, lesson.step(step or lesson.start))
