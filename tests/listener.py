"""A real listener on loopback that counts what connects and answers as it is told to: for what the
other side of a target may say or do."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from subprocess import run

from msgspec import Struct


class Asked(Struct, frozen=True):
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Says = Callable[[Asked], bytes | Iterable[bytes | float]]


def answer(body: bytes = b"ok", status: str = "200 OK", *headers: str) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Listener:
    """`says` answers each request: the bytes, or parts of them with pauses (seconds) between;
    nothing: it hangs up. `connections` counts every one that was opened, `asked` is what came."""

    def __init__(self, says: Says, context: ssl.SSLContext | None = None) -> None:
        self.says = says
        self.context = context
        self.connections = 0
        self.asked: list[Asked] = []
        self._stopped = threading.Event()
        self._sockets = [_listen(socket.AF_INET, "127.0.0.1", 0)]
        self.port: int = self._sockets[0].getsockname()[1]
        with contextlib.suppress(OSError):  # a machine without IPv6
            self._sockets.append(_listen(socket.AF_INET6, "::1", self.port))
        for each in self._sockets:
            threading.Thread(target=self._accept, args=[each], daemon=True).start()

    def url(self, path: str = "/", scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def stop(self) -> None:
        self._stopped.set()
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self, at: socket.socket) -> None:
        while not self._stopped.is_set():
            try:
                peer, _ = at.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=[peer], daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(peer.close)
            if self.context is not None:
                peer = stack.enter_context(self.context.wrap_socket(peer, server_side=True))
            asked = _read(peer)
            self.asked.append(asked)
            said = self.says(asked)
            for part in [said] if isinstance(said, bytes) else said:
                if isinstance(part, bytes):
                    peer.sendall(part)
                else:
                    time.sleep(part)


def _listen(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(64)
    except OSError:
        made.close()
        raise
    return made


def _read(peer: socket.socket) -> Asked:
    with peer.makefile("rb") as lines:
        first = lines.readline().decode("latin-1")
        if not first.endswith("\n"):
            raise ConnectionResetError  # whoever asked was killed
        method, path, _ = first.split(" ", 2)
        headers: dict[str, str] = {}
        while line := lines.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        body = lines.read(length)
        if len(body) < length:
            raise ConnectionResetError
    return Asked(method, path, headers, body)


@contextlib.contextmanager
def listening(
    says: Says | bytes = b"", context: ssl.SSLContext | None = None
) -> Iterator[Listener]:
    """A listener, stopped afterwards. Bytes: what it always answers."""
    always = says if isinstance(says, bytes) else b""
    listener = Listener((lambda _: always) if isinstance(says, bytes) else says, context)
    try:
        yield listener
    finally:
        listener.stop()


def make_certificate(folder: Path, names: str) -> Path | None:
    """A certificate of its own authority, its key in the same file, for `names`
    ("DNS:warta.example"); None where openssl is missing."""
    made = folder / "tls.pem"
    request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    files = ["-subj", "/CN=listener", "-keyout", str(folder / "key.pem"), "-out", str(made)]
    try:
        run(
            ["openssl", *request.split(), "-addext", f"subjectAltName={names}", *files],
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        return None
    made.write_bytes(made.read_bytes() + (folder / "key.pem").read_bytes())
    return made
