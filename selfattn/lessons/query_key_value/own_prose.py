"""What a class's own sentences bring, in plain words, as a table, and as code."""

from collections.abc import Sequence

from selfattn.core.own import SHARE, Outcome, Round, Trial
from selfattn.core.own_lines import Written
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import LONGEST, counted, quoted, shortened
from selfattn.figures.palette import MOST
from selfattn.views import snippets

EXAMPLE = """left | side | Turn left at the church
left | side | He writes with his left hand
left | side | The door is on the left
left | side | Keep left and go up the hill
left | side | Her left foot hurts
left | gone | She left the party early
left | gone | The train left without us
left | gone | He left school at sixteen
left | gone | They left home last night
left | gone | Everybody left when the music stopped"""
CHOSEN = "The example was chosen because training helps it. Many words gain little, or nothing: try your own."
HOW = (
    "Training learns from half of your sentences, besides those that ship with the app, and the other half tests; then "
    "the halves are swapped. What tests is new to the head and to the poles."
)
GONE = "The sentences or the vectors are other ones now, so what was trained before is thrown away: train again."
GUESSES = ("Yes, more are on the right side", "No, as many as before", "No, fewer")
POLE_WORDS = 5  # of a pole that are named


def before(tested: Sequence[Trial]) -> int:
    """Count the sentences that are on the right side without training on them."""
    return sum(each.right(each.before) for each in tested)


def after(tested: Sequence[Trial]) -> int:
    """Count the sentences that are on the right side after training."""
    return sum(each.right(each.after) for each in tested)


def truth(outcome: Outcome) -> str:
    """Choose the guess that holds."""
    more = after(outcome.tested) - before(outcome.tested)
    return GUESSES[0 if more > 0 else 1 if not more else 2]


def because(outcome: Outcome) -> str:
    """Say it in numbers, behind the truth."""
    return f"{before(outcome.tested)} without them, {after(outcome.tested)} with them"


def question(outcome: Outcome, word: str) -> str:
    """Ask whether it helps."""
    return (
        f"Without training on them, “{shortened(word, LONGEST)}” is on the right side in {before(outcome.tested)} of "
        f"your {counted(len(outcome.tested), 'sentence')}. Will training help?"
    )


def start(tested: Sequence[Trial], word: str, *, trained: bool) -> str:
    """Say how the sentences do before anything is trained on them.

    `trained` tells whether the head has learned from anything at all.
    """
    head = "a head that has not learned from them" if trained else "a head that has learned nothing"
    return (
        f"With {head}, “{shortened(word, LONGEST)}” is on the right side in {before(tested)} of "
        f"{counted(len(tested), 'sentence')} of yours."
    )


def finding(outcome: Outcome) -> list[str]:
    """Say what training with the sentences changes: for them, and for those that ship with the app."""
    old, new, every = before(outcome.tested), after(outcome.tested), len(outcome.tested)
    verdict = f"{new - old} more" if new > old else "no gain" if new == old else f"{old - new} fewer, so it harms"
    past, now = (f"{plain_fixed(100 * share, 1)} %" for share in outcome.held_out)
    return [
        f"{old} of {every} are on the right side without your sentences, {new} of {every} with them: {verdict}.",
        f"Of the held-out sentences that ship with the app, {now} are on the right side (before: {past}).",
    ]


def how(outcome: Outcome) -> str:
    """Say how it was trained."""
    least, most = min(outcome.times), max(outcome.times)
    times = f"{most}" if least == most else f"{least} or {most}"
    return (
        f"Each sentence of the half that is learned from was repeated {times} times among "
        f"{counted(outcome.shipped, 'other sentence')}, to count for {percent(SHARE)} of all."
    )


def poles(parts: Sequence[Round]) -> list[str]:
    """Name the words of the poles: for each half its own, unless they are known ones."""
    named = list(dict.fromkeys(_poles(part) for part in parts))
    halves = ("Poles", "Poles of the other half") if len(named) > 1 else ("Poles",)
    return [f"{half}: {words}" for half, words in zip(halves, named, strict=True)]


def _poles(part: Round) -> str:
    return "; ".join(
        f"“{shortened(sense, LONGEST)}” is {' '.join(words[:POLE_WORDS])}{' …' if len(words) > POLE_WORDS else ''}"
        for sense, words in part.sense.poles.items()
    )


def marks(*, trained: bool) -> str:
    """Say which mark is which."""
    both = "Hollow: without your sentences. Full: with them. " if trained else "Hollow: without your sentences. "
    return f"{both}The colour of a mark is the true sense: it should lie on its own colour."


def drawn(tested: Sequence[Trial]) -> str:
    """Say that not all are drawn; nothing where they are."""
    return f"The first {MOST} of {len(tested)} are drawn; all are counted." if len(tested) > MOST else ""


def alt(tested: Sequence[Trial], senses: Sequence[str]) -> str:
    """Stand in for the picture: each sentence that is drawn, by its line, with its places."""
    ways = "; ".join(
        f"line {each.number}, {shortened(each.example.sense, LONGEST)}, "
        + " to ".join(plain_fixed(place, 2) for place in (each.before, each.after) if place is not None)
        for each in tested
    )
    return f"Between {quoted(senses)}, at −1 and 1, 0 is neither: {ways}."


def table(tested: Sequence[Trial]) -> list[dict[str, object]]:
    """List the sentences with their places."""
    return [
        {"line": each.number, "sentence": each.example.text, "sense": each.example.sense, "without": each.before}
        | ({} if each.after is None else {"with": each.after})
        for each in tested
    ]


def code(text: str, written: Written) -> str:
    """Write both rounds: `without` and `trained` tell of each sentence whether it is on its side; `rates`, held out."""
    return snippets.lines(
        snippets.START,
        "from selfattn.core import own",
        "from selfattn.core.learn import batches, learn, right_side",
        "from selfattn.core.own_lines import read",
        "",
        f"written = read({text!r}, vectors, {written.word!r})",
        "shipped, held_out, _ = batches(vectors)",
        "known = selfattn.head_of(vectors)  # has not learned from them",
        "without, trained, rates = [], [], [right_side(known, held_out)]",
        "for part in own.rounds(written, vectors):  # one half to learn from, the other to test, then swapped",
        "    senses = list(part.sense.poles)",
        "    *_, last = learn(own.mixed(shipped, part, vectors))  # 100 steps of Adam, a second or two",
        "    rates.append(right_side(last.head, held_out))",
        "    signs = np.array([1 if example.sense == senses[1] else -1 for _, example in part.tested])",
        "    without += (own.places(part, vectors, known) * signs > 0).tolist()",
        "    trained += (own.places(part, vectors, last.head) * signs > 0).tolist()",
        "print(sum(without), sum(trained), 'of', len(trained))",
    )
