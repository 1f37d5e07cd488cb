"""What axe finds in what opens, and what a screen reader is told. Screens and views: test_walk.py, test_views.py."""

import pytest
from playwright.sync_api import expect

from tests.browser import checks

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_popover_and_in_a_room_its_words_are_large(open_screen, theme):
    screen = open_screen("self_attention", theme=theme)
    with checks.Complaints() as complaints:
        for popover in ("Lessons", "Link", "Save", "Switches", "Examples"):
            complaints.at(popover)
            complaints.about(serious=checks.serious(screen.open(popover).settled()))
            screen.close()
        screen.key("f")
        expect(screen.find(".st-key-room")).to_be_visible()
        for popover in ("Lessons", "Link", "Save", "Change"):
            complaints.at(f"{popover} in a room")
            complaints.about(small=checks.small_words(screen.settled().open(popover).settled()))
            screen.close()


def test_icons_keep_their_names_and_the_finding_is_announced(open_screen):
    screen = open_screen()
    for name in ("Look closer", "Predict first", "Back", "Next", "Lessons", "Projector"):
        expect(screen.page.get_by_role("button", name=name), name).to_have_count(1)
    expect(screen.page.get_by_role("status").filter(has_text="In A,")).to_have_count(1)
