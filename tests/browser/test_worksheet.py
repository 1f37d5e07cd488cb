"""A worksheet in a browser without a network: two pages on A4 and on Letter, with nothing cut off."""

import re

import numpy as np
import pytest

import selfattn
from selfattn.core.sentences import embed
from selfattn.core.vectors import keyed_vectors
from selfattn.core.worksheet import worksheet
from selfattn.frame.away.worksheet_page import file
from selfattn.sets.vector_set import by_hand
from tests.apps import HOSTILE

pytestmark = pytest.mark.browser

PAPERS = {"A4": (718, 1039), "Letter": (739, 973)}  # pixels between margins of 10 mm: 190 × 275, and 195.9 × 259.4
HAND = "money 0.6 -2.25 / river 1 5.5 / bank -3 3 / grows 4 2 / flows 2 40 / loan 999.99 0.01 / flood 1 2 / cash 7 7"
MONEY = ("loan", "money", "bank", "grows", "zzq", "vvq")
RIVER = ("flood", "cash", "cash", "cash", "river", "bank", "flows")
CUT = """() => [...document.querySelectorAll('.page')].flatMap((page, number) => {
    const paper = page.getBoundingClientRect(), all = [...page.querySelectorAll('*')];
    const wide = all.filter(one => one.getBoundingClientRect().right > paper.right + 1);
    const spilt = all.filter(one => one.matches('td, th') && one.scrollWidth > one.clientWidth + 1);
    const outside = [...page.querySelectorAll('svg text')].filter(one => {
        const [text, picture] = [one, one.closest('svg')].map(each => each.getBoundingClientRect());
        return text.left < picture.left - 1 || text.right > picture.right + 1 || text.bottom > picture.bottom + 1;
    });
    return [...wide, ...spilt, ...outside].map(one => `${number + 1}: <${one.tagName}> ${one.textContent}`);
})"""


def sheet_of(vectors, word, *texts, **how):
    return worksheet(word, {role: embed(list(text), vectors) for role, text in enumerate(texts)}, vectors, **how)


@pytest.fixture(scope="module")
def sheets():
    vectors = selfattn.load_vectors()
    long = ["the", "bank", "approved", "the", "loan", "for", "the", "house", "near", "the", "station"]
    hostile = keyed_vectors(list(HOSTILE[:4]), np.array([[1, 1], [2, 0], [0, 2], [3, 1]]))
    hand = by_hand(HAND).vectors
    return {
        "long": sheet_of(vectors, "bank", [*long, *long, "qwzx"], ["fish", "swim", "near", "the", "bank"],
                         sense=selfattn.SENSES["bank"]),
        "by hand": sheet_of(hand, "bank", MONEY, RIVER),
        "hostile": sheet_of(hostile, HOSTILE[0], HOSTILE[:4]),
    }  # fmt: skip


def test_it_opens_without_a_network_and_prints_on_two_pages(browser, sheets, tmp_path):
    context = browser.new_context(offline=True)
    page, asked, dialogs = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    wrong = []
    for name, sheet in sheets.items():
        path = tmp_path / f"{name}.html"
        path.write_text(file(sheet, "<b>GloVe</b>"), encoding="utf-8")
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        for paper, (width, height) in PAPERS.items():
            page.set_viewport_size({"width": width, "height": height})
            wrong += [f"{name}, {paper}, {what}" for what in page.evaluate(CUT)]
            pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))
            wrong += [f"{name}, {paper}: {pages} pages"] if pages != 2 else []
    assert not wrong
    assert not dialogs
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    context.close()
