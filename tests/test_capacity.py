"""The page that says how many cores a crowd needs: its tables follow from the figures that were measured."""

import pytest
from capacity import AUDIENCES, CONNECTIONS, PAGE, Audience, Costs, need, with_tables

ROUND = Costs(
    edit=20, edit_proxy=1, edit_size=25, opening=50, opening_proxy=40, cold=4, cold_plain=8,
    process=300, session=100, files=4,
)  # fmt: skip


def test_the_page_has_what_the_figures_make():
    page = PAGE.read_text()
    assert page == with_tables(page, Costs())
    assert all(f"{audience.people:,}" in page for audience in AUDIENCES)
    assert f"MAXCONN-{CONNECTIONS}}}" in (PAGE.parents[1] / "deploy" / "haproxy.cfg").read_text()


def test_a_lecture_by_hand():
    lecture = need(Audience("a lecture", 300, 1, 1), ROUND)
    assert lecture.edits == 60  # 300 people, one in five seconds each
    assert lecture.cores == pytest.approx(1.45)  # 60 × 20 ms + 5 openings × 50 ms
    assert lecture.processes == 3  # 1.45 ÷ 0.6, rounded up
    assert lecture.proxy == pytest.approx(0.26)  # 60 × 1 ms + 5 × 40 ms
    assert lecture.proxies == 1
    assert lecture.memory == pytest.approx(0.93)  # 3 × 300 MB + 300 × 100 kB
    assert lecture.files == 400  # 100 sessions, four each
    assert lecture.opening == pytest.approx(160)  # 5 a second × 4 MB × 8 bits
    assert lecture.opening_plain == pytest.approx(320)
    assert lecture.typing == pytest.approx(12)  # 60 × 25 kB × 8 bits


def test_those_who_do_not_type_need_what_opening_takes():
    readers = need(Audience("readers", 1200, 0, 1), ROUND)
    assert readers.edits == 0
    assert readers.cores == pytest.approx(1.0)  # 20 openings a second × 50 ms
