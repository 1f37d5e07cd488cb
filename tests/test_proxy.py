"""What deploy/haproxy.cfg promises, with two small servers in the place of two processes of the app."""

import gzip
import shutil
import ssl
import subprocess
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from behind import find_haproxy, proxy
from server import CERTIFICATE

from tests.conftest import give_up

SCRIPT = b"export const shown = true;" * 1000


class Answers(BaseHTTPRequestHandler):
    """Says which process answers; its files are those of all."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        script = self.path.startswith("/static/")
        body = SCRIPT if script else self.server.name.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/javascript" if script else "text/plain")
        self.send_header("Cache-Control", "public, immutable, max-age=31536000" if script else "no-cache")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told):
        pass


@contextmanager
def running():
    """HAProxy, and the servers behind it by name."""
    if find_haproxy() is None:
        give_up("there is no HAProxy: apt-get install haproxy")
    servers = {name: ThreadingHTTPServer(("127.0.0.1", 0), Answers) for name in ("8501", "8502")}
    with ExitStack() as stack:
        for name, server in servers.items():
            server.name, server.asked = name, []
            Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
            stack.callback(end, server)
        yield stack.enter_context(proxy({name: server.server_port for name, server in servers.items()})), servers


@pytest.fixture(scope="module")
def two():
    with running() as both:
        yield both


def end(server):
    server.shutdown()
    server.server_close()


def asked(server):
    return [path for path in server.asked if path != "/_stcore/health"]


def ask(runs, path="/", *, connection=None, **headers):
    connection = connection or HTTPConnection(urlsplit(runs.url).netloc, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_a_visitor_stays_with_his_process_and_newcomers_are_spread(two):
    runs, _ = two
    visitors = [ask(runs) for _ in range(4)]
    assert {body for _, body in visitors} == {b"8501", b"8502"}
    for answer, body in visitors:
        cookie = answer.headers["Set-Cookie"]
        assert cookie == f"process={body.decode()}; path=/; HttpOnly; SameSite=Lax"
        again, same = ask(runs, Cookie=cookie.split(";")[0])
        assert (same, again.headers["Set-Cookie"]) == (body, None)


def test_a_page_whose_iframe_keeps_no_cookie_stays_by_its_address(two):
    runs, _ = two
    for name in ("8501", "8502") * 2:
        page = f"{runs.url}/Word_vectors?embed=true&process={name}&a=process%3D8503"
        assert ask(runs, "/media/file", Referer=page)[1] == name.encode()
    assert ask(runs, Referer=page, Cookie="process=8501")[1] == b"8501", "a cookie is newer"
    gone = page.replace("8502", "8504")
    assert {ask(runs, Referer=gone)[1] for _ in range(4)} == {b"8501", b"8502"}


def test_over_https_an_iframe_may_keep_the_cookie_though_others_are_blocked(tmp_path, monkeypatch):
    """Browsers that block other sites' cookies keep one that is for the page around the iframe alone: CHIPS."""
    if shutil.which("openssl") is None:
        give_up("there is no openssl to make a certificate with")
    made, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    new = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", made, "-subj", "/CN=localhost"]
    name = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(["openssl", "req", "-x509", *new, *name], check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + key.read_bytes())
    monkeypatch.setenv(CERTIFICATE, str(made))
    with running() as (runs, _):
        trusted = ssl.create_default_context(cafile=made)
        answer, body = ask(runs, connection=HTTPSConnection(urlsplit(runs.url).netloc, timeout=20, context=trusted))
    cookie = answer.headers["Set-Cookie"]
    assert cookie == f"process={body.decode()}; path=/; HttpOnly; Secure; SameSite=None; Partitioned"


def test_another_page_may_show_it(two):
    runs, _ = two
    answer, _ = ask(runs)
    assert answer.headers["X-Frame-Options"] is answer.headers["Content-Security-Policy"] is None


def test_a_process_that_is_drained_keeps_those_it_has_and_gets_nobody_new(two):
    runs, _ = two
    runs.say("set server app/8501 state drain")
    assert ask(runs, Cookie="process=8501")[1] == b"8501"
    assert {ask(runs)[1] for _ in range(6)} == {b"8502"}
    runs.say("set server app/8501 state ready")
    assert {ask(runs)[1] for _ in range(6)} == {b"8501", b"8502"}


def test_visitors_of_a_process_that_ended_are_taken_by_another_at_once():
    with running() as (runs, servers):
        end(servers["8501"])
        for cookie in ("process=8501", "process=of another day"):  # the first before the proxy has seen that it ended
            answer, body = ask(runs, Cookie=cookie)
            assert (answer.status, body) == (200, b"8502")
            assert answer.headers["Set-Cookie"].startswith("process=8502;")


def test_where_no_process_is_left_a_sentence_says_so(two):
    runs, servers = two
    for name in servers:
        runs.say(f"set server app/{name} state maint")
    answer, body = ask(runs)
    for name in servers:
        runs.say(f"set server app/{name} state ready")
    assert (answer.status, answer.headers["Refresh"]) == (503, "5")
    assert body.startswith(b"selfattn is starting")


def test_files_come_from_the_proxy_and_small(two):
    runs, servers = two
    _, packed = ask(runs, "/static/js/index.abc.js", Accept_Encoding="gzip")
    second, plain = ask(runs, "/static/js/index.abc.js")
    assert gzip.decompress(packed) == plain == SCRIPT
    assert len(packed) < len(plain) / 10
    assert second.headers["Set-Cookie"] is None, "what all share says nothing of one"
    assert [path for server in servers.values() for path in asked(server)].count("/static/js/index.abc.js") == 1


def test_garbage_is_refused_and_never_reaches_a_process(two):
    runs, servers = two
    before = [asked(server) for server in servers.values()]
    for garbage in (b"GARBAGE\r\n\r\n", b"GET / HTTP/1.1\r\nBad Name: 1\r\n\r\n", b"\x16\x03\x01\x02\r\n\r\n"):
        connection = HTTPConnection(urlsplit(runs.url).netloc, timeout=20)
        connection.connect()
        connection.sock.sendall(garbage)
        assert connection.sock.recv(100).startswith(b"HTTP/1.1 400")
        connection.close()
    assert [asked(server) for server in servers.values()] == before
