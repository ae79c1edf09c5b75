"""The server: uvicorn in one process, beside the worker or alone. A fault here ends no worker."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import uvicorn

from desk.app import App
from desk.web.app import make_web
from desk.web.guards import LONGEST_HEADER, LONGEST_URL
from desk.web.visit import Desk
from redaksi.config.web_mistakes import needs_https, split_listen
from redaksi.errors import ConfigError
from redaksi.fault import name_fault
from redaksi.log import get_logger

DEFAULT = "127.0.0.1:8025"
PATIENCE = 3.0  # seconds that what somebody sent waits for another writer
FAREWELL = 5  # seconds that answers under way are waited for
log = get_logger("web")


class _Server(uvicorn.Server):
    """Signals are the command's, not the server's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is caught here."""
        yield

    def end_soon(self) -> None:
        """No new request is taken; what is under way is answered."""
        self.should_exit = True


@contextmanager
def serve_desk(app: App, listen: str = "", patience: float = PATIENCE) -> Iterator[Desk]:
    """Serve until the end of the block, in a thread of its own. Raises ConfigError when the
    address is taken or is none, and when passwords would cross a net in the clear."""
    address = listen or app.config.web.listen or DEFAULT
    taken = _take(address, app.config.web.base_url)
    bound = f"{address.rpartition(':')[0]}:{taken.getsockname()[1]}"
    patient = msgspec.structs.replace(app, store=app.store.with_patience(patience))
    desk = Desk(patient, bound)
    server = _Server(_configure(desk))
    desk.stop_serving = server.end_soon
    thread = threading.Thread(target=_run, args=(server, taken), name="web", daemon=True)
    thread.start()
    try:
        log.info("web.listening", listen=bound)
        yield desk
    finally:
        desk.stop_serving()
        thread.join(FAREWELL + 2)
        taken.close()


def _take(address: str, base_url: str) -> socket.socket:
    found = split_listen(address)
    if found is None:
        raise ConfigError("no_listen", where="web.listen", value=address, meaning="")
    if needs_https(address, base_url):
        raise ConfigError("https_needed", where="web.base_url", listen=address, meaning="")
    try:
        return _bind(*found)
    except OSError as error:
        raise ConfigError("listen_taken", listen=address, fault=name_fault(error)) from error


def _run(server: uvicorn.Server, taken: socket.socket) -> None:
    """A fault of the server itself is told and ends the desk alone."""
    try:
        server.run([taken])
    except (Exception, SystemExit):  # uvicorn exits where its lifespan fails
        log.exception("web.ended")


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # an answer goes in two pieces: the second would wait 40 ms for the first one's receipt
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        taken.bind((host, port))
        taken.listen(128)
    except OSError:
        taken.close()
        raise
    taken.set_inheritable(False)
    return taken


def _configure(desk: Desk) -> uvicorn.Config:
    return uvicorn.Config(
        app=make_web(desk),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        workers=1,
        timeout_graceful_shutdown=FAREWELL,
        h11_max_incomplete_event_size=LONGEST_HEADER + LONGEST_URL,
        lifespan="on",
    )
