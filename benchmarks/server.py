"""A Streamlit server in a process of its own: started as a reader of the README would, watched from outside."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

ANSWER_LIMIT = 60.0  # seconds until a started server must answer
POLL = 0.01
CERTIFICATE = "SELFATTN_CERTIFICATE"  # in the environment: the file with which the proxy speaks HTTPS


@dataclass(frozen=True, slots=True)
class App:
    """A script and the folder it is started from, which decides the .streamlit/config.toml that counts."""

    name: str
    script: Path
    folder: Path
    charts: int = 1  # on its first page


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process holds and has used."""

    cpu: float  # seconds, user and system
    memory: float  # MB resident
    files: int


class Server:
    """A running server."""

    def __init__(self, process: psutil.Popen, url: str, log: Path) -> None:
        self.process, self.url, self.log = process, url, log

    def usage(self) -> Usage:
        """Say what the server holds and has used so far."""
        times = self.process.cpu_times()
        return Usage(times.user + times.system, self.process.memory_info().rss / 1e6, self.process.num_fds())

    def said(self) -> str:
        """Give the end of what the server wrote, where a page's traceback stands."""
        return self.log.read_text(errors="replace")[-3000:]


@contextmanager
def serve(app: App, port: int | None = None, name: str = "") -> Iterator[Server]:
    """Start `streamlit run`, on a free port unless one is given, wait until it answers, and stop it at the end.

    It is told its name as the unit in `deploy/` does.
    """
    port = port or free_port()
    command = [_streamlit(), "run", str(app.script), "--server.port", str(port), "--server.headless", "true"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    environment |= {"SELFATTN_PROCESS": name} if name else {}
    with started(app.name, command, f"http://127.0.0.1:{port}", cwd=app.folder, env=environment) as server:
        yield server


@contextmanager
def started(name: str, command: list[str], url: str, **how: Any) -> Iterator[Server]:
    """Start a command, wait until its address answers that all is well, and stop it at the end."""
    with TemporaryDirectory() as folder, Path(folder, "log").open("w") as log:
        process = psutil.Popen(command, stdout=log, stderr=subprocess.STDOUT, **how)
        try:
            server = Server(process, url, Path(log.name))
            if not _answers(server):
                raise RuntimeError(f"{name} did not start within {ANSWER_LIMIT:.0f} s:\n{server.said()}")
            yield server
        finally:
            _stop(process)


def _answers(server: Server) -> bool:
    trusted = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=os.environ.get(CERTIFICATE)))
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), trusted)
    end = time.perf_counter() + ANSWER_LIMIT
    while time.perf_counter() < end and server.process.poll() is None:
        try:
            with direct.open(f"{server.url}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(POLL)
    return False


def _stop(process: psutil.Popen) -> None:
    with suppress(psutil.NoSuchProcess):  # a test may have killed it
        process.terminate()
    try:
        process.wait(10)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(10)


def free_port() -> int:
    """Give a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _streamlit() -> str:
    """Find the command that belongs to this Python."""
    beside = shutil.which("streamlit", path=str(Path(sys.executable).parent))
    command = beside or shutil.which("streamlit")
    if command is None:
        raise RuntimeError("there is no `streamlit` command: install requirements-dev.txt")
    return command
