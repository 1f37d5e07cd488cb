"""Formulas as MathML: all that the app writes is known, and what was typed comes out as text."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.figures.mathml import FormulaError, mathml
from selfattn.figures.text import LONGEST, equation, latex
from selfattn.glossary import GLOSSARY
from tests.apps import HOSTILE

PRINTED = st.text(st.characters(exclude_categories=("C", "Zs", "Zl", "Zp")), min_size=1, max_size=LONGEST)


def read(formula):
    """All that a formula says, as text; it is well-formed, also as HTML."""
    return "".join(ET.fromstring(f"<p>{mathml(formula).replace('<wbr>', '')}</p>").itertext())


@given(PRINTED)
def test_a_typed_word_comes_out_as_it_is(word):
    assert read(latex(word)) == word.replace("`", "‘")


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_typed_is_no_markup(words):
    written = mathml(equation(words, [0.5, 0.5], [words, "bank"]))
    assert words.replace("`", "‘").replace(" ", "\N{NO-BREAK SPACE}")[:20] in read(latex(words))
    assert set(re.findall(r"<([a-z]+)", written)) <= {"math", "msup", "mtext", "mo", "mn", "mi", "wbr", "mrow"}


def test_every_formula_of_the_glossary_is_known():
    formulas = [entry.formula for entry in GLOSSARY.values() if entry.formula]
    assert len(formulas) > 20
    for formula in formulas:
        assert "\\" not in read(formula)


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        (r"\dfrac{21.57}{\sqrt{50} \cdot 2} = 1.53", "21.5750·2=1.53"),
        (
            r"W_Q = \begin{pmatrix} \textcolor{#8A5A00}{1} & 0 \\[0.4em] 2 & 3 \end{pmatrix}\rule[-1em]{0em}{1em}",
            "WQ=(1023)",
        ),
        (r"{\normalsize \underset{\textsf{\small scaled}\rule{0em}{1em}}{\exp(-1.10)}}", "exp(−1.10)scaled"),
        (r"\underbrace{6.36}_{48\ \text{more}}", "6.36⏟48more"),
        (r"x_i^2 + \bar{x}'", "xi2+x¯′"),
    ],
)
def test_parts_of_formulas(formula, says):
    assert read(formula) == says


def test_a_line_breaks_before_signs_and_a_minus_of_a_number_is_near_to_it():
    written = mathml("a = -1 + 2")
    assert written.count("<math>") == 3
    assert '<mo form="prefix">−</mo><mn>1</mn>' in written
    assert mathml(r"\sqrt{a = b}").count("<math>") == 1


@pytest.mark.parametrize(
    "formula", [r"\href{javascript:1}{x}", "a}", r"\text{a", r"\textcolor{red}{a}", "{a", r"\begin{array}{l} a"]
)
def test_what_is_not_known_is_refused(formula):
    with pytest.raises(FormulaError):
        mathml(formula)
