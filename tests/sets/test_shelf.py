"""A shelf keeps what is looked at, and lets go of what nobody has used for the longest time."""

import contextlib
import gc
from threading import Thread

import pytest

from selfattn.sets.shelf import FullError, Shelf


def shelf(most=2, most_bytes=100):
    return Shelf(most, most_bytes, len)


def test_the_least_recently_used_goes_first():
    one = shelf()
    for name in "ab":
        one.put(name, b"x")
    one.take("a")
    gc.collect()
    lease = one.put("c", b"x")
    assert one.names == ["a", "c"]
    assert lease.name == "c"


def test_what_is_looked_at_stays():
    one = shelf()
    kept = one.put("a", b"x")
    one.put("b", b"x")
    gc.collect()
    one.put("c", b"x")
    gc.collect()
    assert one.names == ["a", "c"]
    del kept
    gc.collect()
    one.put("d", b"x")
    assert "a" not in one.names


def test_where_all_is_looked_at_there_is_no_room():
    one = shelf()
    leases = [one.put(name, b"x") for name in "ab"]
    with pytest.raises(FullError, match="no room for c"):
        one.put("c", b"x")
    assert one.names == ["a", "b"]
    leases.clear()
    gc.collect()
    assert one.put("c", b"x").name == "c"


def test_bytes_are_bounded_too():
    one = shelf(most=9)
    one.put("a", bytes(60))
    gc.collect()
    one.put("b", bytes(60))
    assert one.names == ["b"]
    with pytest.raises(FullError):
        one.put("c", bytes(101))
    assert one.names in ([], ["b"])


def test_what_is_not_there_is_not_taken():
    assert shelf().take("a") is None


def test_many_threads_at_once_keep_the_bounds():
    one = shelf(most=3, most_bytes=1000)

    def work(number):
        for at in range(200):
            name = f"{number}-{at % 5}"
            if one.take(name) is None:
                with contextlib.suppress(FullError):
                    one.put(name, b"xx")

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(one.names) <= 3
