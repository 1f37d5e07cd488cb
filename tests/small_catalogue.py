"""A catalogue of word vectors like gensim's, served on loopback: small, quick, and as unreliable as a test wants it."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import numpy as np

BLOCK = 4096  # bytes sent at a time


@dataclass
class Catalogue:
    """What is served, how it misbehaves, and what was asked for.

    Attributes
    ----------
    address : str
        Of the list.
    listing : dict
        The list; a test may change it. `raw` is sent instead where it is given.
    files : dict
        Path to bytes.
    asked : list
        (path, Range header or None) of every request, in order.
    ranges : bool
        Whether Range requests are answered with 206.
    shifted : bool
        Whether they are answered with another range than asked for.
    break_after : int, optional
        Close the connection after so many bytes of a file's body.
    break_list_after : int, optional
        The same for the list.
    hold_after : int, optional
        Send no more after so many bytes of a body, until `go` is set.
    status : dict
        Path to the status it is answered with.
    moved : dict
        Path to the address it redirects to.
    lengths : bool
        Whether the length is sent ahead.
    """

    address: str = ""
    listing: dict = field(default_factory=lambda: {"corpora": {}, "models": {}})
    raw: bytes | None = None
    files: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    ranges: bool = True
    shifted: bool = False
    break_after: int | None = None
    break_list_after: int | None = None
    hold_after: int | None = None
    go: Event = field(default_factory=Event)
    held: Event = field(default_factory=Event)
    status: dict = field(default_factory=dict)
    moved: dict = field(default_factory=dict)
    lengths: bool = True

    def add(self, name, words, matrix, *, binary=False, **fields):
        """Serve a set and give its .gz; `fields` replace what its record says, and None leaves a field out."""
        whole = packed(words, matrix, binary=binary)
        self.files[f"/{name}/{name}.gz"] = whole
        record = {
            "num_records": len(words),
            "file_size": len(whole),
            "base_dataset": "made up",
            "license": "http://opendatacommons.org/licenses/pddl/",
            "parameters": {"dimension": matrix.shape[1]},
            "description": f"A small set for tests, {len(words)} words.",
            "read_more": [],
            "file_name": f"{name}.gz",
            "parts": 1,
            "checksum": hashlib.md5(whole).hexdigest(),
            **fields,
        }
        self.listing["models"][name] = {key: value for key, value in record.items() if value is not None}
        return whole

    def asked_for(self, path):
        """Give the Range header of every request for a path."""
        return [header for asked, header in self.asked if asked == path]

    def body(self, path):
        if path == "/list.json":
            return self.raw if self.raw is not None else json.dumps(self.listing).encode()
        return self.files.get(path)


def packed(words, matrix, *, binary=False):
    """Write a set in word2vec's format and pack it; the same bytes every time."""
    return _packed(tuple(words), matrix.astype("<f4").tobytes(), matrix.shape[1], binary)


@lru_cache(maxsize=16)
def _packed(words, raw, dimensions, binary):
    lines = [f"{len(words)} {dimensions}\n".encode()]
    for word, row in zip(words, np.frombuffer(raw, "<f4").reshape(-1, dimensions), strict=True):
        numbers = row.tobytes() if binary else " ".join(map(repr, row.tolist())).encode() + b"\n"
        lines.append(word.encode() + b" " + numbers)
    return gzip.compress(b"".join(lines), mtime=0)


def made_up(count, dimensions, seed=0):
    """Make up words, the first of which a lesson knows, and numbers that do not pack well."""
    known = ["money", "bank", "grows", "river", "flows"]
    words = [*known[:count], *(f"word{number}" for number in range(count - len(known)))]
    return words, np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)


@contextmanager
def small_catalogue() -> Iterator[Catalogue]:
    """Serve a catalogue, empty at first, until the block ends."""
    served = Catalogue()

    class Handler(_Handler):
        catalogue = served

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.address = f"http://127.0.0.1:{server.server_port}/list.json"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.go.set()  # whoever is held back may end
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    catalogue: Catalogue

    def do_GET(self):
        served, header = self.catalogue, self.headers.get("Range")
        served.asked.append((self.path, header))
        if self.path in served.moved:
            self.send_response(302)
            self.send_header("Location", served.moved[self.path])
            self.end_headers()
            return
        body = served.body(self.path)
        status = served.status.get(self.path, 200 if body is not None else 404)
        if status != 200:
            self.send_error(status)
            return
        self._send(body, header)

    def _send(self, body, header):
        served, start, whole = self.catalogue, 0, len(body)
        if header and served.ranges:
            start = int(re.fullmatch(r"bytes=(\d+)-", header)[1])
            if start >= whole:
                self.send_error(416)
                return
            start -= served.shifted
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        else:
            self.send_response(200)
        if served.lengths:
            self.send_header("Content-Length", str(whole - start))
        self.end_headers()
        with suppress(ConnectionError):
            self._blocks(body[start:], served.break_list_after if self.path == "/list.json" else served.break_after)

    def _blocks(self, body, break_after):
        """Send a body in blocks, holding back or breaking off on the way."""
        served, end = self.catalogue, min(len(body), len(body) if break_after is None else break_after)
        hold = end if served.hold_after is None else min(end, served.hold_after)
        self._bytes(body[:hold])
        if hold < end:
            served.held.set()
            served.go.wait(60)
            self._bytes(body[hold:end])

    def _bytes(self, body):
        for begin in range(0, len(body), BLOCK):
            self.wfile.write(body[begin : begin + BLOCK])
            self.wfile.flush()

    def log_message(self, *_):
        """Say nothing."""
