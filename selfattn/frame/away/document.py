"""A handout: screens that were recorded, one after the other, as one file that opens offline and prints."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from selfattn.core.wording import shortened
from selfattn.course import Place
from selfattn.figures.palette import LETTERS, LIGHT
from selfattn.frame import share
from selfattn.frame.away.record import Recorded
from selfattn.frame.away.written import Drawing, Writer

HERE = Path(__file__).parent
OF_PICTURES = re.compile(r"^\.sa-.*$", re.MULTILINE)  # the rules of the page that its pictures of HTML need
SCANNED = 220  # letters of an address whose code can be scanned from paper at its small size
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"  # no scripts, no network
FONTS = "/* fonts */"  # where the browser puts those of the pictures
LONG = 140  # letters of a sentence, which is set smaller, and of an address, which is cut where it is read


@dataclass(frozen=True, slots=True)
class Handout:
    """The text of a handout, without the drawings that the browser puts into their places."""

    name: str
    text: str
    drawings: Sequence[Drawing]


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of a handout: what was recorded of it, or the sentence that says why it was not."""

    place: Place
    recorded: Recorded | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What stands on top of a handout.

    Attributes
    ----------
    title : str
    name : str
        Of the file.
    sentences : sequence of str
        As they were typed.
    root : str
        Where others reach the app, without a slash at the end.
    reached : bool
        Whether anyone but this computer reaches the app.
    """

    title: str
    name: str
    sentences: Sequence[str]
    root: str
    reached: bool

    def address(self, screen: "Screen") -> str:
        """Give the address of a screen: whether it is laid out for a room is left to who opens it."""
        link = urlencode(screen.recorded.link) if screen.recorded else ""
        return f"{self.root}{screen.place.lesson.path}{'?' if link else ''}{link}"


def handout(about: About, screens: Sequence[Screen]) -> Handout:
    """Write a handout.

    Parameters
    ----------
    about : About
    screens : sequence of Screen
        At least one.
    """
    writer = Writer(about.root)
    parts = []
    for number, screen in enumerate(screens):
        if _begins(number, screens):
            parts.append(f"<h2>{html.escape(screen.place.lesson.title)}</h2>")
        parts.append(_section(about, writer, number, screen, screens))
    body = f"{_top(about, screens)}<main>{''.join(parts)}</main>"
    return Handout(about.name, f"{_head(about.title)}<body>{body}</body></html>", tuple(writer.drawings))


def _head(title: str) -> str:
    page = (HERE.parent / "style.css").read_text(encoding="utf-8")
    style = "\n".join([*OF_PICTURES.findall(page), (HERE / "document.css").read_text(encoding="utf-8")])
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{style}</style><style>{FONTS}</style></head>"
    )


def _top(about: About, screens: Sequence[Screen]) -> str:
    """Write what a reader sees first: the title, the sentences, the way to the app, the contents."""
    address = about.address(screens[0])
    code = share.code(address) if about.reached and len(address) <= share.LONGEST else ""
    alone = "" if about.reached else '<p class="sa-quiet">Only the computer that made this reaches the app there.</p>'
    lines = "".join(
        f'<p class="{"typed" if len(text) < LONG else "typed long"}" dir="auto">'
        f'<b style="background:{ink}">{letter}</b> {html.escape(text)}</p>'
        for letter, ink, text in zip(LETTERS, LIGHT.inks, about.sentences, strict=False)
        if text.strip()
    )
    named = html.escape(shortened(address, LONG))
    entries = "".join(_entry(number, screens) for number in range(len(screens)))
    contents = f'<nav aria-label="Contents"><ol>{entries}</ol></nav>' if len(screens) > 1 else ""
    return (
        f"<header><div><h1>{html.escape(about.title)}</h1>{lines}"
        f'<p class="sa-quiet">Made with selfattn: <a href="{html.escape(address)}">{named}</a></p>{alone}'
        f"</div>{code}</header>{contents}"
    )


def _begins(number: int, screens: Sequence[Screen]) -> bool:
    """Tell whether a lesson begins with a screen, one of several lessons."""
    lessons = [screen.place.lesson for screen in screens]
    return lessons[0] is not lessons[-1] and (number == 0 or lessons[number - 1] is not lessons[number])


def _entry(number: int, screens: Sequence[Screen]) -> str:
    """Write a line of the contents; before the first of a lesson, the lesson."""
    screen = screens[number]
    lesson = f"<b>{html.escape(screen.place.lesson.title)}</b>"
    if screen.place.step is None:
        return f'<li><a href="#screen-{number}">{lesson}</a></li>'
    above = f"<li>{lesson}</li>" if _begins(number, screens) else ""
    return f'{above}<li><a href="#screen-{number}">{html.escape(_step(screen))}</a></li>'


def _step(screen: Screen) -> str:
    return screen.place.step.title if screen.place.step else screen.place.lesson.title


def _section(about: About, writer: Writer, number: int, screen: Screen, screens: Sequence[Screen]) -> str:
    """Write one screen: its title, the way to it, and all that stands on it."""
    recorded, address = screen.recorded, about.address(screen)
    code = share.code(address) if about.reached and len(address) <= SCANNED else ""
    with_what = "".join(re.findall(r'<p class="sa-set">.*?</p>', recorded.title)) if recorded else ""
    inside = writer.body(recorded) if recorded else f'<p class="note">{html.escape(screen.trouble)}</p>'
    title = f'<h3><a href="{html.escape(address)}">{_title(screen, screens)}</a></h3>'
    return f'<section id="screen-{number}">{code}{title}{with_what}{inside}</section>'


def _title(screen: Screen, screens: Sequence[Screen]) -> str:
    """Name a screen: its step, and its title where no other screen has the same; as HTML."""
    step = html.escape(_step(screen))
    title = _said(screen)
    if not title or title == step or sum(_said(other) == title for other in screens) > 1:
        return step
    return f"{step}: {title}" if screen.place.step else title


def _said(screen: Screen) -> str:
    match = re.match("<h1>(.*?)</h1>", screen.recorded.title) if screen.recorded else None
    return match[1] if match else ""
