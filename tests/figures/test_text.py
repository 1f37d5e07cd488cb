"""What was typed, in HTML, in Plotly's labels and in LaTeX: any text comes out as itself, and as nothing else."""

import html
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfattn.core.contextual import contextualize
from selfattn.core.heaviest import SHOWN
from selfattn.core.sentences import TextError, embed
from selfattn.figures.palette import LETTERS, palette
from selfattn.figures.text import (
    LONGEST,
    SHOWN_TERMS,
    equation,
    label,
    latex,
    short,
    tinted_sentence,
    words_with_bars,
)

NASTY = [
    "<img src=x onerror=alert(1)>", r"$\bank$", "[x](javascript:1)", "| a | b |", "</span><script>alert(1)</script>",
    'money" onmouseover="x', "a & b &amp; c &#36;", r"\text{bank}} ^_~%#`", "बैंक bank 🏦", "  bank \t river\r\n",
]  # fmt: skip
MACRO = re.compile(r"\\text(?:backslash|dollar|asciicircum|asciitilde|less|greater)\{\}|\\[{}%#&_]")
MEANING = {
    r"\textbackslash{}": "\\", r"\textdollar{}": "$", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~",
    r"\textless{}": "<", r"\textgreater{}": ">",
}  # fmt: skip
TERM = re.compile(r"(\d\.\d\d)(?:\\,| ?\\cdot ?)\\text\{(\w+)\}")
REST = re.compile(r"\\underbrace\{(\d\.\d\d)\}_\{(\d+)\\ \\text\{more\}\}")


class Reader(HTMLParser):
    """Gathers the tags, their attributes, and the text between them."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.spans, self.text = [], [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.spans.append((dict(attrs), []))

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")

    def handle_comment(self, data):
        self.tags.append(f"comment {data}")

    def handle_decl(self, decl):
        self.tags.append(f"declaration {decl}")

    def handle_pi(self, data):
        self.tags.append(f"instruction {data}")

    def handle_data(self, data):
        self.text += data
        if self.spans:
            self.spans[-1][1].append(data)


def found(text, vectors):
    try:
        return embed(text, vectors)
    except TextError as error:
        return error.sentence


def with_nasty(test):
    for text in NASTY:
        test = example(text)(test)
    return test


# words


@with_nasty
@given(st.text(max_size=40))
def test_a_label_is_text_and_no_markup(word):
    written = label(word)
    assert not set(re.sub(r"&(?:amp|lt|gt|#36);", "", written)) & set("<>&$")
    assert html.unescape(written) == short(word)


@with_nasty
@given(st.text(max_size=40))
def test_latex_is_the_word_and_no_command(word):
    body = latex(word).removeprefix(r"\text{").removesuffix("}")
    assert latex(word) == rf"\text{{{body}}}"
    assert not set(MACRO.sub("", body)) & set("\\{}$&#^_~%<>`")
    assert MACRO.sub(lambda found: MEANING.get(found[0], found[0][1:]), body) == short(word).replace("`", "‘")


@with_nasty
@given(st.text(max_size=40))
def test_latex_braces_are_balanced(word):
    depth = 0
    for brace in re.findall(r"[{}]", re.sub(r"\\[{}]", "", latex(word))):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


@given(st.text(max_size=60))
def test_a_long_word_is_cut_and_says_so(word):
    assert len(short(word)) <= LONGEST
    assert short(word) == word or (short(word).endswith("…") and word.startswith(short(word)[:-1]))


# the equation


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=14))
def test_the_equation_has_the_heaviest_weights_in_order_and_sums_to_one(parts):
    weights = np.array(parts) / np.sum(parts)
    tokens = [f"word{at}" for at in range(len(weights))]
    written = equation(tokens[0], weights, tokens)
    terms = TERM.findall(written)
    shown = sorted(sorted(range(len(weights)), key=lambda at: -weights[at])[:SHOWN_TERMS])
    assert terms == [(f"{weights[at]:.2f}", tokens[at]) for at in shown]
    rest = REST.findall(written)
    assert [int(count) for _, count in rest] == ([len(weights) - SHOWN_TERMS] if len(weights) > SHOWN_TERMS else [])
    numbers = [float(number) for number, _ in [*terms, *rest]]
    assert sum(numbers) == pytest.approx(1, abs=0.005 * len(numbers) + 1e-9)
    assert written.count("+") == len(numbers) - 1


@pytest.mark.parametrize(("count", "summed"), [(1, False), (5, False), (6, True), (512, True)])
def test_from_six_words_on_the_rest_is_summed_up(count, summed):
    written = equation("w0", np.full(count, 1 / count), [f"w{at}" for at in range(count)])
    assert ("more" in written) == summed
    assert not summed or rf"{{{count - 5}\ \text{{more}}}}" in written


def test_the_equation_of_the_lesson(vectors):
    sentence, trace = contextualize("Money bank grows", vectors)
    row = trace.weights[1]
    written = equation("bank", row, sentence.tokens)
    assert written.startswith(r"\text{bank}' = ")
    assert TERM.findall(written) == [(f"{w:.2f}", t) for w, t in zip(row, ["money", "bank", "grows"], strict=True)]
    assert [number for number, _ in TERM.findall(written)] == ["0.24", "0.68", "0.08"]


@pytest.mark.parametrize("word", NASTY)
def test_the_words_of_an_equation_are_escaped(word):
    assert equation(word, [1.0], [word]).count(latex(word)) == 2


# the sentence


@with_nasty
@given(st.text(max_size=80))
def test_a_tinted_sentence_shows_exactly_what_was_typed(vectors, text):
    sentence = found(text, vectors)
    weights = np.full(len(sentence), 0.5)
    read = Reader(tinted_sentence(sentence, weights, 0 if len(sentence) else None))
    assert read.text == text
    assert set(read.tags) <= {"span", "/span"}
    assert read.tags.count("span") == read.tags.count("/span")
    assert all(set(attributes) <= {"title", "style"} for attributes, _ in read.spans)


@pytest.mark.parametrize("typed", [*NASTY, [*NASTY, "bank"], ["bank", "</span>", "&lt;"]])
def test_between_the_tags_everything_is_escaped(vectors, typed):
    sentence = found(typed, vectors)
    between = re.sub(r'<span (?:title="[^"<>]*" )?style="[^"<>]*">|</span>', "", tinted_sentence(sentence))
    assert not set(re.sub(r"&(?:amp|lt|gt|quot|#x27);", "", between)) & set("<>&\"'")
    assert html.unescape(between) == sentence.text


def computed(markup):
    """The spans of words that are computed, as (title, style, text)."""
    spans = [(a.get("title", ""), a["style"], "".join(t)) for a, t in Reader(markup).spans]
    return [span for span in spans if re.fullmatch(r"\d\.\d\d", span[0])]


def depth(style):
    return float(re.search(r"background:rgba\(\d+,\d+,\d+,([\d.]+)\)", style)[1])


def test_each_word_is_as_deep_in_colour_as_its_weight(vectors):
    sentence, trace = contextualize("Money bank, grows slowly", vectors)
    weights = trace.weights[1]
    spans = computed(tinted_sentence(sentence, weights, 1))
    assert [title for title, _, _ in spans] == [f"{weight:.2f}" for weight in weights]
    depths = np.array([depth(style) for _, style, _ in spans])
    assert np.argsort(depths).tolist() == np.argsort(weights).tolist()
    np.testing.assert_allclose((depths / depths.max()) ** 2, weights / weights.max(), atol=0.03)
    assert [text.split(",")[0].strip() for _, style, text in spans if "border-bottom" in style] == ["bank"]


def test_without_weights_nothing_is_tinted_and_no_number_said(vectors):
    read = Reader(tinted_sentence(embed("Money bank grows", vectors)))
    assert ["".join(words).strip() for _, words in read.spans][:3] == ["Money", "bank", "grows"]
    for attributes, _ in read.spans[:3]:
        assert "title" not in attributes
        assert depth(attributes["style"]) == 0
        assert "border-bottom" not in attributes["style"]


def test_what_is_left_out_says_why(vectors):
    read = Reader(tinted_sentence(embed("The xqzvw bank.", vectors), np.full(2, 0.5), 1))
    left_out = {a["title"]: (t[0], a["style"]) for a, t in read.spans if "left out" in a.get("title", "")}
    assert left_out["not in the vocabulary: left out"][0] == "xqzvw"
    assert "dashed" in left_out["not in the vocabulary: left out"][1]
    assert left_out["punctuation: left out"][0] == "."
    assert "dashed" not in left_out["punctuation: left out"][1]


@pytest.mark.parametrize("role", range(len(LETTERS)))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_word_is_readable_on_the_deepest_tint(vectors, theme, role):
    ((_, style, _),) = computed(tinted_sentence(embed("bank", vectors), np.ones(1), 0, role=role, theme=theme))
    colours = palette(theme)
    fill, paper, ink = (
        np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        for c in (colours.fills[role], colours.paper, colours.ink)
    )
    under = depth(style) * fill + (1 - depth(style)) * paper

    def luminance(share):
        return float(
            np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]
        )

    dark, light = sorted([luminance(under), luminance(ink)])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# the sentence with bars on its words


def bars(markup):
    """Each word as (number, share, the style of its bar, its own style, text)."""
    nothing, *drawn = markup.split('<span class="sa-bar">')
    assert not nothing
    pattern = r'<i>(.*?)</i><s style="--share:([\d.]+);(.*?)"></s><span style="(.*?)">(.*)</span></span>'
    found = [re.fullmatch(pattern, word, re.DOTALL).groups() for word in drawn]
    return [(number, float(share), *rest) for number, share, *rest in found]


@with_nasty
@given(st.text(max_size=80))
def test_words_with_bars_are_the_words_that_were_typed_and_no_markup(vectors, text):
    sentence = found(text, vectors)
    weights = np.full(len(sentence), 0.5)
    markup = words_with_bars(sentence, weights, 0 if len(sentence) else None)
    read = Reader(markup)
    assert set(read.tags) <= {f"{end}{tag}" for end in ("", "/") for tag in ("span", "i", "s", "b")}
    assert all(set(attributes) <= {"class", "title", "style"} for attributes, _ in read.spans)
    shown = [short(sentence.text[piece.start : piece.end]) for piece in sentence.pieces]
    typed = [
        number + word for number, word in zip(("0.50" * (p is not None) for p in sentence.rows), shown, strict=True)
    ]
    assert read.text == "".join(typed)


@pytest.mark.parametrize("typed", [*NASTY, [*NASTY, "bank"], ["bank", "</span>", "&lt;", "<s style="]])
def test_between_the_tags_of_bars_everything_is_escaped(vectors, typed):
    markup = words_with_bars(found(typed, vectors), None, None)
    between = re.sub(r'<(?:span|s)(?: (?:class|title|style)="[^"<>]*")*>|</(?:span|s|i)>|<i>', "", markup)
    assert not set(re.sub(r"&(?:amp|lt|gt|quot|#x27);", "", between)) & set("<>&\"'")


@pytest.mark.parametrize(("role", "theme"), [(0, "light"), (1, "dark"), (5, "dark room")])
def test_a_bar_is_as_high_as_its_weight_on_the_scale_of_the_highest(vectors, role, theme):
    sentence, trace = contextualize("Money bank, grows slowly", vectors)
    weights, colours = trace.weights[1], palette(theme)
    for highest in (1.0, float(weights.max())):
        drawn = bars(words_with_bars(sentence, weights, 1, highest=highest, role=role, theme=theme))
        words = [word for word in drawn if word[0]]
        assert [number for number, *_ in words] == [f"{weight:.2f}" for weight in weights]
        np.testing.assert_allclose([share for _, share, *_ in words], weights / highest, atol=0.001)
        assert {bar for _, _, bar, *_ in drawn} == {
            f"background:{colours.fills[role]};border-color:{colours.inks[role]}"
        }
    assert max(share for _, share, *_ in drawn) == 1


def test_only_the_word_itself_is_bold_and_underlined(vectors):
    drawn = bars(words_with_bars(embed("bank bank grows", vectors), np.full(3, 1 / 3), 1))
    assert [text for *_, text in drawn] == ["bank", "<b>bank</b>", "grows"]
    edge = palette("light").fills[0]
    assert [edge in style for *_, style, _ in drawn] == [False, True, False]


def test_a_word_that_attends_to_others_only_has_a_dash(vectors):
    sentence, trace = contextualize("River bank flows", vectors, "trained")
    drawn = bars(words_with_bars(sentence, trace.weights[1], 1))
    assert [number for number, *_ in drawn] == [f"{trace.weights[1][0]:.2f}", "–", f"{trace.weights[1][2]:.2f}"]
    assert drawn[1][1] == 0


def test_what_is_left_out_has_no_number_no_bar_and_says_why(vectors):
    drawn = bars(words_with_bars(embed("The xqzvw bank.", vectors), np.full(2, 0.5), 1))
    assert [(number, share) for number, share, *_ in drawn] == [("0.50", 0.5), ("", 0), ("0.50", 0.5), ("", 0)]
    titles = [
        a["title"]
        for a, _ in Reader(words_with_bars(embed("The xqzvw bank.", vectors), None, None)).spans
        if "title" in a
    ]
    assert titles == ["not in the vocabulary: left out", "punctuation: left out"]


def test_without_weights_there_are_no_numbers_and_no_bars(vectors):
    drawn = bars(words_with_bars(embed("Money bank grows", vectors), None, None))
    assert [(number, share) for number, share, *_ in drawn] == [("", 0)] * 3
    assert [text for *_, text in drawn] == ["Money", "bank", "grows"]


def test_of_a_long_sentence_the_telling_words_have_bars_and_the_rest_a_number(vectors):
    sentence = embed("grows flows " * 50 + "bank money", vectors)
    weights = np.where(np.arange(102) == 101, 0.49, 0.51 / 101)
    *drawn, rest = words_with_bars(sentence, weights, 100).split('<span class="sa-bar">')[1:]
    assert [re.sub("<.*?>", "", bar) for bar in drawn[-2:]] == ["0.01bank", "0.49money"]
    left = 103 - SHOWN  # 102 words, and a line for the rest
    assert len(drawn) == SHOWN - 1
    assert rest == f"<i>{0.51 / 101 * left:.2f}</i><span>{left} more</span></span>"
