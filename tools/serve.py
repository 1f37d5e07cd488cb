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
PATIENCE = 60.0  # seconds that a start may take on a busy machine
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
    with TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        server = Server(f"http://127.0.0.1:{port}", Path(folder) / "server.log")
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", port, "--server.headless", "true"]
        with server.log.open("w") as log:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(process, server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait(process: subprocess.Popen[bytes], server: Server) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{server.address}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not come up:\n{server.log.read_text()}")


def find_browser() -> str | None:
    """Find a Chromium: the one that SELFATTN_CHROMIUM names, else one on the path, else None (Playwright's own)."""
    return os.environ.get("SELFATTN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
