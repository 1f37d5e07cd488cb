"""The app in a page of another site, in a browser that blocks the cookies of other sites."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, Screen
from tests.browser.waiting import watch
from tools.serve import AT, BROWSER_ARGUMENTS, find_browser

pytestmark = pytest.mark.browser

TYPED = 'The "bank" <b>approved</b> our & loan'
BLOCKED = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}  # as in its settings
THERE = """([path, link]) => {
    const [here, there] = [location.search, link].map(one => new URLSearchParams(one));
    here.sort(), there.sort();
    return location.pathname === path && here.toString() === there.toString();
}"""


@contextmanager
def site(inside):
    """A page of another site than the app's, which stands at 127.0.0.1."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            body = f"<!doctype html><title>A course</title><h1>Week 3</h1>{inside}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def careful(browser, tmp_path):
    """A browser that blocks the cookies of other sites."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(BLOCKED))
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=find_browser(), args=list(BROWSER_ARGUMENTS),
        viewport={"width": LAPTOP[0], "height": LAPTOP[1] + 200},
    )  # fmt: skip
    yield context
    context.close()


class Inside(Screen):
    """The app in the iframe: what goes wrong there is told by the page around it."""

    def listen(self, on):
        pass

    def close(self):
        """Close what lies on top."""
        self.page.page.keyboard.press("Escape")
        self.page.get_by_test_id("stPopoverBody").first.wait_for(state="hidden")
        return self

    @property
    def link(self):
        """What its address says; `embed` is Streamlit's own, and no part of a link that the app writes."""
        return {name: value[0] for name, value in parse_qs(urlsplit(self.page.url).query).items()}

    def wait(self, path, **link):
        """Wait until it has come to an address, and stands still there."""
        self.page.wait_for_function(THERE, arg=[path, {"embed": "true", **link}])
        return self.settled()


def snippet_of(screen):
    """Copy the lines for another page from where the link is; the tests' server is told another name than it has."""
    screen.open_link().page.get_by_role("tab", name="In another page").click()
    lines = screen.page.get_by_test_id("stCode").nth(1)
    expect(lines).to_be_visible()
    return lines.inner_text().strip().replace(f"//{AT}:", f"//{urlsplit(screen.address).hostname}:")


def test_a_screen_in_another_page_works_without_cookies_and_stays_there(open_screen, careful):
    snippet = snippet_of(open_screen(a=TYPED, size=LAPTOP))
    with site(snippet) as address:
        tab = watch(careful.new_page())
        around = Screen(tab, address)
        tab.goto(address)
        tab.locator("iframe").wait_for()
        app = Inside(tab.frames[1], "/".join(tab.frames[1].url.split("/")[:3])).wait("/", a=TYPED)
        expect(app.box("A")).to_have_value(TYPED)
        expect(app.find("[data-testid='stToolbar'], [data-testid='stSidebar']")).to_have_count(0)
        assert app.title().bounding_box()["y"] - tab.locator("iframe").bounding_box()["y"] < 40, "no room for a header"

        app.box("A").fill("The bank lends money")
        expect(app.finding()).to_contain_text("“lends”")
        app.wait("/", a="The bank lends money")
        app.open("Save").choose("Notebook")
        app.find(".st-key-notebook_screen button").click()
        with tab.expect_download() as waiting:
            app.find(".st-key-save_notebook button").click()
        assert json.loads(waiting.value.path().read_bytes())["nbformat"] == 4
        app.close().page.get_by_role("button", name="Next").click()
        app.wait("/Why_self_attention", a="The bank lends money")
        tab.keyboard.press("ArrowRight")
        app.settled()
        assert app.link["embed"] == "true"
        app.follow("Word vectors")
        app.wait("/Word_vectors", a="The bank lends money")
        app.choose("2 Upload")
        app.settled()
        app.page.locator("input[type=file]").set_input_files(
            {"name": "own.txt", "mimeType": "text/plain", "buffer": b"money 5 1\nriver 1 5\nbank 3 3\nlends 4 2\n"}
        )
        expect(app.find(".sa-set")).to_have_text("own.txt")

        assert careful.cookies() == []
        assert tab.url == address
        assert (around.dialogs, around.errors) == ([], [])
