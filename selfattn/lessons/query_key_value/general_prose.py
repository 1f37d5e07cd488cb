"""Whether what was learned carries over, in plain words and as code."""

import html
import re
from collections.abc import Sequence
from functools import cache

from selfattn.core.labelled import Labelled, words_of
from selfattn.core.presets import PRESET_TITLES, Settings
from selfattn.core.rates import Landing, Rate, parts
from selfattn.core.rounding import percent
from selfattn.core.wording import counted, listed, quoted
from selfattn.ui.panels import Result
from selfattn.views.snippets import leaning, lines

NONE = "These vectors know no word that we have labelled sentences for, so nothing can be measured."
QUESTION = "Of 100 held-out sentences, how many will it get right?"
RANGES = ((0, 50), (51, 70), (71, 90), (91, 98), (99, 100))
GUESSES = tuple(f"{first} to {last}" if first else f"{last} or fewer" for first, last in RANGES)


def truth(trained: Rate) -> str:
    """Say which of the guesses holds.

    >>> GUESSES
    ('50 or fewer', '51 to 70', '71 to 90', '91 to 98', '99 to 100')
    """
    right = round(100 * (1 - len(trained.wrong) / max(len(trained.every), 1)))
    return next(guess for guess, (_, last) in zip(GUESSES, RANGES, strict=True) if right <= last)


def because(trained: Rate) -> str:
    """Say it with numbers."""
    every = len(trained.every)
    return f"it gets {every - len(trained.wrong):,} of {every:,} right"


@cache
def _texts() -> tuple[frozenset[str], frozenset[str]]:
    """Give the sentences to train on, and the others, as `words_of` makes them."""
    held_out = parts().held_out + parts().other_words
    return frozenset(words_of(each.text) for each in parts().train), frozenset(words_of(each.text) for each in held_out)


def of_word(word: str, *, has_line: bool) -> str:
    """Say whether a word was trained on."""
    trained, held_out = ({each.word for each in part} for part in (parts().train, parts().other_words))
    if word in trained:
        return f"“{word}” is one of the {counted(len(trained), 'word')} that it was trained on."
    if word in held_out:
        return f"“{word}” is one of {counted(len(held_out), 'word')} that were kept out of the training altogether."
    if has_line:
        return f"“{word}” has no labelled sentence at all; its line comes from your two sentences."
    return f"“{word}” has no labelled sentence and no poles, so that nobody can say what is right."


def of_sentences(results: Sequence[Result]) -> str:
    """Say whether these very sentences were trained on.

    A sentence of a word and sense that nobody labelled may be new to it all the same.
    """
    train, held_out = _texts()
    kinds: dict[str, list[str]] = {}
    for result in results:
        text = words_of(result.sentence.text)
        kind = "trained" if text in train else "held out" if text in held_out else "new"
        kinds.setdefault(kind, []).append(result.letter)
    said = {
        "trained": "{} {} among the sentences that it was trained on, so that proves nothing.",
        "held out": "{} {} among the held-out sentences: never trained on.",
        "new": "{} {} in no list of ours: it has never seen {}.",
    }
    return " ".join(_said(said[kind], letters) for kind, letters in kinds.items())


def _said(template: str, letters: Sequence[str]) -> str:
    one = len(letters) == 1
    return template.format(listed(letters), "is" if one else "are", "it" if one else "them")


def key(rate: Rate) -> tuple[str, str]:
    """Say what both marks of the chart stand for."""
    words = [len({each.example.word for each in part}) for part in (rate.landed, rate.landed_others)]
    return (
        f"{counted(len(rate.landed), 'held-out sentence')} of {counted(words[0], 'word')} trained on",
        f"{counted(len(rate.landed_others), 'sentence')} of {counted(words[1], 'word')} never trained on",
    )


def shares(rate: Rate) -> tuple[float | None, float | None]:
    """Give both shares on the right side; None where there was no sentence to measure on."""
    return (rate.held_out if rate.landed else None, rate.other_words if rate.landed_others else None)


def chart_alt(rates: Sequence[Rate]) -> str:
    """Stand in for the chart."""
    first, second = key(rates[0])
    each = "; ".join(
        f"{PRESET_TITLES[rate.preset]} {listed(['–' if share is None else percent(share) for share in shares(rate)])}"
        for rate in rates
    )
    return f"Share on the right side, where a coin has 50 %. {first}, and {second}: {each}."


def found(trained: Rate) -> str:
    """Say how many sentences it gets right."""
    every = len(trained.every)
    return f"Of {counted(every, 'sentence')} that it never trained on, it gets {every - len(trained.wrong):,} right."


def fails(trained: Rate) -> str:
    """Say how many sentences it gets wrong."""
    return f"It still gets {counted(len(trained.wrong), 'sentence')} wrong. The most confidently wrong first:"


def failure(wrong: Landing, other: str, drawn_by: Sequence[str]) -> str:
    """Write a sentence that it gets wrong as HTML, its word bold, and where that ended."""
    example = wrong.example
    pieces = re.split(rf"(\b{re.escape(example.word)}\b)", example.text, maxsplit=1, flags=re.IGNORECASE)
    text = "".join(f"<b>{html.escape(piece)}</b>" if at == 1 else html.escape(piece) for at, piece in enumerate(pieces))
    return f'<p class="sa-quiet" style="opacity:1">{text}<br><i>{html.escape(ended(wrong, other, drawn_by))}</i></p>'


def ended(wrong: Landing, other: str, drawn_by: Sequence[str]) -> str:
    """Say what is wrong: which sense it has, and where it ended.

    >>> ended(Landing(Labelled("note", "paper", "A folded note"), -0.58), "music", ["guitar"])
    'means paper, ended 58 % of the way to music, drawn there by “guitar”'
    """
    drawn = f", drawn there by {quoted(drawn_by)}" if drawn_by else ""
    return f"means {wrong.example.sense}, ended {percent(-wrong.margin)} of the way to {other}{drawn}"


def other_sense(example: Labelled, senses: Sequence[str]) -> str:
    """Name the sense that a sentence does not have."""
    return next(sense for sense in senses if sense != example.sense)


def code(results: Sequence[Result], settings: Settings, *, drop_punctuation: bool, known: Sequence[str]) -> str:
    """Write what becomes of the word, and the measurement: `leans[text]`, and `right[preset]`, two shares.

    Parameters
    ----------
    results : sequence of Result
    settings : Settings
    drop_punctuation : bool
    known : sequence of str
        The words of both poles that the set knows.
    """
    first = results[0]
    texts = [result.sentence.text for result in results]
    senses = first.sense.poles if first.sense else {}
    poles = {name: [word for word in words if word in known] for name, words in senses.items()}
    return lines(
        leaning(texts, first.word, poles, settings, drop_punctuation=drop_punctuation),
        "",
        "from selfattn.core.rates import rates",
        "",
        "right = {each.preset: (each.held_out, each.other_words) for each in rates(vectors)}  # about a second",
        "print(right)",
    )
