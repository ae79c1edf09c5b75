"""The desk of the demo: an editor who may sign in, and a server beside the worker."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from msgspec import Struct

from desk.app import App
from desk.store.editors import accounts
from desk.store.editors.accounts import NewAccount
from redaksi.errors import ConfigError

LOGIN = "nina@warta.example"
FIRST, ANY = "127.0.0.1:8025", "127.0.0.1:0"  # the second where somebody has the first


class DemoDesk(Struct, frozen=True, kw_only=True):
    """Where it is served, and who signs in."""

    address: str
    login: str
    password: str


@contextmanager
def serve_editors(app: App) -> Iterator[DemoDesk | None]:
    """The desk until the end of the block; None without the extra [web]."""
    try:
        from desk.web.passwords import hash_password, make_password  # noqa: PLC0415 - the extra
        from desk.web.server import serve_desk  # noqa: PLC0415
    except ImportError:
        yield None
        return
    password = make_password()
    editor = NewAccount(
        login=LOGIN,
        name="Nina Razad",
        role="chief",
        initials="NIN",
        password_hash=hash_password(password, threading.Lock()),
    )
    with app.store.begin() as tx:
        accounts.add(tx, editor, app.clock())
    with ExitStack() as stack:
        try:
            desk = stack.enter_context(serve_desk(app, FIRST))
        except ConfigError:
            desk = stack.enter_context(serve_desk(app, ANY))
        yield DemoDesk(address=f"{desk.base_url}/", login=LOGIN, password=password)
