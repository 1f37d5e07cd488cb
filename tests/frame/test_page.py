"""The frame of a page: what was typed is text there, too."""

from tests.apps import title, visit


def test_a_title_is_text_and_no_markup():
    at = visit(a="a < bank", b="< bank", word="<", punctuation="1")
    assert title(at) == "Why “&lt;” means two things"
