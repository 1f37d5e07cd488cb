"""HAProxy as `deploy/` has it, on other ports, with processes of an app behind it."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from server import ANSWER_LIMIT, CERTIFICATE, POLL, App, Server, free_port, serve, started

CONFIGURATION = Path(__file__).resolve().parents[1] / "deploy" / "haproxy.cfg"
NAMES = "8501", "8502", "8503", "8504"  # of the servers in the configuration, and what the visitor's cookie says
NOWHERE = 1  # a port on which nothing listens


@dataclass(slots=True)
class Proxy:
    """HAProxy, and how an administrator speaks to it."""

    proxy: Server
    _admin: Path

    @property
    def url(self) -> str:
        """The address for visitors."""
        return self.proxy.url

    def say(self, command: str) -> str:
        """Give the proxy a command, as an administrator does, and return the answer."""
        with socket.socket(socket.AF_UNIX) as admin:
            admin.connect(str(self._admin))
            admin.sendall(command.encode() + b"\n")
            return b"".join(iter(lambda: admin.recv(65536), b"")).decode()

    def states(self) -> dict[str, str]:
        """Say what the proxy thinks of each process: UP, DOWN, DRAIN …, as its page of statistics does."""
        rows = csv.DictReader(self.say("show stat").removeprefix("# ").splitlines())
        return {row["svname"]: row["status"] for row in rows if row["pxname"] == "app" and row["svname"] in NAMES}

    def wait(self, name: str, state: str) -> None:
        """Wait until the proxy thinks so of a process.

        Raises
        ------
        RuntimeError
            It did not within a minute.
        """
        end = time.perf_counter() + ANSWER_LIMIT
        while not self.states()[name].startswith(state):
            if time.perf_counter() > end:
                raise RuntimeError(f"{name} should be {state}, but the proxy has {self.states()}:\n{self.proxy.said()}")
            time.sleep(POLL)


@dataclass(slots=True)
class Behind(Proxy):
    """HAProxy, and the processes of an app behind it, by their names."""

    processes: dict[str, Server]
    _ports: dict[str, int]
    _app: App
    _stack: ExitStack

    def start_again(self, name: str) -> Server:
        """Start a process that has ended, on its old port, and wait until the proxy knows."""
        self.processes[name] = self._stack.enter_context(serve(self._app, self._ports[name], name))
        self.wait(name, "UP")
        return self.processes[name]


def find_haproxy() -> str | None:
    """Find HAProxy, which Debian has where only root looks."""
    return shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def proxy(ports: dict[str, int]) -> Iterator[Proxy]:
    """Start HAProxy in front of what listens on these ports, at most four, by name; stop it at the end.

    Where the environment names a certificate, its address is that of HTTPS.

    Raises
    ------
    RuntimeError
        HAProxy is not installed, or did not start; the message has what it wrote.
    """
    command = find_haproxy()
    if command is None:
        raise RuntimeError("there is no HAProxy: apt-get install haproxy")
    with TemporaryDirectory() as folder:
        admin, plain, secure = Path(folder, "admin"), f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
        settings = {"BIND": plain, "BIND_TLS": secure, "ADMIN": str(admin), "LOG": "stdout", "MAXCONN": "4000"}
        settings |= {name: str(ports.get(name, NOWHERE)) for name in NAMES}
        environment = os.environ | {f"SELFATTN_{name}": value for name, value in settings.items()}
        address = f"https://{secure}" if CERTIFICATE in environment else f"http://{plain}"
        arguments = [command, "-db", "-f", str(CONFIGURATION)]
        with started("HAProxy", arguments, address, env=environment) as server:
            runs = Proxy(server, admin)
            for name in NAMES:
                runs.wait(name, "UP" if name in ports else "DOWN")
            yield runs


@contextmanager
def behind(app: App, processes: int = 2) -> Iterator[Behind]:
    """Start so many processes of the app, at most four, and HAProxy in front of them; stop them all at the end."""
    with ExitStack() as stack:
        ports = {name: free_port() for name in NAMES[:processes]}
        running = {name: stack.enter_context(serve(app, port, name)) for name, port in ports.items()}
        front = stack.enter_context(proxy(ports))
        yield Behind(front.proxy, front._admin, running, ports, app, stack)
