"""The pictures of a screen, saved: every file opens, shows what the screen shows, and holds nothing that could run."""

import io
import re
from itertools import chain, groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from selfattn.figures.palette import DARK, LIGHT
from tests.browser.conftest import LAPTOP

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"g", "defs", "clipPath", "rect", "line", "path", "circle", "text", "tspan", "image"}
DRAWN = SHAPES | {"svg", "style", "title", "desc", "linearGradient", "radialGradient", "stop"}
# There, what Plotly puts in the place of quotes stays in its pictures.
AS_FIREFOX = """() => { const real = Plotly.toImage; Plotly.toImage = async (...given) =>
    (await real(...given)).replace(/'Source Sans'/g, 'TOBESTRIPPEDSource SansTOBESTRIPPED'); }"""
HOSTILE = '<img src=x onerror=alert(1)> </text><script>alert(1)</script> & ]]> "bank" $\\bank$'


def save(screen, kind, name):
    """Press the action of a picture, and give the file's name and what is in it."""
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name=f"Save {kind}: {name}", exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def svg(screen, name):
    """Save as SVG, and give the root of what was read, and its words without spaces."""
    file, content = save(screen, "SVG", name)
    root = ElementTree.fromstring(content)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= DRAWN, f"{file} has {tags - DRAWN}: not every program can show it"
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
    assert "http" not in re.sub(r"http://www\.w3\.org/[\w/]*", "", content.decode()), "nothing is fetched"
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    return root, re.sub(r"\s", "", "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))


def png(screen, name):
    _, content = save(screen, "PNG", name)
    return Image.open(io.BytesIO(content)).convert("RGB")


def rgb(colour):
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def missing(image, colours):
    """List the colours that less than a hundred pixels have."""
    seen = {colour: count for count, colour in image.getcolors(image.width * image.height)}
    return [colour for colour in colours if seen.get(rgb(colour), 0) < 100]


def opened(open_screen, page, **link):
    screen = open_screen(page, size=LAPTOP, **link).open("Save")
    expect(screen.page.locator(".pictures figure").first).to_be_visible()
    return screen


def test_arrows_and_equations_in_the_colours_shown_and_for_print(open_screen):
    screen = opened(open_screen, "dot_product", theme="dark")
    for name, seen in (("Arrows", DARK.inks[:3]), ("Equation 1", DARK.inks[1:3])):
        root, _ = svg(screen, name)
        image = png(screen, name)
        assert image.size == (2 * int(root.get("width")), 2 * int(root.get("height")))
        assert image.getpixel((2, 2)) == rgb(DARK.paper)
        assert not missing(image, seen), name
    fonts = root.find(f"{SVG}style").text
    assert re.search(r"KaTeX_Main.*url\(data:font", fonts), "an equation brings its fonts along"
    screen.choose("For print")
    paper = screen.page.locator(".pictures figure > div").first
    expect(paper).to_have_css("background-color", "rgb(255, 255, 255)")
    assert not missing(png(screen, "Equation 1"), (LIGHT.paper, *LIGHT.inks[1:3]))
    assert f'fill="{LIGHT.inks[0].lower()}"' in ElementTree.tostring(svg(screen, "Arrows")[0], "unicode")


def test_words_of_a_chart_that_are_bold_or_in_two_lines_are_texts_of_their_own(open_screen):
    screen = opened(open_screen, "dot_product", step="cosine")
    root, words = svg(screen, "Chart")
    assert not list(root.iter(f"{SVG}tspan")), "LibreOffice anchors each by itself"
    parts = [text for text in root.iter(f"{SVG}text") if "textLength" in text.attrib]
    lines = groupby(parts, key=lambda text: (text.get("transform"), text.get("y")))
    ends = [[(float(part.get("x")), float(part.get("textLength"))) for part in line] for _, line in lines]
    assert len(parts) == 2 * (2 + 3), "of two words the number, and how long they are"
    for (x, long), (following, _) in chain.from_iterable(map(pairwise, ends)):
        assert x + long <= following + 0.1
    assert "river16.62" in words
    assert "0.52and,4.67long" in words


def test_a_chart_and_bars_on_words_with_the_caption(open_screen):
    screen = opened(open_screen, "home", a="שלום bank 🏦 money")
    root, words = svg(screen, "Bars")
    assert "שלום" in words
    scaled = {"".join(text.itertext()): "textLength" in text.attrib for text in root.iter(f"{SVG}text")}
    assert (scaled["שלום"], scaled["bank"]) == (False, True), "Inkscape scatters what has one and runs leftwards"
    width, height = (int(root.get(name)) for name in ("width", "height"))
    finding = re.sub(r"\s", "", screen.finding().inner_text())
    assert finding not in words
    screen.page.get_by_text("With the caption").click()
    expect(screen.page.locator(".pictures figure").first).to_contain_text("of the new")
    root, words = svg(screen, "Bars")
    assert words.endswith(finding)
    assert int(root.get("height")) > height
    assert int(root.get("width")) >= width
    screen.page.evaluate(AS_FIREFOX)
    screen.page.get_by_text("With the caption").click()
    expect(screen.page.locator(".pictures figure").first).not_to_contain_text("of the new")
    screen.page.get_by_text("With the caption").click()
    expect(screen.page.locator(".pictures figure").first).to_contain_text("of the new")
    root, words = svg(screen, "Chart")
    assert words.endswith(finding)
    named = [text.get("style") or text.get("font-family") for text in root.iter(f"{SVG}text")]
    assert all(re.search("""['"]Source Sans['"]""", family) for family in named), named
    assert "url(data:font" in root.find(f"{SVG}style").text
    assert "A:bank′" in words.replace("'", "′")
    image = png(screen, "Chart")
    assert image.size[0] == 2 * int(root.get("width"))
    assert not missing(image, LIGHT.fills[:2])
    name, _ = save(screen, "PNG", "Chart")
    assert name == "two-meanings-bank-chart.png"


def test_a_map_in_space_as_it_is_turned(open_screen):
    screen = opened(open_screen, "explore", step="map", axes="3")
    before = png(screen, "Chart")
    screen.close()
    box = screen.chart("map").bounding_box()
    mouse = screen.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2 + 150, box["y"] + box["height"] / 2, steps=5)
    mouse.up()
    screen.settled().open("Save")
    root, _ = svg(screen, "Chart")
    [space] = root.iter(f"{SVG}image")
    assert "base64" in str(space.attrib)
    turned = png(screen, "Chart")
    assert not missing(turned, LIGHT.weights[-1:])
    assert ImageChops.difference(before, turned).getbbox(), "it is as the person has turned it"


def test_text_that_looks_like_markup_is_text_in_a_sentence_an_equation_and_a_chart(open_screen):
    screen = opened(open_screen, "self_attention", a=f"bank {HOSTILE}", step="sum", punctuation="1")
    _, words = svg(screen, "Sentence")
    assert re.sub(r"\s", "", HOSTILE) in words
    assert "$" in svg(screen, "Equation")[1]
    assert "&" in svg(screen, "Chart")[1]
    assert png(screen, "Sentence").size[0] > 100
