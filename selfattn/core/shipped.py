"""Files that ship with the app: each is, byte for byte, the one that its record names, or a sentence says what not."""

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Shipped:
    """How the files of one kind are told apart from others, and what is said where one is not as it should be.

    Attributes
    ----------
    record : str
        The name of the JSON file, in the same folder, that has source, licence, sizes and checksums.
    tool : str
        What makes the files again.
    error : type of ValueError
    """

    record: str
    tool: str
    error: type[ValueError]

    def problem(self, path: Path, what: str) -> ValueError:
        """Make the error of a file: what is wrong with it, and what to do."""
        return self.error(f"{path} {what}. Fetch the file again from the repository, or make it with {self.tool}.")

    @contextmanager
    def readable(self, path: Path, otherwise: str) -> Iterator[None]:
        """Turn what goes wrong while a file is read into a sentence: of the disk, or of what the file holds."""
        try:
            yield
        except OSError as error:
            raise self.problem(path, f"cannot be read ({error.strerror})") from error
        except (ValueError, EOFError) as error:  # bytes that are not UTF-8 among them
            raise self.problem(path, otherwise.format(error=error)) from error

    def provenance(self, folder: Path, needed: Collection[str]) -> dict[str, Any]:
        """Read the record of a folder, which has at least what is `needed`."""
        path = folder / self.record
        with self.readable(path, "is not readable JSON ({error})"):
            record = json.loads(path.read_bytes())
        missing = set(needed) - set(record if isinstance(record, dict) else ())
        if missing:
            raise self.problem(path, f"does not record {', '.join(sorted(missing))}")
        return dict(record)

    def check(self, path: Path, record: dict[str, Any]) -> None:
        """Make sure that a file is, byte for byte, the recorded one."""
        try:
            size, checksum = (record["files"][path.name][name] for name in ("bytes", "sha256"))
        except (KeyError, TypeError) as error:
            raise self.problem(path.with_name(self.record), f"does not record {path.name}") from error
        with self.readable(path, "is not a file ({error})"), path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()  # in pieces: no second copy in memory
            length = file.tell()
        if length != size:
            raise self.problem(path, f"has {length} bytes instead of the recorded {size}")
        if digest != checksum:
            raise self.problem(path, f"was altered: its SHA-256 is not the one in {self.record}")

    def mapped(self, path: Path, record: dict[str, Any], shape: tuple[int, ...], dtype: str | np.dtype[Any]) -> Any:
        """Check a file, and map the array that it holds: nothing of it is in memory before it is asked for.

        Returns
        -------
        ndarray of the given shape and number type, read-only
        """
        self.check(path, record)
        with self.readable(path, "is not an array ({error})"):
            array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        if array.shape != shape or array.dtype != dtype:
            name = getattr(dtype, "name", dtype)
            raise self.problem(path, f"does not hold the recorded {name} array of shape {shape}")
        return array

    def lines(self, path: Path, record: dict[str, Any]) -> list[str]:
        """Check a file, and read its lines."""
        self.check(path, record)
        with self.readable(path, "is not UTF-8"):
            return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
