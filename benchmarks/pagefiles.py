"""The files a browser with an empty cache fetches before and after a page's first run: scripts, styles, fonts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

NAMED = re.compile(rb'(?:src|href)="\./(static/[^"]+)"')
MAIN_SCRIPT = re.compile(rb'src="\./(static/js/index\.[^"]+)"')
CHART_SCRIPT = re.compile(rb"\bPlotlyChart\.[\w-]+\.js")
CONNECTIONS = 6  # that a browser opens to one server


async def fetch_page(url: str) -> list[str]:
    """Fetch the page's HTML and every file it names; return the paths of what its charts will ask for."""
    connection = await _Connection.to(url)
    html = await connection.get("")
    main = MAIN_SCRIPT.search(html)
    if main is None:
        raise ValueError(f"no main script in the page at {url}, which begins {html[:80]!r}")
    script = await connection.get(main[1].decode())
    connection.close()
    await fetch(url, {path.decode() for path in NAMED.findall(html)} - {main[1].decode()})
    return sorted({"static/js/" + name.decode() for name in CHART_SCRIPT.findall(script)})


async def cookies(url: str) -> str:
    """Fetch the page's HTML, and return the cookies that it sets, as a browser sends them from then on."""
    connection = await _Connection.to(url)
    head, _ = await connection.ask("")
    connection.close()
    return "; ".join(re.findall(r"^set-cookie: ([^;\r]+)", head, re.MULTILINE | re.IGNORECASE))


async def fetch(url: str, paths: Iterable[str]) -> None:
    """Fetch files over as many connections as a browser opens."""
    waiting = list(paths)

    async def one_connection() -> None:
        connection = await _Connection.to(url)
        while waiting:
            await connection.get(waiting.pop())
        connection.close()

    await asyncio.gather(*(one_connection() for _ in range(min(CONNECTIONS, len(waiting)))))


class _Connection:
    """A connection that is kept open from one GET to the next."""

    def __init__(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.host, self.reader, self.writer = host, reader, writer

    @classmethod
    async def to(cls, url: str) -> _Connection:
        address = urlsplit(url)
        return cls(address.netloc, *await asyncio.open_connection(address.hostname, address.port, limit=2**20))

    async def get(self, path: str) -> bytes:
        return (await self.ask(path))[1]

    async def ask(self, path: str) -> tuple[str, bytes]:
        self.writer.write(f"GET /{path} HTTP/1.1\r\nHost: {self.host}\r\nAccept: */*\r\n\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        if not head.startswith("HTTP/1.1 200") or length is None:
            raise ValueError(f"GET /{path} answers {head[:200]!r}")
        return head, await self.reader.readexactly(int(length[1]))

    def close(self) -> None:
        self.writer.close()
