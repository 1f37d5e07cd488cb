"""The cache keeps what is looked at, and lets go of what nobody has used for the longest time."""

import contextlib
from threading import Thread
from types import SimpleNamespace

import pytest

from selfattn.sets.cache import FullError, VectorCache


def cache_of(most=2, most_bytes=100):
    return VectorCache(most, most_bytes)


def a_set(key, size=1):
    """What the cache asks of a set."""
    return SimpleNamespace(key=key, bytes=size)


def test_the_least_recently_used_goes_first():
    cache = cache_of()
    for name in "ab":
        cache.put(a_set(name))
    cache.take("a")
    lease = cache.put(a_set("c"))
    assert cache.keys == ["a", "c"]
    assert lease.key == "c"


def test_what_is_looked_at_stays():
    cache = cache_of()
    kept = cache.put(a_set("a"))
    cache.put(a_set("b"))
    cache.put(a_set("c"))
    assert cache.keys == ["a", "c"]
    del kept
    cache.put(a_set("d"))
    assert "a" not in cache.keys


def test_where_all_is_looked_at_there_is_no_room():
    cache = cache_of()
    leases = [cache.put(a_set(name)) for name in "ab"]
    with pytest.raises(FullError, match="no room for c"):
        cache.put(a_set("c"))
    assert cache.keys == ["a", "b"]
    leases.clear()
    assert cache.put(a_set("c")).key == "c"


def test_bytes_are_bounded_too():
    cache = cache_of(most=9)
    cache.put(a_set("a", 60))
    cache.put(a_set("b", 60))
    assert cache.keys == ["b"]
    with pytest.raises(FullError):
        cache.put(a_set("c", 101))
    assert cache.keys in ([], ["b"])


def test_what_is_not_there_is_not_taken():
    assert cache_of().take("a") is None


def test_many_threads_at_once_keep_the_bounds():
    cache = cache_of(most=3, most_bytes=1000)

    def work(number):
        for turn in range(200):
            key = f"{number}-{turn % 5}"
            if cache.take(key) is None:
                with contextlib.suppress(FullError):
                    cache.put(a_set(key))

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache.keys) <= 3
