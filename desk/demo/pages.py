"""Serves the review queue, the contributors' mailbox and the published articles on 127.0.0.1, for the
demo alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from desk.demo.warta import render_page

WARTA = "/warta/"  # where the articles stand
QUEUE = "/antrean/"  # what "/" leads to


class _Quiet(SimpleHTTPRequestHandler):
    """Files of one folder, without a log line a request and without directory listings."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the demo's terminal is for the scoreboard."""

    def do_GET(self) -> None:
        """An article in the page of a site; every other file as it is."""
        path = unquote(urlsplit(self.path).path)
        if path == "/":
            self.send_response(302)
            self.send_header("Location", QUEUE)
            self.end_headers()
            return None
        if not path.startswith(WARTA):
            return super().do_GET()
        page = render_page(Path(self.directory) / WARTA.strip("/"), path.removeprefix(WARTA))
        if page is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
        return None

    def list_directory(self, path: Any) -> None:  # noqa: ARG002
        """No listing: only what a page links to."""
        self.send_error(404)

    def end_headers(self) -> None:
        """Never sniffed, never cached: the queue changes under the reader."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve `folder`; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
