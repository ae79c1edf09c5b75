"""A request as a page sees it, who may see which page, and the desk that all of them share."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from anyio import CapacityLimiter
from msgspec import Struct
from starlette.responses import Response

from desk.app import App
from desk.store.editors.accounts import Account
from desk.store.editors.sessions import Session
from desk.store.tables.account import Role
from desk.web.presence import Presence
from redaksi.config.web_mistakes import is_this_machine

FORM = 256 * 1024  # bytes of a form
TAKES_MAIL = 0  # a form with files: `safety.max_message` bytes of them
Method = Literal["GET", "POST"]
Who = Literal["anybody", "reader", "editor", "chief", "ops"]
Verdict = Literal["yes", "sign in", "no"]
# which roles may what: a chief may do everything, who runs it reads
ALLOWED: Mapping[Who, frozenset[Role]] = {
    "reader": frozenset({"reader", "editor", "chief", "ops"}),
    "editor": frozenset({"editor", "chief"}),
    "chief": frozenset({"chief"}),
    "ops": frozenset({"ops", "chief"}),
}


class Upload(Struct, frozen=True, kw_only=True):
    """A file of a form. `name` is the browser's word: text, never a path."""

    name: str
    content: bytes


class Form(Struct, frozen=True):
    """The fields of a form as they were typed, and its files."""

    fields: Mapping[str, Sequence[str]] = {}
    files: tuple[Upload, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The last value of a field."""
        values = self.fields.get(name)
        return values[-1] if values else default

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, as ticked."""
        return tuple(self.fields.get(name, ()))

    def has(self, name: str) -> bool:
        """Whether it is ticked, or pressed."""
        return name in self.fields

    def plain(self) -> dict[str, list[str]]:
        """As a draft is kept."""
        return {name: list(values) for name, values in self.fields.items()}


class Desk:
    """What the pages share while the server runs."""

    def __init__(self, app: App, listen: str) -> None:
        self.app = app
        self.listen = listen
        self.base_url = name_origin(app.config.web.base_url) or f"http://{listen}"
        self.is_secure = self.base_url.startswith("https://")
        self.hashing = threading.Semaphore(2)  # a hash takes 64 MiB
        self.presence = Presence()
        self.routes: Sequence[WebRoute] = ()  # every page; told where they are joined
        self.threads: CapacityLimiter | None = None  # that answer; made where the loop runs
        self.stop_serving: Callable[[], None] = lambda: None  # the end begins; returns at once

    @property
    def hosts(self) -> frozenset[str]:
        """What may stand in Host."""
        named = urlsplit(self.base_url).netloc.lower()
        host, _, port = self.listen.rpartition(":")
        if not is_this_machine(host.strip("[]")):
            return frozenset({named})
        return frozenset({named, *(f"{name}:{port}" for name in ("127.0.0.1", "localhost", host))})

    @property
    def origins(self) -> frozenset[str]:
        """Where a form of ours may come from, where the browser tells nothing finer."""
        served = {f"http://{host}" for host in self.hosts}
        return frozenset({self.base_url} if self.is_secure else {self.base_url, *served})


def name_origin(base_url: str) -> str:
    """An address as browsers write it in Host and Origin: lower-case, without the port that its
    scheme has anyway, without a path (RFC 6454, 6.1); "" stays ""."""
    parts = urlsplit(base_url.strip())
    if not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    is_usual = parts.port in (None, {"https": 443, "http": 80}.get(parts.scheme))
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{parts.port}"


class Visit(Struct, frozen=True, kw_only=True):
    """A request. `path`: the parts of the address; `network`: /24 or /64 it came from."""

    desk: Desk
    method: Method
    url: str  # path and query, to come back to
    account: Account | None = None
    session: Session | None = None
    path: Mapping[str, str] = {}
    query: Form = Form()
    form: Form = Form()
    cookies: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}  # names in lower case
    network: str = ""
    is_back: bool = False  # a form that came without a session, shown again after signing in

    @property
    def app(self) -> App:
        """The app: what is decided is decided by its configuration."""
        return self.desk.app

    @property
    def who(self) -> Account:
        """Who is signed in, where the route asks for somebody."""
        assert self.account is not None, "the route is open to anybody"
        return self.account

    @property
    def reader(self) -> App:
        """The app as this account reads it: its language and its zone, for what is shown alone."""
        if self.account is None:
            return self.app
        config = msgspec.structs.replace(
            self.app.config, language=self.account.language, timezone=self.account.zone
        )
        return msgspec.structs.replace(self.app, config=config)


Answer = Callable[[Visit], Response]


class WebRoute(Struct, frozen=True, kw_only=True):
    """A page. `limit`: bytes of the longest form it takes; TAKES_MAIL: of the largest mail."""

    path: str
    answer: Answer
    may: Who = "reader"
    method: Method = "GET"
    limit: int = FORM
    open_to_new: bool = False  # to who must change the password first
    again: Answer | None = None  # the page of a form as it was typed; nothing of it is done


def judge_access(route: WebRoute, account: Account | None) -> Verdict:
    """Whether somebody may see a page."""
    if route.may == "anybody":
        return "yes"
    if account is None:
        return "sign in"
    return "yes" if account.role in ALLOWED[route.may] else "no"
