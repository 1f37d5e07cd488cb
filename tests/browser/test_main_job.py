"""Type sentences, see the attention, watch the word move: as a teacher does it."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

import selfattn
from selfattn import SENSES
from selfattn.core.contextual import space_of
from selfattn.core.presets import PRESET_TITLES
from selfattn.core.senses import nearness, pole_centres
from tests.browser import checks
from tests.browser.waiting import parameter

pytestmark = pytest.mark.browser

LOAN, FISH = "my bank offers cheap credit", "fish swim near the bank"
STRAIGHT = 1.5  # pixels that a mark may stand beside its dot
THINGS = 14  # that the first screen may have for the focus, at most
# Where a map has neither side, and where things end; what has the focus, until it comes to something once more.
MIDDLE = """chart => { const axis = chart._fullLayout.xaxis;
    return chart.getBoundingClientRect().x + axis._offset + axis.d2p(0); }"""
BOTTOMS = "all => all.map(one => one.getBoundingClientRect().bottom)"
FOCUSED = """() => { const at = document.activeElement, seen = window.had_focus ??= new Set();
    if (at === document.body || seen.has(at)) return null;
    seen.add(at); return at.ariaLabel || (at.tagName !== 'MAIN' && at.innerText.trim()) || at.tagName; }"""


def weights_of(text, word, vectors, preset="balanced"):
    sentence, trace = selfattn.contextualize(text, vectors, preset)
    weights = trace.weights[sentence.index(word)]
    return {token: f"{weight:.2f}" for token, weight in zip(sentence.tokens, weights, strict=True)}


def stands_under(screen, sentences=2):
    """Each mark stands straight under its dot."""
    both = screen.dots_and_marks()
    assert len(both) == sentences
    assert max(abs(dot - mark) for dot, mark in both) <= STRAIGHT, both
    return both


def says_the_side(screen, word="bank"):
    """The caption names for each sentence the side on which its mark stands; give the sides."""
    left, right = (
        next(text.strip("← →") for text in screen.words_in("motion") if arrow in text) for arrow in ("←", "→")
    )
    middle, caption, sides = screen.chart("motion").evaluate(MIDDLE), screen.finding().inner_text(), []
    for letter, (_, mark) in zip("AB", stands_under(screen), strict=True):
        said = re.search(rf"In {letter}, [^.]*“{word}”[^.]*: it ([^.]*)\.", caption)[1]
        side = left if mark < middle else right
        assert said.endswith(side) or said in ("hardly moves", "is on neither side"), (caption, side)
        sides.append(side)
    return sides


def test_main_job(open_screen, vectors):
    screen = open_screen(a="", b="")
    screen.write("A", LOAN.capitalize())
    screen.write("B", FISH.capitalize())
    leans = [selfattn.lean(text, "bank", vectors) for text in (LOAN, FISH)]
    for lean in leans:
        expect(screen.finding()).to_contain_text(f": it {lean.caption}.")
    screen.settled()

    totals = screen.find(".sa-total").all_text_contents()
    for at, text in enumerate((LOAN, FISH)):
        wanted = weights_of(text, "bank", vectors, "trained")
        given = {word: weight for word, weight in wanted.items() if word != "bank"}
        assert {word.lower(): weight for word, weight in screen.bars(at).items()} == given | {"bank": "–"}
        assert totals[at] == "bank′ = " + " + ".join(f"{weight} · v({word})" for word, weight in given.items())
    assert {"A: bank′", "B: bank′", "bank, static"} <= set(screen.labels())
    (start, first), (same, second) = screen.arrows()
    assert start == same
    np.testing.assert_allclose([start[0], first[0], second[0]], [leans[0].before, *(lean.after for lean in leans)])
    assert says_the_side(screen) == ["finance", "river"]

    again = open_screen(path=screen.where())
    assert again.everything() == screen.everything()


def above_the_fold(screen, left, charts):
    """Nothing scrolls, and all that the first screen is about lies within the window; give the places on the left."""
    assert checks.below_the_fold(screen) == 0
    height = screen.page.viewport_size["height"]
    expect(screen.find(left)).to_have_count(2)
    expect(screen.find(".stPlotlyChart")).to_have_count(charts)
    places = [one.bounding_box() for one in screen.find(f".sa-finding, .st-key-motion, {left}").all()]
    assert len(places) == 4
    for place in places:
        assert 0 <= place["y"] < place["y"] + place["height"] <= height
    stands_under(screen)
    feet = screen.chart("motion").locator(".subplot.xy2 .point").evaluate_all(BOTTOMS)
    assert max(feet) < height
    return [one.bounding_box() for one in screen.find(left).all()]


def choose(screen, name, in_a_room):
    """Choose, in a room behind the button "Change"."""
    if in_a_room:
        screen.open("Change").settled()
    screen.choose(name)
    expect(screen.page.get_by_role("radio", name=name, exact=True)).to_be_checked()
    if in_a_room:
        screen.settled().close()
    screen.settled()


def test_the_first_screen_is_whole_on_a_laptop_and_in_a_room_and_its_switches_change_it_in_place(open_screen, sizes):
    screen = open_screen(size=sizes["laptop"])
    trained = screen.bars(0)
    for in_a_room in (False, True):
        if in_a_room:
            screen.key("f")
            expect(screen.find(".st-key-room")).to_be_visible()
            screen.resize(sizes["projector"])
        bars = above_the_fold(screen, ".sa-bars", 1)
        above_the_fold(screen, ".sa-total", 1)
        assert says_the_side(screen) == ["finance", "river"]
        choose(screen, "Every word", in_a_room)
        expect(screen.find(".sa-bars, .sa-total")).to_have_count(0)
        maps = above_the_fold(screen, "[class*=st-key-every_] .stPlotlyChart", 3)
        right = screen.find(".st-key-motion").bounding_box()["x"]
        for bar, heatmap in zip(bars, maps, strict=True):
            assert abs(bar["x"] - heatmap["x"]) < 30
            assert heatmap["x"] + heatmap["width"] < right
        shown = screen.words_in("every_0")
        assert {"is asked →", "← asks", "money", "bank", "grows"} <= set(shown)
        assert len([text for text in shown if re.fullmatch(r"[01]\.\d\d", text)]) == 9
        assert {trained["Money"], trained["grows"]} <= set(shown)
        choose(screen, "One word", in_a_room)
        expect(screen.find(".sa-bars")).to_have_count(2)
    choose(screen, "Untrained", True)
    expect(screen.find(".sa-total").first).to_have_text("bank′ = 0.24 money + 0.68 bank + 0.08 grows")
    above_the_fold(screen, ".sa-bars", 1)
    assert screen.bars(0) == {"Money": "0.24", "bank": "0.68", "grows": "0.08"}
    says_the_side(screen)


def test_look_closer_opens_a_view_with_the_cosines_and_close_leads_back(open_screen, vectors):
    screen = open_screen(a=LOAN, b=FISH)
    before = screen.everything()
    screen.open("Look closer").settled().choose("Trace a number")
    parameter(screen.page, "view", "trace")
    expect(screen.chart("motion")).to_have_count(0)
    screen.settled().close().choose("A point")
    sentence, trace = selfattn.contextualize(LOAN, vectors, "trained")
    settings, bank = selfattn.PRESETS["trained"], SENSES["bank"]
    centres = pole_centres(bank, vectors, space=space_of(vectors, settings))
    static, new = (nearness(side[sentence.index("bank")], centres) for side in (trace.matrix, trace.output))
    for sense in bank.poles:
        cosines = f"{sense} {static[sense]:.2f} → {new[sense]:.2f}".replace("-", "−")
        expect(screen.page.get_by_text(cosines)).to_be_visible()
    close = screen.page.get_by_role("button", name="Close", exact=True)
    close.click()
    expect(screen.chart("motion")).to_be_visible()
    expect(close).to_have_count(0)
    assert screen.settled().everything() == before


def test_typing_needs_no_enter_and_works_while_the_app_computes(open_screen):
    screen = open_screen()
    screen.write("A", "The bank approved our")
    screen.page.keyboard.type(" loan for the new house", delay=120)
    expect(screen.box("A")).to_have_value("The bank approved our loan for the new house")
    expect(screen.find(".sa-bars").first.locator(".sa-bar > span").last).to_have_text("house")


def test_temperature_and_switches_work_at_once(open_screen, vectors):
    screen = open_screen("self_attention")
    slider = screen.open("Switches").page.get_by_role("slider", name="Temperature")
    slider.focus()
    for tenths in range(19, 9, -1):
        slider.press("ArrowLeft")
        expect(slider).to_have_value(re.compile(rf"{tenths / 10:.1f}|{tenths // 10}(?!\.)"))
    wanted = weights_of("money bank grows", "bank", vectors, "scaled")
    expect(screen.find(".st-key-bars_0 .bartext").nth(1)).to_have_text(wanted["bank"])
    screen.page.get_by_text("Attend to itself").click()
    expect(screen.find(".st-key-bars_0 .bartext").nth(1)).to_have_text("0.00")
    expect(screen.page.get_by_text("Your own")).to_be_visible()


def test_click_on_a_cell_traces_its_weight(open_screen):
    screen = open_screen("self_attention")
    for title, chart in (("", "weights"), ("2 Dot products", "scores"), ("7 In three steps", "summary_2")):
        if title:
            screen.choose(title)
        expect(screen.chart(chart)).to_be_visible()
        plot = screen.settled().chart(chart).locator(".nsewdrag").first.bounding_box()
        screen.page.mouse.click(plot["x"] + plot["width"] / 6, plot["y"] + plot["height"] * 5 / 6)
        expect(screen.chart(chart)).to_have_count(0)
        screen.page.wait_for_url("**view=trace*")
        assert {"row=2", "column=0", "view=trace"} <= set(screen.page.url.split("?")[1].split("&"))
        expect(screen.page.get_by_role("radio", name="Trace a number")).to_be_checked()
        screen.settled().choose("Trace a number")
        expect(screen.chart(chart)).to_be_visible()
        screen.settled()


def test_presets_and_examples_work_at_once_and_failures_are_labelled(open_screen, vectors):
    screen = open_screen("self_attention")
    presets = {name: title for name, title in PRESET_TITLES.items() if name != "balanced"}
    assert len(presets) == 4
    for preset, title in presets.items():
        screen.choose(title)
        wanted = weights_of("money bank grows", "bank", vectors, preset)
        expect(screen.chart("bars_0").locator("text")).to_have_text([*wanted.values(), *wanted])
        screen.settled()

    screen.go("/").open("Examples").settled()
    name = "The bank robbed the man"
    screen.page.get_by_role("radio", name=name).or_(screen.page.get_by_role("button", name=name)).first.click()
    expect(screen.page.get_by_text("Where it fails.", exact=True)).to_be_visible()
    expect(screen.page.get_by_text("Opposite stories")).to_be_visible()
    expect(screen.page.get_by_role("radio", name="Untrained", exact=True)).to_be_checked()

    screen.settled().close().settled().open("Examples").settled().choose("mouse")
    first, second = (texts[0] for texts in SENSES["mouse"].examples.values())
    expect(screen.box("A")).to_have_value(first)
    expect(screen.box("B")).to_have_value(second)
    expect(screen.title()).to_have_text("Why “mouse” means two things")
    expect(screen.finding()).to_contain_text(f"it {selfattn.lean(second, 'mouse', vectors, 'balanced').caption}.")


WAY = "On the way from static to contextual"


def test_animation_plays_pauses_and_ends_where_the_numbers_say_and_the_way_is_walked_by_keyboard(open_screen):
    screen = open_screen("motion")
    goal = screen.arrows()
    play, pause = (screen.page.get_by_role("button", name=name) for name in ("Play", "Pause"))
    on_the_way = "([start, end, pause]) => { const chart = document.querySelector('.st-key-motion .js-plotly-plot');"
    on_the_way += " const now = chart._fullData.find(one => one.mode === 'lines+markers').x[1];"
    on_the_way += " const share = (now - start) / (end - start);"
    # Pressed in the page: before a busy browser has clicked, a second may be over.
    press = "pause.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    on_the_way += f" return share > 0 && share < 0.6 && ({press}, true); }}"

    pause.click(trial=True)
    for _ in range(60):
        screen.page.keyboard.press("Tab")
        if play.evaluate("play => play === play.getRootNode().activeElement"):
            break
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_function(on_the_way, arg=[*(point[0] for point in goal[0]), pause.element_handle()])
    where = screen.arrows()
    assert where != goal
    stands_under(screen)
    for (start, halfway), (same, end) in zip(where, goal, strict=True):
        assert start == same
        assert 0 < np.subtract(halfway, start) @ np.subtract(end, start) < np.sum(np.subtract(end, start) ** 2)
    screen.page.wait_for_timeout(400)
    assert screen.arrows() == where, "paused is paused"

    play.click()
    screen.page.wait_for_function(
        "ends => JSON.stringify(document.querySelector('.st-key-motion .js-plotly-plot')._fullData"
        ".filter(one => one.mode === 'lines+markers').map(one => one.x[1])) === JSON.stringify(ends)",
        arg=[end[0] for _, end in goal],
    )
    np.testing.assert_allclose(screen.arrows(), goal)
    ends = stands_under(screen)

    slider = screen.page.get_by_role("slider", name=WAY)
    expect(slider).to_have_value("100")
    for _ in range(60):
        screen.page.keyboard.press("Tab")
        if slider.evaluate("slider => slider === document.activeElement"):
            break
    expect(slider).to_be_focused()
    screen.page.keyboard.press("Home")
    parameter(screen.page, "way", "0")
    screen.settled()
    for start, end in screen.arrows():
        np.testing.assert_allclose(end, start, atol=1e-9)
    starts = stands_under(screen)
    assert abs(starts[0][1] - starts[1][1]) < STRAIGHT
    for _ in range(10):
        screen.page.keyboard.press("ArrowRight")
    parameter(screen.page, "way", "50")
    screen.settled()
    expect(screen.title()).to_have_text("Where “bank” goes")
    for (start, halfway), (_, end) in zip(screen.arrows(), goal, strict=True):
        np.testing.assert_allclose(halfway, np.mean([start, end], axis=0), atol=1e-9)
    np.testing.assert_allclose(stands_under(screen), np.mean([starts, ends], axis=0), atol=STRAIGHT)


def test_with_less_motion_there_is_no_player_and_the_slider_stays(open_screen):
    screen = open_screen("motion", motion="reduce")
    for name in ("Play", "Pause"):
        expect(screen.page.get_by_role("button", name=name)).to_have_count(0)
    expect(screen.find(".player button")).to_have_count(2)
    expect(screen.page.get_by_role("slider", name=WAY)).to_be_visible()


def test_pulls_lead_tip_to_tail_tables_open_and_poles_can_be_edited(open_screen, vectors):
    screen = open_screen("motion", n="3", c="We sat on the bank of the river")
    pull = screen.label(f"+ {weights_of('money bank grows', 'bank', vectors, 'trained')['money']} money")
    assert not screen.chains()
    stands_under(screen, sentences=3)
    screen.page.get_by_text("Pulls", exact=True).click()
    expect(pull).to_be_visible()
    screen.settled()
    chains, arrows = screen.chains(), screen.arrows()
    assert [len(chain) for chain in chains] == [4, 4, 9]
    for chain, (static, contextual) in zip(chains, arrows, strict=True):
        np.testing.assert_allclose(chain[0], static, atol=1e-9)
        np.testing.assert_allclose(chain[-1], contextual, atol=1e-9)
    screen.page.get_by_text("Pulls", exact=True).click()
    expect(pull).to_have_count(0)
    expect(screen.label("loan")).to_be_visible()

    screen.settled().page.get_by_text("The table behind it").click()
    expect(screen.page.get_by_test_id("stDataFrame")).to_be_visible()
    screen.page.get_by_text("What each switch does").click()
    expect(screen.page.get_by_test_id("stDataFrame")).to_have_count(2)
    screen.page.wait_for_url("**tables=numbers+switches*")
    screen.settled().go(screen.where())
    expect(screen.page.get_by_test_id("stDataFrame")).to_have_count(2)
    screen.page.get_by_text("The table behind it").click()
    screen.page.wait_for_url("**tables=switches*")

    pole = screen.settled().open("Poles").page.get_by_role("textbox", name="Finance")
    pole.fill("blood donor hospital")
    pole.press("Control+Enter")
    expect(screen.label("hospital")).to_be_visible()
    expect(screen.label("loan")).to_have_count(0)


def tab(screen):
    """Go on by one key: what has the focus now, by each of its lines; None once everything has had it."""
    screen.page.keyboard.press("Tab")
    name = screen.page.evaluate(FOCUSED)
    return name and name.splitlines()


def test_keyboard_reaches_everything_soon_and_chooses_the_attention_and_the_examples(open_screen):
    screen = open_screen()
    reached = []
    while (names := tab(screen)) is not None:
        reached.append(names)
        if "Sentence A" in names:
            screen.page.keyboard.press("Control+A")
            screen.page.keyboard.type("The bank approved our loan")
    order = [next((at for at, names in enumerate(reached) if wanted in names), None) for wanted in
             ("Look closer", "Predict first", "Next", "Lessons", "Projector", "Sentence A", "Sentence B", "Word",
              "Untrained", "One word", "Examples")]  # fmt: skip
    assert None not in order, reached
    assert order == sorted(order)
    expect(screen.finding()).to_contain_text("“loan”")
    assert len(reached) <= THINGS, reached

    screen.settled().page.get_by_role("radio", name="Trained", exact=True).focus()
    screen.page.keyboard.press("ArrowLeft")
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_role("radio", name="Untrained", exact=True)).to_be_checked()
    expect(screen.find(".sa-total").first).to_contain_text("bank +")
    screen.page.get_by_role("button", name="Examples").focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_text("Words with two meanings")).to_be_visible()
