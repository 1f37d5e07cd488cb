"""Type sentences, see the attention, watch the word move: as a teacher does it."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

import selfattn
from selfattn import SENSES
from tests.browser.waiting import parameter

pytestmark = pytest.mark.browser


def weights_of(text, word, vectors, preset="balanced"):
    sentence, trace = selfattn.contextualize(text, vectors, preset)
    weights = trace.weights[sentence.index(word)]
    return {token: f"{weight:.2f}" for token, weight in zip(sentence.tokens, weights, strict=True)}


def test_main_job(open_screen, vectors):
    screen = open_screen(a="", b="")
    screen.write("A", "My bank offers cheap credit")
    screen.write("B", "Fish swim near the bank")
    expect(screen.finding()).to_contain_text("it moves towards river")
    expect(screen.finding()).to_contain_text("it moves towards finance")
    screen.settled()

    for at, text in enumerate(("my bank offers cheap credit", "fish swim near the bank")):
        wanted = weights_of(text, "bank", vectors)
        assert screen.terms(at) == wanted
        assert screen.words_in(f"bars_{at}") == [*wanted.values(), *wanted]
    assert {"A: bank′", "B: bank′", "bank, static"} <= set(screen.labels())
    (start, first), (same, second) = screen.arrows()
    assert start == same
    assert first[0] < second[0], "A goes to the side of finance, B to the side of river"

    sentence, trace = selfattn.contextualize("fish swim near the bank", vectors)
    row, bank = sentence.index("bank"), SENSES["bank"]
    before, after = (selfattn.meaning_meter(side[row], bank, vectors) for side in (trace.matrix, trace.output))
    assert f"{before['river']:.2f} → {after['river']:.2f}" in screen.words_in("meter")
    assert f"{before['finance']:.2f} → {after['finance']:.2f}" in screen.words_in("meter")

    again = open_screen(path=screen.where())
    assert again.everything() == screen.everything()


def test_typing_needs_no_enter_and_works_while_the_app_computes(open_screen):
    screen = open_screen()
    screen.write("A", "The bank approved our")
    screen.page.keyboard.type(" loan for the new house", delay=120)
    expect(screen.box("A")).to_have_value("The bank approved our loan for the new house")
    expect(screen.find(".st-key-bars_0 .xtick").last).to_have_text("house")


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
    screen = open_screen()
    for title, preset in (("As in the lesson", "lesson"), ("Scaled", "scaled"), ("Sharper context", "sharper")):
        screen.choose(title)
        wanted = weights_of("money bank grows", "bank", vectors, preset)
        expect(screen.find(".st-key-bars_0 .bartext").first).to_have_text(wanted["money"])
        screen.settled()
        assert screen.terms(0)["money"] == wanted["money"]

    screen.open("Examples").settled()
    name = "The bank robbed the man"
    screen.page.get_by_role("radio", name=name).or_(screen.page.get_by_role("button", name=name)).first.click()
    expect(screen.page.get_by_text("Where it fails.", exact=True)).to_be_visible()
    expect(screen.page.get_by_text("Opposite stories")).to_be_visible()

    screen.settled().close().settled().open("Examples").settled().choose("mouse")
    first, second = (texts[0] for texts in SENSES["mouse"].examples.values())
    expect(screen.box("A")).to_have_value(first)
    expect(screen.box("B")).to_have_value(second)
    expect(screen.title()).to_have_text("Why “mouse” means two things")
    expect(screen.finding()).to_contain_text("it moves towards computer")


WAY = "On the way from static to contextual"


def test_animation_plays_pauses_and_ends_where_the_numbers_say_and_the_way_is_walked_by_keyboard(open_screen):
    screen = open_screen("motion")
    goal = screen.arrows()
    play, pause = (screen.chart("motion").locator(".updatemenu-button", has_text=name) for name in ("Play", "Pause"))
    on_the_way = "([start, end, pause]) => { const chart = document.querySelector('.st-key-motion .js-plotly-plot');"
    on_the_way += " const now = chart._fullData.find(one => one.mode === 'lines+markers').x[1];"
    on_the_way += " const share = (now - start) / (end - start);"
    # Pressed in the page: before a busy browser has clicked, a second may be over.
    press = "pause.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    on_the_way += f" return share > 0 && share < 0.6 && ({press}, true); }}"

    pause.click(trial=True)
    play.click()
    screen.page.wait_for_function(on_the_way, arg=[*(point[0] for point in goal[0]), pause.element_handle()])
    where = screen.arrows()
    assert where != goal
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
    for _ in range(10):
        screen.page.keyboard.press("ArrowRight")
    parameter(screen.page, "way", "50")
    screen.settled()
    expect(screen.title()).to_have_text("Where “bank” goes")
    for (start, halfway), (_, end) in zip(screen.arrows(), goal, strict=True):
        np.testing.assert_allclose(halfway, np.mean([start, end], axis=0), atol=1e-9)


def test_with_less_motion_there_is_no_player_and_the_slider_stays(open_screen):
    screen = open_screen("motion", motion="reduce")
    player = screen.chart("motion").locator(".updatemenu-button")
    expect(player).to_have_count(2)
    for at in range(2):
        expect(player.nth(at)).to_be_hidden()
    expect(screen.page.get_by_role("slider", name=WAY)).to_be_visible()


def test_pulls_lead_tip_to_tail_tables_open_and_poles_can_be_edited(open_screen):
    screen = open_screen("motion", n="3", c="We sat on the bank of the river")
    assert not screen.chains()
    screen.page.get_by_text("Pulls", exact=True).click()
    expect(screen.label("+ 0.24 money")).to_be_visible()
    screen.settled()
    chains, arrows = screen.chains(), screen.arrows()
    assert [len(chain) for chain in chains] == [4, 4, 9]
    for chain, (static, contextual) in zip(chains, arrows, strict=True):
        np.testing.assert_allclose(chain[0], static, atol=1e-9)
        np.testing.assert_allclose(chain[-1], contextual, atol=1e-9)
    screen.page.get_by_text("Pulls", exact=True).click()
    expect(screen.label("+ 0.24 money")).to_have_count(0)

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
    expect(screen.label("lender")).to_have_count(0)


def test_keyboard_reaches_everything_and_chooses_a_preset_and_the_examples(open_screen):
    screen = open_screen()
    reached, focused = [], "() => { const at = document.activeElement; return at.ariaLabel || at.innerText || ''; }"
    for _ in range(30):
        screen.page.keyboard.press("Tab")
        name = screen.page.evaluate(focused).strip()
        reached.append(name)
        if name == "Sentence A":
            screen.page.keyboard.press("Control+A")
            screen.page.keyboard.type("The bank approved our loan")
    order = [next((at for at, name in enumerate(reached) if wanted in name), None) for wanted in
             ("Trace a number", "Predict first", "Next", "Lessons", "Link", "Keys", "Projector", "Sentence A",
              "Sentence B", "Word", "Balanced", "Examples")]  # fmt: skip
    assert None not in order, reached
    assert order == sorted(order)
    expect(screen.finding()).to_contain_text("“loan”")

    screen.settled().page.get_by_role("radio", name="Balanced", exact=True).focus()
    screen.page.keyboard.press("ArrowRight")
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_role("radio", name="Sharper context", exact=True)).to_be_checked()
    expect(screen.find(".st-key-bars_0 .bartext").nth(1)).to_have_text("0.00")
    screen.page.get_by_role("button", name="Examples").focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_text("Words with two meanings")).to_be_visible()
