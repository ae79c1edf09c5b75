"""The demo's contributors: an SMTP server that keeps every letter, and the mailbox page that
shows them."""

import html
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from msgspec import Struct

CSP = "default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; frame-src 'self'"


class Letter(Struct, frozen=True, kw_only=True):
    """A letter as it arrived: envelope and bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class Letterbox:
    """Keeps what arrives, in order, and writes it as pages when given a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._letters: list[Letter] = []
        self._lock = threading.Lock()
        self._folder = folder
        if folder is not None:
            self._write()

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Everything that arrived so far."""
        with self._lock:
            return tuple(self._letters)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's name
        """Take one letter (aiosmtpd's hook)."""
        letter = Letter(
            sender=envelope.mail_from, recipients=tuple(envelope.rcpt_tos), content=envelope.content
        )
        with self._lock:
            self._letters.append(letter)
        if self._folder is not None:
            self._write()
        return "250 OK"

    def _write(self) -> None:
        folder = self._folder
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        for number, letter in enumerate(self.letters, 1):
            message = message_from_bytes(letter.content)
            page = (
                part(message, "text/html")
                or f"<pre>{html.escape(part(message, 'text/plain'))}</pre>"
            )
            (folder / f"{number}.html").write_text(page, encoding="utf-8")
            (folder / f"{number}.eml").write_bytes(letter.content)
            subject = str(make_header(decode_header(message["Subject"] or "")))
            rows.append(
                f"<li><h2>{html.escape(subject)}</h2><p>{html.escape(', '.join(letter.recipients))} · "
                f'<a href="{number}.eml">.eml</a></p><iframe sandbox src="{number}.html" '
                f'title="{html.escape(subject)}"></iframe></li>'
            )
        (folder / "index.html").write_text(
            _PAGE.format(rows="".join(reversed(rows)), csp=CSP), encoding="utf-8"
        )


_PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{csp}"><title>Kotak kontributor</title>
<style>body{{font:15px/1.5 system-ui,sans-serif;max-width:720px;margin:0 auto;padding:16px;background:#f4f6f8}}
h1{{font-size:21px}}h2{{font-size:16px;margin:0}}ul{{padding:0;list-style:none}}p{{margin:2px 0 8px;color:#556071}}
li{{margin:0 0 22px}}iframe{{width:100%;height:560px;border:1px solid #dce2e9;border-radius:8px;background:#fff}}
</style></head><body><h1>Kotak kontributor</h1><p>Surat Redaksi sebagaimana tiba. Terbaru di atas.</p>
<ul>{rows}</ul></body></html>"""


def part(message: Message, media_type: str) -> str:
    """The text of the first part of a media type; "" when there is none."""
    for one in message.walk():
        if one.get_content_type() == media_type:
            body = one.get_payload(decode=True)
            return body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
    return ""


@contextmanager
def capturing(box: Letterbox) -> Iterator[int]:
    """Run the SMTP server on 127.0.0.1; yields its port."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
