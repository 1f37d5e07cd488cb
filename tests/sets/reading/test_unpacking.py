"""Archives: unpacked whatever tool packed them, and stopped within their limits when they are hostile."""

import gzip
import io
import struct
import subprocess
import tempfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfattn.sets.reading import LIMITS, Limits, ReadingError, read_vectors, unpacking
from selfattn.sets.reading.limits import Progress
from selfattn.sets.reading.plan import Content
from selfattn.sets.reading.unpacking import unpack
from tests.broken_vectors import HEADED, ROWS, WORDS, gzip_bomb, lying_zip, zip_bomb, zipped

MB = 2**20


@pytest.fixture(autouse=True)
def temp(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of one's own, in which nothing may be left behind."""
    folder = tmp_path_factory.mktemp("temp")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def bytes_written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes each block has that reaches the disk."""
    sizes: list[int] = []
    put = unpacking._put

    def counted(out: io.BufferedWriter, block: bytes) -> None:
        sizes.append(len(block))
        put(out, block)

    monkeypatch.setattr(unpacking, "_put", counted)
    return sizes


def unpacked(data: bytes, folder: Path, limits: Limits = LIMITS) -> Content:
    return unpack(io.BytesIO(data), folder, limits, Progress())


def content(data: bytes, folder: Path) -> bytes:
    found = unpacked(data, folder)
    assert (found.size, found.fault) == (found.path.stat().st_size, "")
    return found.path.read_bytes()


# Honest archives


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.binary(min_size=1, max_size=2000), repeat=st.integers(1, 300), level=st.integers(0, 9))
def test_what_was_packed_comes_back(data: bytes, repeat: int, level: int, tmp_path: Path) -> None:
    whole = data * repeat
    assert content(gzip.compress(whole, level), tmp_path) == whole
    assert content(zipped(("a", whole)), tmp_path) == whole
    assert content(zipped(("a", whole), method=zipfile.ZIP_STORED), tmp_path) == whole


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(parts=st.lists(st.binary(max_size=300), min_size=1, max_size=30), zeros=st.integers(0, 40_000))
def test_gzip_in_many_parts(parts: list[bytes], zeros: int, tmp_path: Path) -> None:
    parts = [*parts, b"end"]
    packed = b"".join(map(gzip.compress, parts)) + bytes(zeros)
    assert content(packed, tmp_path) == b"".join(parts)


def test_gzip_larger_than_a_piece(tmp_path: Path) -> None:
    whole = ROWS * 100_000  # 5 MB
    for level in (1, 9):
        assert content(gzip.compress(whole, level), tmp_path) == whole


def test_gzip_as_the_command_line_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "vectors with a name.txt"
    path.write_bytes(HEADED)
    packed = subprocess.run(["gzip", "--stdout", str(path)], capture_output=True, check=True).stdout
    assert b"vectors with a name" in packed
    assert content(packed, tmp_path) == HEADED


def test_gzip_with_all_that_its_header_can_hold(tmp_path: Path) -> None:
    head = b"\x1f\x8b\x08\x1e\0\0\0\0\0\xff" + struct.pack("<H", 5) + b"extra" + b"name\0" + b"comment\0"
    head += struct.pack("<H", zlib.crc32(head) & 0xFFFF)
    assert content(head + gzip.compress(ROWS)[10:], tmp_path) == ROWS


def test_zip_written_as_a_stream_and_with_a_comment(tmp_path: Path) -> None:
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
    assert content(pipe.getvalue(), tmp_path) == ROWS


def test_a_plain_file_on_the_disk_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "vectors.txt"
    path.write_bytes(ROWS)
    (tmp_path / "folder").mkdir()
    assert unpack(path, tmp_path / "folder", LIMITS, Progress()) == Content(path, len(ROWS))
    assert not list((tmp_path / "folder").iterdir())


def test_of_several_files_in_a_zip_the_one_with_vectors_is_taken(tmp_path: Path) -> None:
    others = [("README.md", b"# Vectors\n"), ("LICENSE", b"Do what you like.\n"), ("empty", b""), ("folder/", b"")]
    assert content(zipped(*others, ("x/y/z.bin", HEADED), (".DS_Store", b"\0\0")), tmp_path) == HEADED


def test_a_path_in_a_zip_leads_nowhere(tmp_path: Path) -> None:
    for name in ("../../outside", "/tmp/outside", "C:\\outside", "a" * 5000, "\u202etxt.exe"):
        folder = tmp_path / "inside"
        folder.mkdir(exist_ok=True)
        assert content(zipped((name, ROWS)), folder) == ROWS
        assert [path.name for path in tmp_path.rglob("*")] == ["inside", "vectors"]


# Hostile archives


@pytest.mark.parametrize("bomb", [gzip_bomb, zip_bomb])
def test_ten_gigabytes_are_stopped_at_the_ratio(bomb: object, bytes_written: list[int]) -> None:
    data = bomb(10 * 1024)  # type: ignore[operator]
    packed = len(data)
    assert packed < 15 * MB
    small = Limits(unpacked_bytes=64 * MB, ratio=3)
    with pytest.raises(ReadingError, match="as no word vectors do: unpacking it was stopped") as raised:
        read_vectors(io.BytesIO(data), limits=small)
    assert raised.value.usable == 0
    assert sum(bytes_written) <= 3 * packed


@pytest.mark.parametrize("bomb", [gzip_bomb, zip_bomb])
def test_a_small_bomb_is_stopped_at_8_mb(bomb: object, bytes_written: list[int]) -> None:
    data = bomb(100)  # type: ignore[operator]
    assert len(data) < 0.15 * MB
    for limits in (Limits(), Limits(ratio=40)):
        bytes_written.clear()
        with pytest.raises(ReadingError, match="unpacks to more than"):
            read_vectors(io.BytesIO(data), limits=limits)
        assert sum(bytes_written) <= max(8 * MB, limits.ratio * len(data))


@pytest.mark.parametrize("usable_only", [False, True])
@pytest.mark.parametrize("bomb", [gzip_bomb, zip_bomb])
def test_what_unpacks_beyond_the_limit_is_stopped_there(
    bomb: object, usable_only: bool, bytes_written: list[int], temp: Path
) -> None:
    data = bomb(200, start=ROWS)  # type: ignore[operator]
    limits = Limits(unpacked_bytes=20 * MB, ratio=10_000)
    on_disk: list[int] = []

    def look(_: float) -> None:
        on_disk.append(sum(path.stat().st_size for path in temp.rglob("*") if path.is_file()))

    tracemalloc.start()
    try:
        if usable_only:
            reading = read_vectors(io.BytesIO(data), limits=limits, progress=look, usable_only=True)
            assert reading.vectors.index_to_key == list(WORDS)
            assert "unpacks to more than 20 MB" in reading.remarks[0]
        else:
            with pytest.raises(ReadingError, match="unpacks to more than 20 MB: unpacking it was stopped") as raised:
                read_vectors(io.BytesIO(data), limits=limits, progress=look)
            assert raised.value.usable == 5
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(bytes_written) == 20 * MB
    assert max(on_disk) <= 20 * MB + 1000  # the copy of the five rows
    assert peak < 5 * MB


def test_a_zip_that_lies_about_its_size_is_not_believed(bytes_written: list[int]) -> None:
    for data in (zip_bomb(200, claimed=1000), zip_bomb(200, claimed=0), zip_bomb(50, claimed=2**32 - 2)):
        bytes_written.clear()
        with pytest.raises(ReadingError):
            read_vectors(io.BytesIO(data), limits=Limits(ratio=50))
        assert sum(bytes_written) <= max(8 * MB, 50 * len(data))


def test_a_zip_that_hides_its_end_is_damaged(tmp_path: Path) -> None:
    found = unpacked(lying_zip(ROWS * 10_000, 300_000), tmp_path)
    assert "zip file is damaged" in found.fault
    assert found.size <= 300_000


def test_a_zip_that_promises_more_is_damaged(tmp_path: Path) -> None:
    found = unpacked(lying_zip(ROWS, len(ROWS) + 1000), tmp_path)
    assert "zip file is damaged" in found.fault
    assert found.path.read_bytes() == ROWS


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
        data = zipped(("vectors", ROWS + bytes(40 * MB)), method=method)
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


def test_a_gzip_name_of_many_megabytes_does_not_hold_up(tmp_path: Path) -> None:
    shares: list[float] = []
    head = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 30 * MB + b"\0"
    progress = Progress(shares.append)
    unpack(io.BytesIO(head + gzip.compress(ROWS)[10:]), tmp_path, LIMITS, progress)
    assert len(shares) > 100  # it could be stopped at any of them


def test_a_list_of_many_files_is_not_read() -> None:
    data = zipped(*((f"{i}", b"") for i in range(30_000)))
    tracemalloc.start()
    try:
        with pytest.raises(ReadingError, match="list of files takes more than 1 MB"):
            read_vectors(io.BytesIO(data))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * MB


def test_a_file_larger_than_can_be_sent_is_refused(tmp_path: Path, bytes_written: list[int]) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(LIMITS.file_bytes + 1)
    with path.open("rb") as file:
        for source in (path, file):
            with pytest.raises(ReadingError, match=r"200 MB: at most 200 MB can be sent"):
                read_vectors(source)
    assert not bytes_written


# What goes wrong on this side


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, *_: object) -> int:
            raise OSError(28, "No space left on device")

    put = unpacking._put
    monkeypatch.setattr(unpacking, "_put", lambda _, block: put(Full(), block))
    with pytest.raises(ReadingError, match=r"no room for the file on this machine: No space left on device\."):
        read_vectors(io.BytesIO(gzip.compress(ROWS)))


def test_a_closed_file_and_a_pipe_are_said() -> None:
    closed = io.BytesIO(ROWS)
    closed.close()
    with pytest.raises(ReadingError, match="send it once more"):
        read_vectors(closed)
    with subprocess.Popen(["cat"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout
        with pytest.raises(ReadingError, match="send it once more"):
            read_vectors(process.stdout)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    start=st.sampled_from([b"PK\3\4", b"PK\5\6", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\3"]),
    data=st.binary(max_size=200),
    end=st.sampled_from([b"", b"PK\5\6" + bytes(18), zipped(("a", ROWS))[-60:]]),
)
def test_anything_that_looks_packed_is_read_or_refused(start: bytes, data: bytes, end: bytes, tmp_path: Path) -> None:
    try:
        found = unpacked(start + data + end, tmp_path)
    except ReadingError:
        return
    assert found.size == found.path.stat().st_size > 0
