"""Try whether the suite finds small faults: a wrong sign, an unescaped word, a stale cache. A maintainer's command.

    python -m tests.seeded_faults              # all of seeded_faults.toml, some minutes
    python -m tests.seeded_faults NAME …       # only these

The tree is copied, each fault is applied to the copy by itself, and the tests that should notice are run. The command
ends with 1 where one is not found: then a test is missing.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_suffix(".toml")
QUIET = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider", "--tb=no", "-rfE")
FAILED = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+)", re.MULTILINE)  # without its parameters, which may be any text
SOME_FAILED = (1, 2)  # pytest's exit codes: a test failed, or could not be collected


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: `text` stands once in a file below selfattn/, `instead` takes its place, and `tests` should notice."""

    file: str
    text: str
    instead: str
    tests: list[str]


def listed() -> dict[str, Fault]:
    """Read the faults, by name."""
    return {name: Fault(**fields) for name, fields in tomllib.loads(LIST.read_text(encoding="utf-8")).items()}


def trouble(fault: Fault, tree: Path) -> str:
    """Say why a fault cannot be tried; nothing where it can."""
    path = tree / "selfattn" / fault.file
    if missing := [test for test in fault.tests if not (tree / test.partition("::")[0]).exists()]:
        return f"there is no {missing[0]}"
    if not path.is_file():
        return f"there is no selfattn/{fault.file}"
    count = path.read_text(encoding="utf-8").count(fault.text)
    return "" if count == 1 else f"its text stands {count} times in selfattn/{fault.file}"


def tried(fault: Fault, tree: Path) -> str | None:
    """Apply a fault to a tree, run its tests, and take it back: give the test that fails, None where all pass."""
    path = tree / "selfattn" / fault.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(fault.text, fault.instead), encoding="utf-8")
    try:
        return failing(fault.tests, tree)
    finally:
        path.write_text(sound, encoding="utf-8")


def failing(tests: list[str], tree: Path) -> str | None:
    """Run tests of a tree, and name the first that fails; None where all pass."""
    command = [sys.executable, "-m", "pytest", *QUIET, *tests]
    # Compiled files are told apart by second and size: a fault may change neither.
    settings = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": ""}
    run = subprocess.run(command, cwd=tree, env=settings, capture_output=True, text=True, check=False)
    match = FAILED.search(run.stdout)
    if run.returncode and not (match and run.returncode in SOME_FAILED):
        raise RuntimeError(f"pytest ended with {run.returncode} on {' '.join(tests)}\n{run.stdout}{run.stderr}")
    return match[1] if match else None


def copied(folder: Path) -> Path:
    """Copy what git keeps, and what is new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():  # not one that was deleted
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def main() -> int:
    """Try the faults, and print for each of them which test found it."""
    faults = listed()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {LIST.name}; all without")
    wanted = parser.parse_args().names or list(faults)
    if unknown := [name for name in wanted if name not in faults]:
        parser.error(f"there is no fault {unknown[0]}")
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        if wrong := [f"{name}: {why}" for name in wanted if (why := trouble(faults[name], tree))]:
            parser.error("\n".join(["these cannot be tried:", *wrong]))
        found = {}
        for name in wanted:
            found[name] = tried(faults[name], tree)
            write(f"{name:48} {found[name] or 'NOT FOUND'}")
        finders = sorted({test for test in found.values() if test})
        if finders and (sick := failing(finders, tree)):
            write(f"{sick} fails without any fault: what it found does not count.")
            return 1
    missed = [name for name in wanted if not found[name]]
    write(f"{len(wanted) - len(missed)} of {len(wanted)} found.")
    return 1 if missed else 0


def write(line: str) -> None:
    """Write a line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
