"""Every term of the lessons, to be looked up."""

from selfattn import glossary
from selfattn.course import GLOSSARY
from selfattn.frame import page
from selfattn.lessons.glossary import screen
from selfattn.ui import write


def look_up(place: page.Frame) -> None:
    page.typed(place, lambda place: typed(place))


def typed(place: page.Frame) -> None:
    with place.controls:
        wanted = screen.box()
    page.header(place, "Glossary", looks_closer=False)
    if not wanted.strip():
        screen.everything()
    elif entries := glossary.search(wanted):
        screen.matches(entries)
    else:
        write.quiet(screen.nothing(wanted))


page.show(GLOSSARY, look_up)
