"""Memory: read from trees of files as the kernel writes them, and what fits into it."""

import os
import tracemalloc

import pytest
from gensim.models import KeyedVectors

from selfattn.sets import memory
from selfattn.sets.memory import MB, amount, available, fits


class Machine:
    """A tree of files like the kernel's."""

    def __init__(self, folder):
        self.proc, self.cgroups = folder / "proc", folder / "cgroup"

    def write(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{text}\n".encode("latin-1"))

    def has(self, free_mb):
        self.write(self.proc / "meminfo", f"MemTotal: 99999999 kB\nMemFree: 1 kB\nMemAvailable:  {free_mb * 1024} kB")

    def belongs(self, *lines):
        self.write(self.proc / "self" / "cgroup", "\n".join(lines))

    def second(self, group, limit, used, cache=None):
        self.write(self.cgroups / group / "memory.max", limit)
        self.write(self.cgroups / group / "memory.current", used)
        if cache is not None:
            self.write(self.cgroups / group / "memory.stat", f"anon 1\ninactive_file {cache}\nactive_file 7")

    @property
    def free(self):
        return available(proc=self.proc, cgroups=self.cgroups)


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path)
    made.has(8000)
    return made


def test_without_containers_the_machine_counts(machine):
    assert machine.free == 8000 * MB


def test_a_limit_of_version_two(machine):
    machine.belongs("0::/")
    machine.second("", 1000 * MB, 400 * MB)
    assert machine.free == 600 * MB


def test_file_cache_not_in_use_counts_as_free(machine):
    machine.belongs("0::/")
    machine.second("", 1000 * MB, 400 * MB, cache=150 * MB)
    assert machine.free == 750 * MB


def test_more_cache_than_use_frees_no_more_than_the_limit(machine):
    machine.second("", 1000 * MB, 100 * MB, cache=150 * MB)  # the two files are not read in the same moment
    assert machine.free == 1000 * MB


def test_max_is_no_limit(machine):
    machine.belongs("0::/")
    machine.second("", "max", 400 * MB)
    assert machine.free == 8000 * MB


@pytest.mark.parametrize(
    ("limits", "free_mb"),
    [
        ({"a": 3000, "a/b": 2000, "a/b/c": 1000}, 900),
        ({"a": 1000, "a/b": 2000, "a/b/c": 3000}, 900),  # an outer group may be the tighter one
        ({"a": 3000, "a/b": 1000, "a/b/c": "max"}, 900),
        ({"a": "max", "a/b": "max", "a/b/c": "max"}, 8000),
        ({"a": 1000, "a/b": None, "a/b/c": "max"}, 900),  # a level without the files
    ],
)
def test_the_tightest_of_nested_limits_counts(machine, limits, free_mb):
    machine.belongs("0::/a/b/c")
    for group, limit in limits.items():
        if limit is not None:
            machine.second(group, limit if limit == "max" else limit * MB, 100 * MB)
    assert machine.free == free_mb * MB


def test_a_neighbouring_group_does_not_count(machine):
    machine.belongs("0::/a/b")
    machine.second("a/b", 1000 * MB, 0)
    machine.second("a/other", 1 * MB, 0)
    machine.second("a/b/inner", 1 * MB, 0)
    assert machine.free == 1000 * MB


def test_inside_a_container_the_path_is_the_one_outside(machine):
    machine.belongs("0::/docker/0123abc")
    machine.second("", 700 * MB, 200 * MB)
    assert machine.free == 500 * MB


def test_a_path_never_leads_out_of_the_tree(machine, tmp_path):
    machine.belongs("0::/../outside")
    machine.write(tmp_path / "outside" / "memory.max", 1)
    machine.second("", 700 * MB, 200 * MB)
    assert machine.free == 500 * MB


@pytest.mark.skipif(os.sep == "\\", reason="paths are bytes on Unix only")
def test_a_group_may_be_named_in_any_letters(machine):
    machine.belongs("0::/t\xe4st")
    machine.second(os.fsdecode(b"t\xe4st"), 700 * MB, 200 * MB)
    assert machine.free == 500 * MB


def test_a_group_of_version_one_is_passed_over(machine):
    machine.belongs("5:cpu,cpuacct:/x", "4:memory:/box", "0::/")
    machine.second("", 900 * MB, 0)
    machine.second("box", 1 * MB, 0)
    assert machine.free == 900 * MB


def test_the_machine_counts_where_it_has_less_than_the_limit(machine):
    machine.has(300)
    machine.second("", 1000 * MB, 0)
    assert machine.free == 300 * MB


def test_nothing_is_left_where_more_is_used_than_allowed(machine):
    machine.second("", 1000 * MB, 1200 * MB)
    assert machine.free == 0


@pytest.mark.parametrize("text", ["", "nonsense", "-1", "12 34", "0x10", "\xff\xfe"])
def test_files_that_cannot_be_understood_are_no_limit(machine, text):
    machine.belongs(text, "0::/")
    (machine.cgroups).mkdir(parents=True)
    for name in ("memory.max", "memory.current", "memory.stat"):
        (machine.cgroups / name).write_bytes(text.encode("latin-1"))
    assert machine.free == 8000 * MB


def test_files_that_cannot_be_read_are_no_limit(machine):
    (machine.cgroups / "memory.max").mkdir(parents=True)
    assert machine.free == 8000 * MB


def test_without_proc_half_of_the_machine_counts(tmp_path):
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert Machine(tmp_path).free == whole // 2


def test_where_nothing_can_be_asked_two_gigabytes_are_assumed(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "sysconf")
    assert Machine(tmp_path).free == 2 * 1024 * MB


def test_this_machine_has_as_much_as_others_say():
    psutil = pytest.importorskip("psutil")
    assert 0 < available() <= psutil.virtual_memory().total


@pytest.mark.parametrize(
    ("need", "free", "room"),
    [(500, 600, True), (501, 600, False), (1800, 2000, True), (1801, 2000, False), (0, 50, True), (1, 50, False)],
)
def test_room_is_left_for_the_app(need, free, room):
    assert fits(need * MB, free=free * MB) is room  # 100 MB, or a tenth


def test_the_machine_is_asked_where_no_figure_is_given(monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: 600 * MB)
    assert fits(500 * MB)
    assert not fits(501 * MB)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 MB"), (5 * MB, "5 MB"), (MB // 2, "0.5 MB"), (66 * MB, "66 MB"), (999 * MB, "999 MB"),
     (1000 * MB, "1.0 GB"), (3993 * MB, "3.9 GB")],
)  # fmt: skip
def test_amounts(count, text):
    assert amount(count) == text


def test_the_estimate_holds_for_a_set_that_gensim_loads(tmp_path):
    """What a loaded set holds beyond its numbers: no more than the estimate, and at least half of it."""
    path, count, dimensions = tmp_path / "set.txt", 5000, 2
    rows = (f"Wort{row}{'x' * (row % 9)} {' '.join(['0.5'] * dimensions)}\n" for row in range(count))
    path.write_text(f"{count} {dimensions}\n{''.join(rows)}", encoding="utf8")
    tracemalloc.start()
    try:
        vectors = KeyedVectors.load_word2vec_format(str(path))
        vectors.fill_norms()
        used, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    beyond = (used - vectors.vectors.nbytes) / count
    assert memory.WORD_BYTES / 2 < beyond <= memory.WORD_BYTES
