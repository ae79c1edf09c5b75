"""/metrics, /healthz and /readyz for who asks on this machine: the standard library's server, one
answer a connection, a few at once, nobody waited for longer than PATIENCE."""

import io
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

from desk.app import App
from desk.health.ready import name_stopped
from desk.metrics.exposition import CONTENT_TYPE, render
from desk.metrics.figures import gather
from redaksi.config.web_mistakes import split_listen
from redaksi.errors import ConfigError
from redaksi.fault import name_fault
from redaksi.log import get_logger

PATIENCE = 5.0  # seconds for a request to come, and again for its answer to be taken
LONGEST = 8192  # bytes of a request
AT_ONCE = 4
PLAIN = "text/plain; charset=utf-8"
log = get_logger("metrics")
Answer = tuple[HTTPStatus, str, bytes]


@contextmanager
def serve_metrics(app: App) -> Iterator[None]:
    """Answer until the end of the block where config.toml asks for it. Raises ConfigError when the
    port is taken."""
    listen = app.config.metrics.listen
    if not listen:
        yield
        return
    server = _open(app, listen)
    thread = threading.Thread(target=server.serve_forever, args=(0.2,), name="metrics", daemon=True)
    thread.start()
    log.info("metrics.listening", port=server.server_address[1])
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.cut_off()
        server.server_close()  # waits for its threads


def _open(app: App, listen: str) -> "_Server":
    place = split_listen(listen)
    if place is None:
        raise ConfigError("no_listen", where="metrics.listen", value=listen, meaning="")
    try:
        return _Server(app, place)
    except OSError as error:
        fault = name_fault(error)
        raise ConfigError("metrics_taken", listen=listen, fault=fault) from error


class _Server(ThreadingMixIn, HTTPServer):
    """Who comes while AT_ONCE are answered is sent away at once."""

    daemon_threads = False  # the end waits for them: they read the store
    allow_reuse_port = False

    def __init__(self, app: App, place: tuple[str, int]) -> None:
        self.app = app
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._open: set[socket.socket] = set()  # what is being answered
        self.address_family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        super().__init__(place, _Door)

    def server_bind(self) -> None:
        """As the library's, but that asks the net for a name of ours."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """One more thread, where there is room."""
        if self._free.acquire(blocking=False):
            self._open.add(request)
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The thread of one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._open.discard(request)
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Who asked has left, mostly; a bug is told."""
        if not isinstance(sys.exception(), OSError):
            log.exception("metrics.bug")

    def cut_off(self) -> None:
        """Nobody who is slow to ask or to read keeps the end waiting."""
        for request in list(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)


class _Door(BaseHTTPRequestHandler):
    """HTTP/1.0: one request, one answer, closed."""

    server: _Server

    def setup(self) -> None:
        """The head of the request is read before anything is made of it."""
        super().setup()
        self.connection.settimeout(PATIENCE)  # of what is sent: sendall counts it in all
        self.rfile = io.BufferedReader(io.BytesIO(_read_head(self.connection)))

    def do_GET(self) -> None:
        """Answer."""
        answer = ANSWERS.get(self.path.partition("?")[0])
        status, kind, body = answer(self.server.app) if answer else _refuse()
        self.send_response_only(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing: every scrape would be a line."""


def _read_head(connection: socket.socket) -> bytes:
    """What came until an empty line; nothing where it is longer than LONGEST or takes longer than
    PATIENCE, byte by byte or not."""
    until, head = time.monotonic() + PATIENCE, b""
    while b"\r\n\r\n" not in head and len(head) <= LONGEST:
        left = until - time.monotonic()
        if left <= 0:
            return b""
        connection.settimeout(left)
        try:
            piece = connection.recv(LONGEST)
        except OSError:
            return b""
        if not piece:
            break
        head += piece
    connection.settimeout(PATIENCE)
    return head if len(head) <= LONGEST else b""


def _tell_figures(app: App) -> Answer:
    return HTTPStatus.OK, CONTENT_TYPE, render(gather(app))


def _tell_alive(_: App) -> Answer:
    return HTTPStatus.OK, PLAIN, b"ok\n"


def _tell_ready(app: App) -> Answer:
    if codes := name_stopped(app):
        body = "".join(f"{code}\n" for code in codes).encode()
        return HTTPStatus.SERVICE_UNAVAILABLE, PLAIN, body
    return HTTPStatus.OK, PLAIN, b"ok\n"


def _refuse() -> Answer:
    return HTTPStatus.NOT_FOUND, PLAIN, b"/metrics /healthz /readyz\n"


ANSWERS: dict[str, Callable[[App], Answer]] = {
    "/metrics": _tell_figures,
    "/healthz": _tell_alive,
    "/readyz": _tell_ready,
}
