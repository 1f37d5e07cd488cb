"""What goes wrong in a school's network and on its server, and what visitors notice of it: two processes, one proxy."""

import asyncio
import random
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import parse_qsl
from urllib.request import urlopen

import numpy as np
import pytest
from sentences import sentences
from websockets.exceptions import ConnectionClosed

from selfattn.sets.memory import MB
from tests.browser.conftest import Screen
from tests.browser.waiting import parameter, watch
from tests.faults.visitors import PATIENCE, Visitor
from tests.small_catalogue import made_up

A = "Sentence A"
UPLOAD = "A file of word vectors"
ON = "[data-testid=stApp][data-test-connection-state=CONNECTED]"
OFF = "[data-testid=stApp]:not([data-test-connection-state=CONNECTED])"
CAME = []  # all visitors of a story
GONE = (ConnectionClosed, OSError, AssertionError)


def run(story):
    """Let a story happen in a thread of its own: in this one, a browser may be waiting."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, whole(story)).result()


async def whole(story):
    """Tell a story to its end; then everybody leaves."""
    try:
        await asyncio.wait_for(story, 3 * PATIENCE)
    finally:
        while CAME:
            CAME.pop().leave()


async def visitors(two, number, path="", **link):
    came = [Visitor(two.url, path, **link) for _ in range(number)]
    CAME.extend(came)
    await asyncio.gather(*(one.open() for one in came))
    return came


async def newcomer(two, name, path="", **link):
    """Let a visitor come while one process alone takes newcomers, however many it still has from before."""
    others = [other for other in two.processes if other != name]
    for other in others:
        two.say(f"set server app/{other} state drain")
    try:
        (one,) = await visitors(two, 1, path, **link)
    finally:
        for other in others:
            two.say(f"set server app/{other} state ready")
    return one


async def types(one, texts):
    """Type a sentence and see that its words stand in what the page says of it."""
    text = next(texts)
    await one.write(A, text)
    said = " ".join(one.said).lower()
    assert all(word in said for word in text.split()), (text, said)
    assert one.written(A) == text


async def types_on(one, texts, stop):
    """Type until it is time to stop; gives the number of edits, each of which was answered."""
    edits = 0
    while not stop.is_set():
        await types(one, texts)
        edits += 1
        await asyncio.sleep(0.1)
    return edits


@pytest.fixture
def others(two):
    """Visitors on both processes who type as long as a story goes on, and notice nothing."""
    texts, stop = sentences(11), asyncio.Event()

    async def beside(story):
        typing = [asyncio.create_task(types_on(one, texts, stop)) for one in await visitors(two, 4)]
        try:
            await story
        finally:
            stop.set()
            edits = await asyncio.gather(*typing)
        assert min(edits) >= 1

    return beside


def test_garbage_on_the_socket_ends_that_connection_and_no_other(two, others):
    chance = random.Random(11)
    messages = [chance.randbytes(300), "text", bytes(26 * MB), b"\xff" * 50]
    frames = [
        b"\x82\xfe\x01\x00\x01\x02",  # half of one
        b"\x82\xff" + (2**40).to_bytes(8, "big") + bytes(4),  # a terabyte is to come
        b"\xf3\x80" + bytes(4),  # bits that no extension has set
        b"\x82\x05hello",  # not masked, as a browser's are
        b"\x89\xff" + (70_000).to_bytes(8, "big") + bytes(70_000),  # a ping that is too long
    ]
    requests = [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-A",
        chance.randbytes(200) + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 200_000 + b"\r\n\r\n",
        b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc",
        b"GET /_stcore/stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ]

    async def story():
        for one, message in zip(await visitors(two, len(messages)), messages, strict=True):
            with pytest.raises(ConnectionClosed):
                await sends(one, message)
        for one, frame in zip(await visitors(two, len(frames)), frames, strict=True):
            one.socket.transport.write(frame)
        for request in requests:
            _, writer = await asyncio.open_connection(one.at.hostname, one.at.port)
            writer.write(request)
            await writer.drain()
            writer.transport.abort()

    run(others(story()))


async def sends(one, message):
    """Send what is no message, and hear what comes, until the connection is closed."""
    await one.socket.send(message)
    async with asyncio.timeout(PATIENCE):
        while True:
            await one.hear()


def test_forty_who_vanish_are_let_go_of(two, others):
    async def story():
        await sessions(two, 4)
        before = sum(one.usage().memory for one in two.processes.values())
        came = await visitors(two, 40)
        await sessions(two, 44)
        for one in came:
            one.leave()
        await sessions(two, 4)
        after = sum(one.usage().memory for one in two.processes.values())
        assert after - before < 40  # MB: Streamlit keeps a session for two minutes, in case it comes back

    run(others(story()))


async def sessions(two, number):
    """Wait until the processes have so many sessions."""

    def active(process):
        with urlopen(f"{process.url}/_stcore/metrics?families=active_sessions", timeout=PATIENCE) as answer:
            return int(re.search(r"(?m)^active_sessions (\d+)", answer.read().decode())[1])

    async with asyncio.timeout(PATIENCE):
        while sum([await asyncio.to_thread(active, one) for one in two.processes.values()]) != number:
            await asyncio.sleep(0.05)


def test_a_disk_that_is_full_is_told_and_what_arrived_is_not_lost(two, served, disk, others):
    if not disk.is_mount():
        pytest.skip("no disk of its own could be mounted, which takes root")
    whole = served.add("large", *made_up(20_000, 25))
    served.hold_after = len(whole) // 2
    filler = disk / "filler"

    async def story():
        (one,) = await visitors(two, 1, "Word_vectors")
        await one.click("Show the catalogue")
        await one.until("A small set for tests")
        await one.click("Load it")
        assert await asyncio.to_thread(served.held.wait, PATIENCE)
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        served.go.set()
        await one.until("large cannot be written to the disk: No space left on device")
        filler.unlink()
        await one.click("Load it")
        await one.until("Every lesson now works with large")

    run(others(story()))
    first, *again = served.asked_for("/large/large.gz")
    assert first is None
    assert [int(re.fullmatch(r"bytes=(\d+)-", each)[1]) > 0 for each in again] == [True]


def test_a_process_that_is_killed_takes_no_sentence_with_it(two):
    texts, stop = sentences(12), asyncio.Event()

    async def story():
        came = await visitors(two, 8)
        for one in came:
            await types(one, texts)
        dead = came[0].cookies["process"]
        theirs = [one for one in came if one.cookies["process"] == dead]
        others = [one for one in came if one not in theirs]
        assert theirs
        assert others
        typing = [asyncio.create_task(types_on(one, texts, stop)) for one in others]
        cut_off = [asyncio.create_task(types_on(one, texts, stop)) for one in theirs]
        await asyncio.sleep(1)
        two.processes[dead].process.kill()
        await asyncio.gather(*cut_off, return_exceptions=True)
        assert all(isinstance(one.exception(), ConnectionClosed) for one in cut_off)
        for one in theirs:
            await comes_back(one)
        fresh = await visitors(two, 1, **dict(parse_qsl(theirs[0].link)))
        assert fresh[0].said == theirs[0].said
        stop.set()
        assert min(await asyncio.gather(*typing)) > 3
        for one in came:
            await types(one, texts)
        await asyncio.to_thread(two.start_again, dead)
        assert dead in {one.cookies["process"] for one in await visitors(two, 4)}

    run(story())


async def comes_back(one):
    """Connect again as a browser does, and see the same screen: the sentence of the address stands in its box."""
    typed = dict(parse_qsl(one.link))["a"]
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await one.open()
                break
            except GONE:
                await asyncio.sleep(0.2)
    assert one.written(A) == typed
    said = " ".join(one.said).lower()
    assert all(word in said for word in typed.split()), (typed, said)


def test_twenty_uploads_of_50_mb_at_once_stay_within_a_gigabyte(two, others):
    numbers = " ".join(f"{number:.5f}" for number in np.random.default_rng(4).normal(size=50)).encode()
    lines = b"".join(b"word%06d %s\n" % (number, numbers) for number in range(50 * MB // (len(numbers) + 12)))
    file = [lines[start : start + MB] for start in range(0, len(lines), MB)]
    processes = [one.process for one in two.processes.values()]
    most, done = [0], asyncio.Event()

    async def watch():
        while not done.is_set():
            most[0] = max(most[0], sum(one.memory_info().rss for one in processes))
            await asyncio.sleep(0.01)

    async def story():
        watching = asyncio.create_task(watch())
        came = await visitors(two, 20, "Word_vectors", step="upload")
        status = await asyncio.gather(*(one.bring(UPLOAD, f"{at}.vec", file) for at, one in enumerate(came)))
        assert status == [204] * 20
        for one in came:
            await one.run()
        refused = [one for one in came if "arrived whole (50 MB), but" in " ".join(one.said)]
        assert len(refused) >= 12, [one.said for one in came]
        assert len(refused) < 20
        done.set()
        await watching

    run(others(story()))
    assert most[0] < 2**30, f"{most[0] / MB:,.0f} MB"


def test_in_an_iframe_without_cookies_a_file_reaches_the_process_of_its_page(two):
    async def story():
        names = *two.processes, *reversed(two.processes)  # not in the order of a proxy that takes turns
        came = [await newcomer(two, name, "Word_vectors", step="upload", framed=True) for name in names]
        assert [dict(parse_qsl(one.link))["process"] for one in came] == list(names)
        for one in came:
            assert await one.bring(UPLOAD, "own.vec", [b"money 1 0\nriver 0 1\n"]) == 204
            await one.until("own.vec")
            assert one.cookies == {}

    run(story())


@pytest.mark.browser
@pytest.mark.parametrize("typed", ["", "the old bank lends money"])
def test_the_page_of_a_process_that_is_killed_comes_back_in_the_browser(two, browser, typed):
    """Also where nothing was done on it yet: the process that gets it knows nothing of its boxes."""
    tab = watch(browser.new_page())
    screen = Screen(tab, two.url).go(b="the muddy river bank")
    if typed:
        screen.write("A", typed)
        parameter(tab, "a", typed)
    shown = screen.settled().everything()
    dead = process_of(tab)
    two.processes[dead].process.kill()
    tab.wait_for_selector(OFF, state="attached")
    tab.wait_for_selector(ON, state="attached")
    assert screen.settled().everything() == shown
    assert process_of(tab) != dead
    screen.write("A", "fish swim near the bank")
    parameter(tab, "a", "fish swim near the bank")
    assert "fish" in screen.settled().everything()["words"]
    tab.context.close()
    two.start_again(dead)


def process_of(tab):
    """Give the name of a browser's process, as its cookie has it."""
    return next(one["value"] for one in tab.context.cookies() if one["name"] == "process")
