"""Visitors of a running app who speak its protocol as browsers do: cookies, the socket, reconnecting, and uploads."""

import asyncio
import re
from html import unescape
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLsRequest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

PATIENCE = 90.0


class Visitor:
    """One browser window: what it holds of its screen, and what it was told of its session.

    One that is `framed` shows the app in another site's page, and its browser keeps no cookies there.
    """

    def __init__(self, address, path="", *, framed=False, **link):
        self.at, self.path, self.framed = urlsplit(address), path, framed
        self.link = urlencode(link | ({"embed": "true"} if framed else {}))
        self.cookies, self.session, self.page = {}, "", ""
        self.widgets, self.fragments, self.values = {}, {}, {}
        self.said, self.troubles, self.urls = [], [], {}
        self.socket = None

    async def ask(self, path, method="GET", body=(), **headers):
        """Ask for something over HTTP: (status, text); keeps cookies as a browser does."""
        reader, writer = await asyncio.open_connection(self.at.hostname, self.at.port)
        try:
            size = sum(map(len, body))
            fields = {"Host": self.at.netloc, "Connection": "close", "Cookie": self._cookies(), **headers}
            fields |= {"Referer": f"{self.at.geturl()}/{self.path}?{self.link}"}
            fields |= {"Content-Length": size} if body else {}
            lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
            writer.write("\r\n".join(lines).encode())
            for block in body:
                writer.write(block)
                await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
        head, _, text = answer.decode(errors="replace").partition("\r\n\r\n")
        for name, value in re.findall(r"(?im)^set-cookie: ([^=]+)=([^;\r\n]*)", head):
            self.cookies |= {} if self.framed else {name: value}
        return int(head.split()[1]), text

    def _cookies(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def open(self):
        """Open the page, or come back to it where the connection was lost: then with all that stands in its boxes."""
        for path in ("/_stcore/health", "/_stcore/host-config"):
            status, _ = await self.ask(path)
            assert status == 200, status
        self.socket = await connect(
            f"ws://{self.at.netloc}/_stcore/stream",
            origin=f"{self.at.scheme}://{self.at.netloc}",
            subprotocols=["streamlit", "none", *([self.session] if self.session else [])],
            additional_headers={"Cookie": self._cookies()},
            compression=None, max_size=None, open_timeout=PATIENCE, ping_interval=None, proxy=None,
        )  # fmt: skip
        return await self.run()

    async def write(self, label, text):
        """Put a text into a box and wait until the page has run with it."""
        box = self.widgets[label].id
        self.values[box] = "string_value", text
        return await self.run(self.fragments[box])

    async def click(self, label):
        """Press a button and wait until the page has run."""
        button = self.widgets[label].id
        self.values[button] = "trigger_value", True
        try:
            return await self.run(self.fragments[button])
        finally:
            del self.values[button]

    async def until(self, said):
        """Run the page again and again, as it does while a job is under way, until it says this."""
        async with asyncio.timeout(PATIENCE):
            while said not in " ".join((await self.run()).said):
                await asyncio.sleep(0.1)
        return self

    def leave(self):
        """Go without a goodbye: the connection is cut."""
        if self.socket:
            self.socket.transport.abort()

    def written(self, label):
        """Give what stands in a box."""
        return self.values[self.widgets[label].id][1]

    async def bring(self, label, name, body):
        """Bring a file, given in blocks; gives the status of the answer to its bytes. The page runs if they arrived."""
        uploader = self.widgets[label].id
        await self.send(file_urls_request=FileURLsRequest(request_id=name, file_names=[name], session_id=self.session))
        async with asyncio.timeout(PATIENCE):
            while name not in self.urls:
                await self.hear()
        head = f'--sa\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'.encode()
        fields = {"Content-Type": "multipart/form-data; boundary=sa"}
        status, _ = await self.ask(self.urls[name].upload_url, "PUT", [head, *body, b"\r\n--sa--\r\n"], **fields)
        if status < 300:
            state = FileUploaderState()
            one = state.uploaded_file_info.add(name=name, size=sum(map(len, body)), file_id=self.urls[name].file_id)
            one.file_urls.CopyFrom(self.urls[name])
            self.values[uploader] = "file_uploader_state_value", state
            await self.run(self.fragments[uploader])
        return status

    async def run(self, fragment=""):
        """Let the page run, and wait until it has."""
        self.said = []
        await self.send(rerun_script=self._state(fragment))
        async with asyncio.timeout(PATIENCE):
            while await self.hear() is None:
                pass
        assert not self.troubles, self.troubles
        return self

    def _state(self, fragment):
        state = BackMsg().rerun_script
        state.query_string, state.page_script_hash, state.fragment_id = self.link, self.page, fragment
        state.page_name = "" if self.page else self.path
        state.context_info.url = f"{self.at.geturl()}/{self.path}"
        state.context_info.is_embedded = self.framed
        state.context_info.timezone, state.context_info.locale = "Europe/Berlin", "en-US"
        for widget, (kind, value) in self.values.items():
            one = state.widget_states.widgets.add(id=widget)
            if kind == "file_uploader_state_value":
                one.file_uploader_state_value.CopyFrom(value)
            else:
                setattr(one, kind, value)
        return state

    async def send(self, **message):
        await self.socket.send(BackMsg(**message).SerializeToString())

    async def hear(self):
        """Take one message; gives how a run ended where it says so."""
        message = ForwardMsg.FromString(await self.socket.recv(decode=False))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta)
        elif kind == "new_session":
            self.session = message.new_session.initialize.session_id
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.link = message.page_info_changed.query_string
        elif kind == "file_urls_response":
            self.urls[message.file_urls_response.response_id] = message.file_urls_response.file_urls[0]
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self.troubles.append("the page does not compile")
            return message.script_finished
        return None

    def _element(self, delta):
        element = delta.new_element
        kind = element.WhichOneof("type")
        one = getattr(element, kind)
        if kind == "exception":
            self.troubles.append(f"{one.type}: {one.message}")
        elif kind in ("text_input", "file_uploader", "button"):
            self.widgets[one.label], self.fragments[one.id] = one, delta.fragment_id
            if kind == "text_input" and (one.set_value or one.id not in self.values):
                self.values[one.id] = "string_value", one.value if one.set_value else one.default
        elif kind in ("markdown", "html", "alert") and not one.body.startswith("<style"):
            self.said.append(plain(one.body))


def plain(body):
    """Give the words of HTML, or of Markdown in which what was typed is escaped."""
    words = unescape(re.sub(r"<[^>]*>", " ", body))
    return re.sub(r"\s+", " ", re.sub(r"\\(\W)", r"\1", words)).strip()
