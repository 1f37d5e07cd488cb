"""The link of a screen and its code: read back by a decoder that is not the one that wrote it."""

import io
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from streamlit.testing.v1 import AppTest

from selfattn.frame import share
from selfattn.ui import fields
from tests.apps import HOME, HOSTILE, PAGES, SELF_ATTENTION, edit, opened, sound, visit

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


# The address that is handed on


@pytest.fixture
def in_network(monkeypatch):
    """A machine with this address in its network, and a server with these options."""

    def machine(address="192.168.1.5", **options):
        every = {"server.address": None, "browser.serverAddress": "localhost", "server.port": 8501} | options
        monkeypatch.setattr(share, "_own_address", lambda: address)
        monkeypatch.setattr(share.st, "get_option", every.__getitem__)

    return machine


@pytest.mark.parametrize("here", [HERE, "http://192.168.1.5:8501/", "http://example.org:80/~/+/Glossary", ""])
def test_an_address_that_others_reach_stays_as_it_is(here, in_network):
    in_network("10.0.0.1", **{"server.address": "127.0.0.1"})
    assert share.in_network(here) == here


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.1.1", "[::1]", "0.0.0.0"])
@pytest.mark.parametrize("listens", [None, "0.0.0.0", "::"])
def test_this_machines_own_address_becomes_that_in_its_network(host, listens, in_network):
    in_network(**{"server.address": listens})
    assert share.in_network(f"http://{host}:8501/sub/Glossary") == "http://192.168.1.5:8501/sub/Glossary"


def test_a_server_that_was_told_its_name_is_known_by_it_and_a_forwarded_port_is_not_handed_on(in_network):
    in_network(**{"browser.serverAddress": "school.example", "server.port": 8600})
    assert share.in_network("https://localhost:9000/") == "https://school.example:8600/"


@pytest.mark.parametrize(
    ("own", "options"),
    [
        ("192.168.1.5", {"server.address": "localhost"}),
        ("192.168.1.5", {"server.address": "127.0.0.1"}),
        ("localhost", {}),
        ("127.0.0.1", {}),
    ],
)
def test_without_a_network_there_is_none(own, options, in_network):
    in_network(own, **options)
    assert share.in_network("http://localhost:8501/") is None


def test_the_machine_has_an_address_or_says_that_it_has_none():
    assert re.fullmatch(r"localhost|\d+\.\d+\.\d+\.\d+", share._own_address())


def linking(parameters, here):
    from types import SimpleNamespace
    from unittest.mock import patch

    from selfattn.frame import share

    with patch.object(share.st, "context", SimpleNamespace(url=here)):
        share.link(parameters)


def shared(parameters, here):
    app = AppTest.from_function(linking, kwargs={"parameters": parameters, "here": here}).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("parameters", SCREENS)
def test_the_link_is_for_laptops_and_phones_whatever_the_room_sees(parameters):
    app = shared(parameters, f"{HERE}?projector=1")
    there = urlsplit(app.code[0].value)
    wanted = {name: value for name, value in parameters.items() if name != fields.PROJECTOR}
    assert dict(parse_qsl(there.query, strict_parsing=bool(wanted))) == wanted
    assert there.fragment == ""
    assert app.code[0].value.startswith(HERE)
    assert read(drawn(codes(app)[0])) == app.code[0].value
    assert captions(app) == []
    if fields.PROJECTOR in parameters:
        assert len(app.code) == 1, "a room has the code to scan, and no room for more"
    else:
        assert src_of(app.code[1].value) == (f"{HERE}?", {"embed": "true", **wanted})


@pytest.mark.parametrize("typed", [*HOSTILE, '"></iframe><script>alert(1)</script>', "مال البنك 🏦", "bank " * 300])
def test_the_lines_for_another_page_hold_one_frame_whatever_was_typed(typed):
    lines = share.snippet("https://example.org/Glossary", {"a": typed})
    assert src_of(lines) == ("https://example.org/Glossary?", {"embed": "true", "a": typed})
    assert re.fullmatch(r'<iframe( [\w-]+="([^"<>&]|&amp;)*")+></iframe>', lines)


def src_of(lines):
    """What a browser would open: the address without its parameters, and these."""
    reader, tags = HTMLParser(), []
    reader.handle_starttag = lambda tag, attributes: tags.append((tag, dict(attributes)))
    reader.feed(lines)
    ((tag, attributes),) = tags
    assert tag == "iframe"
    page, mark, query = attributes["src"].partition("?")
    return page + mark, dict(parse_qsl(query, strict_parsing=True))


def captions(app):
    """What is said of the address, beside what is said of every one."""
    return [one.value for one in app.caption if not one.value.startswith(("Everything on", "This screen in"))]


def test_on_this_machine_alone_the_code_leads_into_the_network_and_that_is_said(in_network):
    in_network()
    app = shared({"a": "bank"}, "http://localhost:8501/")
    assert app.code[0].value == read(drawn(codes(app)[0])) == "http://192.168.1.5:8501/?a=bank"
    assert "Only this computer can open “localhost”." in captions(app)[0]
    assert captions(app)[1:] == [share.INSECURE]
    in_network(**{"server.address": "localhost"})
    app = shared({"a": "bank"}, "http://localhost:8501/")
    assert app.code[0].value == "http://localhost:8501/?a=bank"
    assert not codes(app), "no phone could open it"
    assert "streamlit run app.py --server.address 0.0.0.0" in captions(app)[0]


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


@pytest.mark.parametrize("page", [HOME, SELF_ATTENTION])
def test_the_keys_are_listed(page):
    at = opened(visit(page), "menu")
    (listed,) = (element.proto.body for element in at.get("html") if "<dl" in element.proto.body)
    assert re.findall(r"<kbd>(.+?)</kbd></dt><dd>(.+?)</dd>", listed) == list(share.KEYS.items())
    assert "While you type in a box" in " ".join(one.value for one in at.caption)
    sound(at.run())
