"""A small IMAP server that says what a test wants: Gmail's extensions, BYE, throttling, cut
literals, gossip.

It answers a session's commands sensibly from `mails`; `answers` replaces the answer to the next
command of a kind.
"""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ingest.fetch.listing import Account

GMAIL = "IMAP4rev1 IDLE X-GM-EXT-1 SASL-IR AUTH=XOAUTH2"
_LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n$")


class ScriptedImap:
    """`answers["FETCH"]` is a list of raw answers, used up one a command; %TAG% is the command's
    tag.

    An answer that ends in %CUT% closes the connection there.
    """

    def __init__(self, capabilities: str = "IMAP4rev1") -> None:
        self.capabilities = capabilities
        self.greeting = "* OK ready"
        self.mails: dict[int, bytes] = {}
        self.gm_msgids: dict[int, int] = {}
        self.uidvalidity = 7
        self.answers: dict[str, list[bytes]] = {}
        self.commands: list[str] = []  # what clients said, tags and passwords left out
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="scripted imap", daemon=True).start()

    def account(self) -> Account:
        """An account on this server."""
        return Account(
            id="warta",
            host="127.0.0.1",
            port=self.port,
            user="redaksi",
            password="rahasia",
            security="none",
            connect_timeout=5,
            read_timeout=2,
        )

    def stop(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._session, args=(connection,), daemon=True).start()

    def _session(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError):
            connection.sendall(self.greeting.encode() + b"\r\n")
            idling = ""
            while line := lines.readline():
                while literal := _LITERAL.search(line):
                    connection.sendall(b"+ go on\r\n")
                    line = line[: literal.start()] + lines.read(int(literal[1])) + lines.readline()
                tag, _, command = line.decode("utf-8", "replace").strip().partition(" ")
                if command.upper() == "IDLE":
                    idling = tag
                elif tag == "DONE":
                    tag = idling
                answer = self._answer(command).replace(b"%TAG%", tag.encode())
                whole, cut, _ = answer.partition(b"%CUT%")
                self._send(connection, whole)
                if cut or command.upper() == "LOGOUT":
                    return

    def _send(self, connection: socket.socket, answer: bytes) -> None:
        connection.sendall(answer)

    def _answer(self, command: str) -> bytes:
        words = command.upper().removeprefix("UID ").split()
        kind = words[0] if words else "DONE"
        self.commands.append(command if kind != "LOGIN" else "LOGIN")
        if self.answers.get(kind):
            return self.answers[kind].pop(0)
        if kind == "IDLE":
            return b"+ idling\r\n"
        if kind == "FETCH":
            said = self._fetch(command)
        elif kind == "SEARCH":
            said = self._search(words)
        else:
            said = {
                "CAPABILITY": f"* CAPABILITY {self.capabilities}\r\n".encode(),
                "EXAMINE": self._selected(),
                "SELECT": self._selected(),
                "LOGOUT": b"* BYE bye\r\n",
            }.get(kind, b"")
        return said + b"%TAG% OK done\r\n"

    def _selected(self) -> bytes:
        highest = max(self.mails, default=0) + 1
        return (
            f"* {len(self.mails)} EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY {self.uidvalidity}]\r\n"
            f"* OK [UIDNEXT {highest}]\r\n"
        ).encode()

    def _search(self, words: list[str]) -> bytes:
        found = sorted(self.mails)
        if "UID" in words:
            if "," in (several := words[words.index("UID") + 1]):
                wanted = set(several.split(","))
                return (
                    f"* SEARCH {' '.join(str(u) for u in found if str(u) in wanted)}\r\n".encode()
                )
            low, _, high = several.partition(":")
            above = (
                [uid for uid in found if uid >= int(low)]
                if high
                else [uid for uid in found if uid == int(low)]
            )
            found = above or (found[-1:] if high else [])  # n:* always holds the last
        return f"* SEARCH {' '.join(map(str, found))}\r\n".encode()

    def _fetch(self, command: str) -> bytes:
        asked = command.split()[2]
        wanted = [int(uid) for part in asked.split(",") for uid in _range(part)]
        return b"".join(self._mail(uid, command) for uid in wanted if uid in self.mails)

    def _mail(self, uid: int, command: str) -> bytes:
        number, raw = sorted(self.mails).index(uid) + 1, self.mails[uid]
        if "RFC822.SIZE" in command:
            header = (
                b"\r\n".join(re.findall(rb"(?im)^message-id:.*?$", raw.split(b"\r\n\r\n")[0]))
                + b"\r\n\r\n"
            )
            gmail = f" X-GM-MSGID {self.gm_msgids[uid]}" if "X-GM-MSGID" in command else ""
            said = f'RFC822.SIZE {len(raw)} INTERNALDATE " 3-Nov-2026 15:30:00 +0700"{gmail}'
            return literal(number, uid, f"{said} BODY[HEADER.FIELDS (MESSAGE-ID)]", header)
        piece = re.search(r"BODY\.PEEK\[\]<(\d+)\.(\d+)>", command)
        if piece:
            start, count = int(piece[1]), int(piece[2])
            return literal(number, uid, f"BODY[]<{start}>", raw[start : start + count])
        if "BODY.PEEK[]" in command:
            return literal(number, uid, "BODY[]", raw)
        return f"* {number} FETCH (UID {uid} FLAGS ())\r\n".encode()


def literal(number: int, uid: int, what: str, content: bytes) -> bytes:
    """One FETCH answer whose last item is a literal."""
    return (
        f"* {number} FETCH (UID {uid} {what} {{{len(content)}}}\r\n".encode() + content + b")\r\n"
    )


def _range(part: str) -> range:
    low, _, high = part.partition(":")
    return range(int(low), int(high or low) + 1)


@contextmanager
def scripted(capabilities: str = "IMAP4rev1") -> Iterator[ScriptedImap]:
    """A running server, stopped afterwards."""
    server = ScriptedImap(capabilities)
    try:
        yield server
    finally:
        server.stop()
