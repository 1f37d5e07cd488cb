"""What is on the screen is in its address: links, reload, Back and Forward, and the way between the pages."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from selfattn.course import LESSONS
from tests.browser import checks
from tests.browser.waiting import parameter
from tools.serve import AT

pytestmark = pytest.mark.browser

LOAN, FISH = "The bank approved our loan", "Fish swim near the bank"


def parameters(url):
    return {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}


def test_address_follows_the_screen_and_back_and_forward_through_edits(open_screen):
    screen = open_screen()
    assert parameters(screen.page.url) == {}
    screen.choose("Untrained")
    screen.page.wait_for_url("**preset=balanced*")
    assert parameters(screen.page.url) == {"preset": "balanced"}
    screen.choose("Trained")
    screen.page.wait_for_function("() => !location.search.includes('preset')")
    screen.settled()
    for text, word in ((LOAN, "loan"), ("My bank offers cheap credit", "credit")):
        screen.box("A").fill(text)  # at once: a pause between two letters would be one more step back
        expect(screen.finding()).to_contain_text(f"“{word}”")
        parameter(screen.page, "a", text)
        assert parameters(screen.page.url) == {"a": text}
    screen.page.go_back()
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.finding()).to_contain_text("“loan”")
    screen.page.go_back()
    expect(screen.box("A")).to_have_value("Money bank grows")
    expect(screen.finding()).to_contain_text("“money”")
    screen.page.go_forward()
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.finding()).to_contain_text("“loan”")


def test_text_survives_page_change_reload_back_and_forward(open_screen):
    screen = open_screen()
    screen.write("A", LOAN)
    screen.write("B", FISH)
    parameter(screen.page, "b", FISH)
    screen.choose("Untrained")
    screen.page.wait_for_url("**preset=balanced*")
    screen.follow("Meaning in motion")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Where “bank” goes")
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.box("B")).to_have_value(FISH)
    screen.page.reload()
    screen.settled()
    expect(screen.box("B")).to_have_value(FISH)
    expect(screen.page.get_by_role("radio", name="Balanced", exact=True)).to_be_checked()
    screen.follow("Self-attention")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Self-attention, step by step")
    expect(screen.finding()).to_contain_text("Every word is a vector")
    screen.settled()
    assert parameters(screen.page.url) == {"a": LOAN, "b": FISH, "preset": "balanced", "step": "vectors"}
    expect(screen.box("A")).to_have_value(LOAN)
    screen.follow("Two meanings")
    expect(screen.box("B")).to_have_value(FISH)
    screen.settled()
    screen.page.go_back()
    expect(screen.title()).to_have_text("Self-attention, step by step")
    expect(screen.box("A")).to_have_value(LOAN)
    screen.page.go_back()
    expect(screen.title()).to_have_text("Where “bank” goes")
    expect(screen.box("A")).to_have_value(LOAN)
    screen.page.go_back()
    expect(screen.title()).to_have_text("Why “bank” means two things")
    expect(screen.box("A")).to_have_value(LOAN)
    screen.page.go_forward()
    expect(screen.title()).to_have_text("Where “bank” goes")
    expect(screen.box("A")).to_have_value(LOAN)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Why “bank” means two things"),
        ("/Self_attention", "Self-attention, step by step"),
        ("/Meaning_in_motion", "Where “bank” goes"),
    ],
)
def test_first_request_of_a_server_may_be_any_link(open_screen, fresh_server, path, heading):
    screen = open_screen(address=fresh_server.address, path=path, a=LOAN, preset="sharper")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(screen.box("A")).to_have_value(LOAN)
    expect(screen.page.get_by_role("radio", name="Sharper context", exact=True)).to_be_checked()
    screen.open("Lessons")
    for lesson in LESSONS:
        expect(screen.entry(lesson.title)).to_be_visible()
    expect(screen.page.get_by_text("Page not found")).to_have_count(0)


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_the_link_is_the_address_and_its_code_can_be_scanned(open_screen, sizes, page):
    screen = open_screen(page, theme="dark", projector="1", a=LOAN)
    screen.open_link().settled()
    expect(screen.page.get_by_role("img", name="QR code")).to_be_visible()
    (read,) = zxingcpp.read_barcodes(
        Image.open(BytesIO(screen.page.screenshot())), formats=zxingcpp.BarcodeFormat.QRCode
    )
    assert parameters(read.text) == {"a": LOAN}, "on the projector of a dark room"
    assert urlsplit(read.text).hostname == AT, "a phone reaches no 127.0.0.1"
    expect(screen.page.get_by_text("Only this computer can open “127.0.0.1”.")).to_be_visible()
    phone = open_screen(path=urlsplit(read.text).path, size=sizes["phone"], mobile=True, **parameters(read.text))
    expect(phone.box("A")).to_have_value(LOAN)
    expect(phone.finding().first).to_be_visible()
    phone.go(screen.where())
    expect(phone.box("A")).to_have_value(LOAN)
    assert checks.sideways(phone) == 0, "a projector's own address suits a phone, too"

    screen.close().settled().key("f")
    expect(screen.find(".st-key-header")).to_be_visible()
    screen.settled().write("A", "Café & bank = 100% “money”?")
    expect(screen.finding()).to_contain_text("“money”")
    parameter(screen.page, "a", "Café & bank = 100% “money”?")
    screen.settled().open_link().settled()
    shown = screen.page.get_by_test_id("stCode").first
    expect(shown).to_be_visible()
    address = shown.inner_text().strip()
    assert urlsplit(address).path.rstrip("/") == urlsplit(screen.page.url).path.rstrip("/")
    assert urlsplit(address).port == urlsplit(screen.page.url).port
    assert parameters(address) == parameters(screen.page.url)
    code = screen.page.get_by_role("img", name="QR code")
    expect(code).to_be_visible()
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(code.screenshot())))
    assert read.text == address, "a phone opens what is on the screen"
    before = screen.close().settled().everything()
    there = urlsplit(address)
    assert screen.go(f"/{there.path.strip('/')}?{there.query}").everything() == before


def test_emptied_box_brings_everything_back(open_screen):
    screen = open_screen("self_attention", preset="own", temperature="3.5", centre="1")
    before = screen.words_in("bars_0")
    screen.write("A", " ")
    expect(screen.page.get_by_text("There is no text yet")).to_be_visible()
    screen.write("A", "Money bank grows")
    expect(screen.chart("bars_0").locator("text")).to_have_text(before)  # part of the text gives other bars
    screen.settled()
    assert screen.words_in("bars_0") == before
    screen.open("Switches")
    expect(screen.page.get_by_role("slider", name="Temperature")).to_have_value("3.5")


def test_a_question_and_a_guess_are_in_the_link(open_screen):
    screen = open_screen(hidden="1", guess="grows", preset="balanced")
    expect(screen.find(".sa-question")).to_be_visible()
    expect(
        screen.page.get_by_role("radio", name="grows").or_(screen.page.get_by_role("button", name="grows"))
    ).to_be_visible()
    expect(screen.find(".stPlotlyChart")).to_have_count(0)
    screen.page.get_by_role("button", name="Show the answer").click()
    expect(screen.find(".sa-answer")).to_contain_text("You said “grows”. It is “money”, with 24 %.")
    screen.page.wait_for_function("() => !location.search.includes('hidden')")
    assert parameters(screen.page.url) == {"guess": "grows", "preset": "balanced"}
