"""Archives: unpacked whatever tool packed them, and stopped within their limits when they are hostile."""

import gzip
import io
import struct
import subprocess
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import selfattn.sets.reading
from selfattn.sets.reading import LIMITS, Limits, ReadingError, read_vectors
from selfattn.sets.reading.content import Content
from selfattn.sets.reading.unpacking import unpack
from selfattn.sets.reading.zips import PIECE
from tests.broken_vectors import HEADED, ROWS, WORDS, binary, gzip_bomb, lying_zip, zip_bomb, zipped

MB = 2**20
BOMBS = pytest.mark.parametrize("bomb", [gzip_bomb, zip_bomb])


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes each block has that is unpacked."""
    sizes: list[int] = []

    def counted(*arguments: Any) -> Iterator[bytes]:
        for block in unpack(*arguments):
            sizes.append(len(block))
            yield block

    monkeypatch.setattr(selfattn.sets.reading, "unpack", counted)
    return sizes


def unpacked(data: bytes, progress: Callable[[float], None] = lambda _: None) -> tuple[bytes, str]:
    """Unpack all that there is: the bytes, and why they break off."""
    content = Content(unpack(io.BytesIO(data), LIMITS, progress))
    return b"".join(content.blocks(0)), content.fault


# Honest archives


@settings(max_examples=20)
@given(data=st.binary(min_size=1, max_size=2000), repeat=st.integers(1, 300), level=st.integers(0, 9))
def test_what_was_packed_comes_back(data: bytes, repeat: int, level: int) -> None:
    plain = data * repeat
    for packed in (
        gzip.compress(plain, level),
        zipped(("a", plain)),
        zipped(("a", plain), method=zipfile.ZIP_STORED),
    ):
        assert unpacked(packed) == (plain, "")


@settings(max_examples=15)
@given(parts=st.lists(st.binary(max_size=300), min_size=1, max_size=30), zeros=st.integers(0, 40_000))
def test_gzip_in_many_parts(parts: list[bytes], zeros: int) -> None:
    parts = [*parts, b"end"]
    assert unpacked(b"".join(map(gzip.compress, parts)) + bytes(zeros)) == (b"".join(parts), "")


def test_gzip_larger_than_a_piece() -> None:
    plain = ROWS * 20_000  # 1 MB
    for level in (1, 9):
        assert unpacked(gzip.compress(plain, level)) == (plain, "")


def test_gzip_as_the_command_line_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "vectors with a name.txt"
    path.write_bytes(HEADED)
    packed = subprocess.run(["gzip", "--stdout", str(path)], capture_output=True, check=True).stdout
    assert b"vectors with a name" in packed
    assert unpacked(packed) == (HEADED, "")


def test_gzip_with_all_that_its_header_can_hold() -> None:
    head = b"\x1f\x8b\x08\x1e\0\0\0\0\0\xff" + struct.pack("<H", 5) + b"extra" + b"name\0" + b"comment\0"
    head += struct.pack("<H", zlib.crc32(head) & 0xFFFF)
    assert unpacked(head + gzip.compress(ROWS)[10:]) == (ROWS, "")


def test_zip_written_as_a_stream_and_with_a_comment() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("vectors", "w", force_zip64=True) as entry:
            entry.write(ROWS)
        archive.comment = b"a comment" * 1000
    assert unpacked(pipe.getvalue()) == (ROWS, "")


def test_of_several_files_in_a_zip_the_one_with_vectors_is_taken() -> None:
    others = [("README.md", b"# Vectors\n"), ("LICENSE", b"Do what you like.\n"), ("empty", b""), ("folder/", b"")]
    assert unpacked(zipped(*others, ("x/y/z.bin", HEADED), (".DS_Store", b"\0\0"))) == (HEADED, "")


def test_nothing_is_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file is made")

    path = tmp_path / "vectors"
    names = ("../../outside", "/tmp/outside", "C:\\outside", "a" * 5000, "\u202etxt.exe")
    files = [ROWS, HEADED, binary(), gzip.compress(ROWS), *(zipped((name, ROWS)) for name in names)]
    for data in files:
        path.write_bytes(data)
        with monkeypatch.context() as patch:
            patch.setattr("tempfile.mkdtemp", refuse)
            patch.setattr("tempfile.mkstemp", refuse)
            patch.chdir(tmp_path)
            assert len(read_vectors(path).vectors) == 5
    assert [entry.name for entry in tmp_path.rglob("*")] == ["vectors"]
    assert not Path("/tmp/outside").exists()


# Hostile archives


@BOMBS
def test_ten_gigabytes_are_stopped_at_the_ratio(bomb: Callable[..., bytes], sizes: list[int]) -> None:
    for data in (bomb(10 * 1024), bomb(10 * 1024, start=ROWS)):
        sizes.clear()
        assert len(data) < 15 * MB
        with pytest.raises(ReadingError, match="as no word vectors do: unpacking it was stopped") as raised:
            read_vectors(io.BytesIO(data), limits=Limits(unpacked_bytes=64 * MB, ratio=1))
        assert raised.value.usable == 0
        assert sum(sizes) <= len(data)


@BOMBS
def test_a_small_bomb_is_stopped_at_8_mb(bomb: Callable[[int], bytes], sizes: list[int]) -> None:
    data = bomb(100)
    assert len(data) < 0.15 * MB
    for limits in (Limits(), Limits(ratio=40)):
        sizes.clear()
        with pytest.raises(ReadingError, match="unpacks to more than"):
            read_vectors(io.BytesIO(data), limits=limits)
        assert sum(sizes) <= max(8 * MB, limits.ratio * len(data))


@pytest.mark.parametrize("usable_only", [False, True])
@BOMBS
def test_what_unpacks_beyond_the_limit_is_stopped_there_and_the_rows_before_it_offered(
    bomb: Callable[..., bytes], usable_only: bool, sizes: list[int]
) -> None:
    file, limits = io.BytesIO(bomb(50, start=ROWS)), Limits(unpacked_bytes=10 * MB, ratio=10_000)
    tracemalloc.start()
    try:
        if usable_only:
            reading = read_vectors(file, limits=limits, usable_only=True)
            assert reading.vectors.index_to_key == list(WORDS)
            assert "unpacks to more than 10 MB" in reading.remarks[0]
        else:
            with pytest.raises(ReadingError, match="unpacks to more than 10 MB: unpacking it was stopped") as raised:
                read_vectors(file, limits=limits)
            assert raised.value.usable == 5
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 10 * MB - PIECE <= sum(sizes) <= 10 * MB
    assert peak < 2 * MB


def test_a_zip_that_lies_about_its_size_is_not_believed(sizes: list[int]) -> None:
    for data in (zip_bomb(50, claimed=1000), zip_bomb(50, claimed=0), zip_bomb(50, claimed=2**32 - 2)):
        sizes.clear()
        with pytest.raises(ReadingError):
            read_vectors(io.BytesIO(data), limits=Limits(ratio=50))
        assert sum(sizes) <= max(8 * MB, 50 * len(data))


def test_a_zip_that_hides_its_end_is_damaged() -> None:
    content, fault = unpacked(lying_zip(ROWS * 10_000, 300_000))
    assert "zip file is damaged" in fault
    assert len(content) <= 300_000


def test_a_zip_that_promises_more_is_damaged() -> None:
    content, fault = unpacked(lying_zip(ROWS, len(ROWS) + 1000))
    assert "zip file is damaged" in fault
    assert content == ROWS


def test_many_files_are_not_looked_into() -> None:
    read = []

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            read.append(size)
            return super().read(size)

    data = zipped(("vectors", ROWS), *((f"{i}", bytes(2**18)) for i in range(100)))
    with pytest.raises(ReadingError, match="The zip holds 101 files: pack the one with the word vectors alone"):
        read_vectors(Counted(data))
    assert len(read) < 20
    assert read_vectors(io.BytesIO(zipped(("vectors", ROWS), *((f"{i}", b"") for i in range(99)))))


def test_methods_that_zipfile_unpacks_without_a_limit_are_refused() -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        data = zipped(("vectors", ROWS + bytes(8 * MB)), method=method)
        tracemalloc.start()
        try:
            with pytest.raises(ReadingError, match="packed in an unusual way"):
                read_vectors(io.BytesIO(data))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 2 * MB


def test_a_gzip_file_of_empty_parts_ends() -> None:
    data = gzip.compress(b"") * 100_001
    with pytest.raises(ReadingError, match="more than 100,000 parts"):
        read_vectors(io.BytesIO(data))


def test_a_gzip_name_of_many_megabytes_does_not_hold_up() -> None:
    shares: list[float] = []
    head = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 5 * MB + b"\0"
    assert unpacked(head + gzip.compress(ROWS)[10:], shares.append) == (ROWS, "")
    assert len(shares) > 100  # it could be stopped at any of them


def test_a_list_of_many_files_is_not_read() -> None:
    data = zipped(*((f"{i}", b"") for i in range(25_000)))
    tracemalloc.start()
    try:
        with pytest.raises(ReadingError, match="list of files takes more than 1 MB"):
            read_vectors(io.BytesIO(data))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * MB


def test_a_file_larger_than_can_be_sent_is_refused(tmp_path: Path, sizes: list[int]) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(LIMITS.file_bytes + 1)
    with path.open("rb") as file:
        for source in (path, file):
            with pytest.raises(ReadingError, match=r"200 MB: at most 200 MB can be sent"):
                read_vectors(source)
    assert not sizes


# What goes wrong on this side


def test_a_closed_file_and_a_pipe_are_said() -> None:
    closed = io.BytesIO(ROWS)
    closed.close()
    with pytest.raises(ReadingError, match="send it once more"):
        read_vectors(closed)
    with subprocess.Popen(["cat"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout
        with pytest.raises(ReadingError, match="send it once more"):
            read_vectors(process.stdout)


@settings(max_examples=80)
@given(
    start=st.sampled_from([b"PK\3\4", b"PK\5\6", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\3"]),
    data=st.binary(max_size=200),
    end=st.sampled_from([b"", b"PK\5\6" + bytes(18), zipped(("a", ROWS))[-60:]]),
)
def test_anything_that_looks_packed_is_read_or_refused(start: bytes, data: bytes, end: bytes) -> None:
    try:
        content, _ = unpacked(start + data + end)
    except ReadingError:
        return
    assert content
