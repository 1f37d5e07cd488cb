"""The link of a screen and its code: read back by a decoder that is not the one that wrote it."""

import io
import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from streamlit.testing.v1 import AppTest

from selfattn.frame import share
from selfattn.ui import fields
from tests.apps import HOME, PAGES, SELF_ATTENTION, edit, opened, sound, visit

HERE = "https://self-attention.streamlit.app/Meaning_in_motion"
SCREENS = [
    {},
    {"a": "Fish & chips? #1 100% +", "b": "बैंक में पैसा", "pulls": "1"},
    dict.fromkeys(fields.SENTENCES, "The bank approved our loan") | {"n": "6", "projector": "1", "hidden": "1"},
    {"a": "<img src=x onerror=alert(1)>", "word": r"$\bank$"},
]


def read(picture):
    (found,) = zxingcpp.read_barcodes(np.asarray(picture.convert("L")))
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return found.text


def address(parameters):
    return f"{HERE}?{urlencode(parameters)}" if parameters else HERE


def drawn(page):
    """The picture on the page, in pixels: an SVG of horizontal runs, one unit a module."""
    inline = re.search(r'src="data:image/svg\+xml[^,]*,(.*?)"', page)[1]
    svg = unquote(inline).replace("'", '"')
    width, height = (int(re.search(rf'{side}="(\d+)"', svg)[1]) for side in ("width", "height"))
    (scale,) = {int(one) for one in re.findall(r"scale\((\d+)\)", svg)}
    image = np.zeros((height, width), dtype=np.uint8)
    paths = re.findall(r"<path[^>]*>", svg)
    assert re.search(r'fill="(#fff|white)"', paths[0]), "light behind the code, whatever the theme"
    image[:] = 255
    (dark,) = (path for path in paths if re.search(r'stroke="(#000|black)"', path))
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r' d="([^"]+)"', dark)[1]):
        values = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            top, left, right = int(np.floor(y)) * scale, int(x) * scale, int(x + values[0]) * scale
            image[top : top + scale, left:right] = 0
            x += values[0]
        else:
            x, y = values if command == "M" else (x + values[0], y + values[1])
    return Image.fromarray(image)


@pytest.mark.parametrize("parameters", SCREENS)
def test_a_phone_reads_the_address_from_the_code(parameters):
    page = share.code(address(parameters))
    assert read(drawn(page)) == address(parameters)


@pytest.mark.parametrize("shrink", [1, 3])
def test_a_code_of_the_longest_address_can_be_read(shrink):
    longest = (address({"a": "bank " * 400}))[: share.LONGEST]
    made = segno.make(longest, error="m", micro=False, boost_error=False)
    png = io.BytesIO()
    made.save(png, kind="png", scale=6 // shrink, border=4)
    assert read(Image.open(png)) == longest
    assert read(drawn(share.code(longest))) == longest


def test_a_code_is_dark_on_light_with_a_quiet_edge_of_four_modules():
    picture = np.asarray(drawn(share.code(HERE)))
    modules = np.flatnonzero((picture == 0).any(axis=1))
    assert set(np.unique(picture)) == {0, 255}
    assert modules[0] == picture.shape[0] - 1 - modules[-1] == 4 * 4  # ISO/IEC 18004, 5.3.8


def test_a_code_says_what_it_is_and_holds_no_text_as_markup():
    page = share.code(address({"a": '"><script>alert(1)</script>'}))
    assert re.fullmatch(r'<img class="sa-code" alt="QR code of the address of this screen" src="[^"<>]+">', page)


def addressing(parameters):
    import streamlit as st

    from selfattn.frame import share

    st.session_state["address"] = share._address(parameters)


@pytest.mark.parametrize("parameters", SCREENS)
def test_the_address_to_copy_holds_the_link(parameters):
    app = AppTest.from_function(addressing, kwargs={"parameters": parameters}).run()
    assert not app.exception
    there = urlsplit(app.session_state["address"])
    assert dict(parse_qsl(there.query, strict_parsing=bool(parameters))) == parameters
    assert there.fragment == ""


def link_of(at, page=HOME):
    """Open what the link lies behind: its own button, or on home the one of all tools."""
    return opened(at, "closer" if page == HOME else "link")


def codes(at):
    return [element.proto.body for element in at.get("html") if "<img" in element.proto.body]


@pytest.mark.parametrize("page", PAGES)
def test_the_code_on_a_page_is_its_address(page):
    at = visit(page)
    assert not codes(at), "drawn once it is asked for"
    link_of(edit(at, a="Fish swim near the bank"), page)
    assert at.query_params == {"a": "Fish swim near the bank"}
    (code,) = codes(at)
    assert read(drawn(code)) == at.code[0].value
    assert dict(parse_qsl(urlsplit(at.code[0].value).query)) == at.query_params
    edit(at, a="The bank approved our loan")
    assert "loan" in read(drawn(codes(at)[0])), "the code follows what is typed"


@pytest.mark.parametrize("page", PAGES)
def test_an_address_too_long_for_a_code_is_still_there_to_copy(page):
    at = link_of(visit(page, a="bank " * 300), page)
    assert not codes(at)
    assert "This address is too long for a code that a phone could scan: copy it." in [one.value for one in at.caption]
    assert dict(parse_qsl(urlsplit(at.code[0].value).query)) == at.query_params
    assert codes(edit(at, a="bank"))
    assert not [one for one in at.caption if "too long" in one.value]


def test_the_limit_is_that_of_the_address():
    short, long = ("x" * (share.LONGEST - len("?a=") + more) for more in (0, 1))
    assert codes(link_of(visit(a=short)))
    assert not codes(link_of(visit(a=long)))


def test_the_largest_code_is_one_that_a_phone_tells_apart():
    made = segno.make("x" * share.LONGEST, error="m", micro=False, boost_error=False)
    assert int(made.version) <= 30


@pytest.mark.parametrize(("page", "button"), [(HOME, "closer"), (SELF_ATTENTION, "keys")])
def test_the_keys_are_listed(page, button):
    at = opened(visit(page), button)
    (listed,) = (element.proto.body for element in at.get("html") if "<dl" in element.proto.body)
    assert re.findall(r"<kbd>(.+?)</kbd></dt><dd>(.+?)</dd>", listed) == list(share.KEYS.items())
    assert "While you type in a box" in " ".join(one.value for one in at.caption)
    sound(at.run())
