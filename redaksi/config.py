"""config.toml -> frozen structs. Every mistake is reported at once, each with the line that says what the key means.

A key is one field below, with its default and its meaning; `config.example.toml` is written from them
(`desk.cli.example`) and a test holds the two together. The tables `[rules.*]` belong to the rules and are handed
to the registry unread.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from redaksi.errors import ConfigError
from redaksi.model import Limits, Own, Safety

_UNITS = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
RulesCheck = Callable[[Mapping[str, Mapping[str, object]]], None]


def _meaning(text: str, kind: str = "") -> Meta:
    return Meta(description=text, extra={"kind": kind})


Duration = Annotated[timedelta, Meta(extra={"kind": "duration"})]


class Mailbox(Struct, frozen=True, kw_only=True):
    """A mailbox to poll."""

    id: Annotated[str, _meaning("short name of the mailbox; never change it once mails were taken in")]
    address: Annotated[str, _meaning("the address contributors write to")]
    host: Annotated[str, _meaning("IMAP server")]
    user: Annotated[str, _meaning("IMAP user name")]
    password: Annotated[
        str, _meaning('secret, only as "env:NAME" or "file:PATH"; Gmail: an app password', "secret")
    ]
    since: Annotated[date, _meaning("mails that arrived before this day are left alone")]
    port: Annotated[int, _meaning("IMAP port")] = 993
    security: Annotated[
        Literal["tls", "starttls", "none"], _meaning('"none" only for a server on this machine')
    ] = "tls"
    folders: Annotated[tuple[str, ...], _meaning("folders to poll; real contributions land in Spam too")] = (
        "INBOX",
    )
    authserv_id: Annotated[
        str,
        _meaning('our border in Authentication-Results, "mx.google.com" at Gmail; empty: every letter waits'),
    ] = ""
    mark: Annotated[
        str, _meaning("keyword, Gmail label or folder for mails taken in; empty: tell the server nothing")
    ] = ""
    poll: Annotated[Duration, _meaning("interval between polls", "duration")] = timedelta(minutes=2)
    connect_timeout: Annotated[Duration, _meaning("longest wait for a connection", "duration")] = timedelta(
        seconds=20
    )
    read_timeout: Annotated[Duration, _meaning("longest silence of the server", "duration")] = timedelta(
        seconds=60
    )


class Reply(Struct, frozen=True, kw_only=True):
    """The letters."""

    mode: Annotated[
        Literal["off", "draft", "auto"],
        _meaning(
            "off: no letters; draft: an editor sends each (redaksi letters); auto: they go by themselves"
        ),
    ] = "draft"
    address: Annotated[str, _meaning("From of the letters; empty: the mailbox's own address")] = ""
    name: Annotated[str, _meaning("the name beside it")] = "Redaksi Warta"
    sign: Annotated[str, _meaning("signature of the letters")] = "Redaksi Warta"
    templates: Annotated[
        str, _meaning("folder of your own letter templates, laid over ours; empty: ours")
    ] = ""
    host: Annotated[str, _meaning("SMTP server; empty: no letter can leave")] = ""
    port: Annotated[int, _meaning("SMTP port")] = 465
    security: Annotated[
        Literal["tls", "starttls", "none"], _meaning('"none" only for a server on this machine')
    ] = "tls"
    user: Annotated[str, _meaning("SMTP user name; empty: no login")] = ""
    password: Annotated[str, _meaning('secret, only as "env:NAME" or "file:PATH"', "secret")] = ""
    timeout: Annotated[Duration, _meaning("longest silence of the server", "duration")] = timedelta(
        seconds=30
    )
    sent: Annotated[
        str,
        _meaning(
            'where the relay files copies: "gmail" or a folder; empty: a doubtful letter waits for an editor'
        ),
    ] = ""
    max_auto_returns: Annotated[
        int, _meaning("automatic returns of one submission; then an editor decides")
    ] = 2
    per_sender_per_day: Annotated[int, _meaning("letters to one address in 24 hours; more are held")] = 4
    per_hour: Annotated[int, _meaning("letters in an hour in all; more are held")] = 60


class Queue(Struct, frozen=True, kw_only=True):
    """The review queue."""

    folder: Annotated[
        str, _meaning("where the pages are written; empty: queue/ in data_dir. Serve it behind a login")
    ] = ""
    sla_days: Annotated[
        int, _meaning("working days until an editor has read a submission; told in the letter")
    ] = 3
    base_url: Annotated[
        str, _meaning("address the queue is served under, for the feed; empty: relative links")
    ] = ""


class Storage(Struct, frozen=True, kw_only=True):
    """The memory of the desk."""

    database: Annotated[
        str, _meaning('"sqlite" (in data_dir), "postgresql://…", or a secret as "env:NAME" or "file:PATH"')
    ] = "sqlite"
    min_free: Annotated[int, _meaning("stop taking mail in below this much free disk", "size")] = (
        500 * 1024**2
    )


class Sandboxed(Struct, frozen=True, kw_only=True):
    """The child process that examines a mail."""

    memory: Annotated[int, _meaning("address space of the child", "size")] = 1536 * 1024**2
    wall_clock: Annotated[Duration, _meaning("time for one mail", "duration")] = timedelta(seconds=60)
    processor: Annotated[Duration, _meaning("processor time for one mail", "duration")] = timedelta(
        seconds=45
    )
    attempts: Annotated[int, _meaning("tries before a mail that kills the child is set aside as failed")] = 3


class Log(Struct, frozen=True, kw_only=True):
    """The log, on standard error."""

    level: Annotated[Literal["debug", "info", "warning", "error"], _meaning("least rank that is written")] = (
        "info"
    )
    format: Annotated[Literal["text", "json"], _meaning("logfmt or JSON, one event a line")] = "text"


class Caps(Struct, frozen=True, kw_only=True):
    """What is refused for safety."""

    max_message: Annotated[int, _meaning("largest mail taken in", "size")] = 40 * 1024**2
    max_attachments: Annotated[int, _meaning("most files in one mail")] = 60
    max_attachment: Annotated[int, _meaning("largest single file", "size")] = 30 * 1024**2
    max_unpacked: Annotated[int, _meaning("most that one document or archive may unpack to", "size")] = (
        200 * 1024**2
    )
    max_pixels: Annotated[
        int, _meaning("PNG and TIFF above it are asked for smaller; JPEG is judged scaled")
    ] = 60_000_000
    max_paragraphs: Annotated[int, _meaning("most paragraphs of one document")] = 20_000


class Config(Struct, frozen=True, kw_only=True):
    """All of config.toml."""

    mailbox: tuple[Mailbox, ...]
    language: Annotated[
        Literal["id", "en"], _meaning("language of pages and of letters to people who chose none")
    ] = "id"
    timezone: Annotated[str, _meaning("zone of dates in letters and pages")] = "Asia/Jakarta"
    data_dir: Annotated[str, _meaning("database, raw mails, files and the queue; made with mode 0700")] = (
        "data"
    )
    reply: Reply = Reply()
    queue: Queue = Queue()
    storage: Storage = Storage()
    safety: Caps = Caps()
    sandbox: Sandboxed = Sandboxed()
    log: Log = Log()
    rules: Mapping[str, Mapping[str, object]] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The redaksi's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def home(self) -> Path:
        """The data folder."""
        return Path(self.data_dir)

    @property
    def queue_folder(self) -> Path:
        """Where the review queue is written."""
        return Path(self.queue.folder) if self.queue.folder else self.home / "queue"

    def database_url(self, environment: Mapping[str, str]) -> str:
        """SQLAlchemy URL of the store."""
        told = self.storage.database
        if told == "sqlite":
            return f"sqlite:///{(self.home / 'redaksi.db').absolute()}"
        url = secret(told, environment) if told.startswith(("env:", "file:")) else told
        return url.replace("postgresql://", "postgresql+psycopg://", 1)


def limits(config: Config, mailbox: Mailbox | None = None) -> Limits:
    """What bends an examination, for one of our mailboxes (None: for `redaksi check`, the first)."""
    ours = mailbox or (config.mailbox[0] if config.mailbox else None)
    addresses = {box.address.lower() for box in config.mailbox} | {config.reply.address.lower()}
    return Limits(
        safety=Safety(**msgspec.structs.asdict(config.safety)),
        own=Own(addresses=tuple(sorted(addresses - {""})), authserv_id=ours.authserv_id if ours else ""),
        rules=config.rules,
    )


def secret(told: str, environment: Mapping[str, str]) -> str:
    """The secret behind "env:NAME" or "file:PATH"; "" stays "". Raises ConfigError naming what is missing."""
    scheme, _, where = told.partition(":")
    if not told:
        return ""
    if scheme == "env":
        if where not in environment:
            raise ConfigError(f"the environment has no {where}; set it, for example: export {where}=…")
        return environment[where]
    try:
        return Path(where).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"the secret file cannot be read: {error}") from error


def load(path: Path, check_rules: RulesCheck) -> Config:
    """Read a file. Raises ConfigError with every mistake in it, a line each."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; start from config.example.toml") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}") from error
    return parse(text, check_rules, str(path))


def parse(text: str, check_rules: RulesCheck, name: str = "config.toml") -> Config:
    """Read TOML text. Raises ConfigError with every mistake in it, a line each."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    mistakes: list[str] = []
    rules = tables.get("rules", {})
    config: Config | None = _struct(Config, {k: v for k, v in tables.items() if k != "rules"}, "", mistakes)
    if not isinstance(rules, dict) or not all(isinstance(v, dict) for v in rules.values()):
        mistakes.append("rules: sections are written [rules.<section>]; docs/rules.md lists them")
    else:
        try:
            check_rules(rules)
        except ConfigError as error:
            mistakes.extend(str(error).splitlines())
    if config is not None:
        mistakes.extend(_across(config))
    if mistakes or config is None:
        raise ConfigError("\n".join(f"{name}: {mistake}" for mistake in mistakes))
    return msgspec.structs.replace(config, rules=rules)


def _across(config: Config) -> list[str]:
    """Mistakes that no key shows alone."""
    wrong = []
    try:
        ZoneInfo(config.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        wrong.append(f'timezone: no such zone "{config.timezone}" – {describe(Config, "timezone")}')
    ids = [box.id for box in config.mailbox]
    if len(set(ids)) != len(ids):
        wrong.append(f"mailbox.id: two mailboxes share an id – {describe(Mailbox, 'id')}")
    if not config.mailbox:
        wrong.append("mailbox: none given; write at least one [[mailbox]]")
    local = ("127.0.0.1", "::1", "localhost")
    doors = [(f"mailbox {b.id}", b.security, b.host) for b in config.mailbox]
    doors.append(("reply", config.reply.security, config.reply.host or "127.0.0.1"))
    wrong.extend(
        f'{door}.security: "none" would send the password in the clear to {host}'
        for door, security, host in doors
        if security == "none" and host not in local
    )
    return wrong


def describe(struct: type[Struct], key: str) -> str:
    """The one line of meaning of a key."""
    return next((m.description or "" for m in _metas(struct, key) if m.description), "")


def kind(struct: type[Struct], key: str) -> str:
    """How a key is written: "secret", "duration", "size" or ""."""
    return next((m.extra["kind"] for m in _metas(struct, key) if m.extra and m.extra.get("kind")), "")


def _metas(struct: type[Struct], key: str) -> list[Meta]:
    hint = get_type_hints(struct, include_extras=True)[key]
    return [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Meta)]


def _struct(shape: type[Struct], table: object, where: str, mistakes: list[str]) -> Any:
    """One table, field by field; mistakes are collected, None stands for a table that cannot be made."""
    if not isinstance(table, dict):
        mistakes.append(f"{where or 'the file'}: expected a table")
        return None
    fields = {f.encode_name: f for f in msgspec.structs.fields(shape)}
    before = len(mistakes)
    for key in table.keys() - fields.keys():
        near = difflib.get_close_matches(key, fields, 1)
        hint = (
            f'; did you mean "{near[0]}" – {describe(shape, near[0])}'
            if near
            else f"; known: {', '.join(sorted(fields))}"
        )
        mistakes.append(f"{where}{key}: unknown key{hint}")
    made: dict[str, object] = {}
    for key, spec in fields.items():
        if key in table:
            made[key] = _value(shape, key, table[key], f"{where}{key}", mistakes)
        elif spec.required:
            mistakes.append(f"{where}{key}: missing – {describe(shape, key) or f'write [[{key}]]'}")
    return shape(**made) if len(mistakes) == before else None


def _value(shape: type[Struct], key: str, told: object, where: str, mistakes: list[str]) -> object:
    hint = get_type_hints(shape)[key]
    nested = _nested(hint)
    if nested is not None and get_origin(hint) is tuple:
        rows = told if isinstance(told, list) else [told]
        return tuple(_struct(nested, row, f"{where}[{i}].", mistakes) for i, row in enumerate(rows))
    if nested is not None:
        return _struct(nested, told, f"{where}.", mistakes)
    try:
        return _scalar(hint, told, kind(shape, key))
    except (msgspec.ValidationError, ValueError) as error:
        mistakes.append(f"{where}: {error} – {describe(shape, key)}")
        return None


def _nested(hint: Any) -> type[Struct] | None:
    kinds = [hint, *get_args(hint)]
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Struct)), None)


def _scalar(hint: Any, told: object, written: str) -> object:
    if written == "secret" and not (isinstance(told, str) and re.match(r"(env|file):.|$", told)):
        raise ValueError('a secret is never written here; use "env:NAME" or "file:PATH"')
    if written == "duration":
        return duration(told)
    if written == "size":
        return size(told)
    return msgspec.convert(told, hint)


def duration(told: object) -> timedelta:
    """ "90s", "2m", "1h", "3d" as a time span. Raises ValueError."""
    found = re.fullmatch(r"(\d+)\s*([smhd])", told) if isinstance(told, str) else None
    if not found:
        raise ValueError(f'{told!r} is no duration; write "30s", "2m", "1h" or "3d"')
    return timedelta(seconds=int(found[1]) * _SPANS[found[2]])


def size(told: object) -> int:
    """ "40MB" or a number of bytes. Raises ValueError."""
    if isinstance(told, int) and not isinstance(told, bool) and told >= 0:
        return told
    found = re.fullmatch(r"(\d+)\s*([KMG]?B)", told) if isinstance(told, str) else None
    if not found:
        raise ValueError(f'{told!r} is no size; write "500KB", "40MB" or "2GB"')
    return int(found[1]) * _UNITS[found[2]]


def environment() -> Mapping[str, str]:
    """The process's environment, read at the door."""
    return os.environ
