"""Start the app as the README does, on a free port, for the browser tests and the screenshots."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180.0  # seconds that a start may take on a busy machine
TRIES = 3  # another program may take a port between the moment it was found free and the moment the app listens
AT = "192.0.2.7"  # RFC 5737: what the link of a screen calls this machine, whatever network it is in
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Server:
    """A running app: its address without a slash at the end, and the file that its output goes to."""

    address: str
    log: Path


@contextmanager
def serve(script: str = "app.py") -> Iterator[Server]:
    """Run the app until the block ends.

    Raises
    ------
    RuntimeError
        It did not come up; the message has its output.
    """
    with TemporaryDirectory() as folder:
        for left in reversed(range(TRIES)):
            process, server = _start(script, Path(folder) / "server.log")
            try:
                if _is_up(process, server):
                    yield server
                    return
                if process.poll() is None or not left:
                    raise RuntimeError(f"the app did not come up:\n{server.log.read_text()}")
            finally:
                _stop(process)


def _start(script: str, log: Path) -> tuple[subprocess.Popen[bytes], Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    options = {"server.port": port, "server.headless": "true", "browser.serverAddress": AT}
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        *(f"--{name}={value}" for name, value in options.items()),
    ]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    return process, Server(f"http://127.0.0.1:{port}", log)


def _is_up(process: subprocess.Popen[bytes], server: Server) -> bool:
    """Wait until the app answers; False where it has ended, or takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{server.address}/_stcore/health", timeout=2):
                return process.poll() is None
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def find_browser() -> str | None:
    """Find a Chromium: the one that SELFATTN_CHROMIUM names, else one on the path, else None (Playwright's own)."""
    return os.environ.get("SELFATTN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
