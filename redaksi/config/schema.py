"""What config.toml may say, as frozen structs. `redaksi.config.load` reads it.

A key is one field below, with its default and its meaning; `config.example.toml` is written from
them (`desk.cli.example`) and a test holds the two together. The tables `[rules.*]` belong to the
rules and are handed to the registry unread.
"""

import os
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from redaksi.config.secrets import is_secret, read_secret
from redaksi.limits import Identity, Limits, Safety


def _meaning(text: str, kind: str = "") -> Meta:
    return Meta(description=text, extra={"kind": kind})


Duration = Annotated[timedelta, Meta(extra={"kind": "duration"})]


class Mailbox(Struct, frozen=True, kw_only=True):
    """A mailbox to poll."""

    id: Annotated[
        str, _meaning("short name of the mailbox; never change it once mails were taken in")
    ]
    host: Annotated[str, _meaning("IMAP server")]
    user: Annotated[str, _meaning("IMAP user name")]
    auth: Annotated[
        Literal["password", "oauth2"],
        _meaning('"oauth2": after `redaksi login`, without a password'),
    ] = "password"
    password: Annotated[
        str,
        _meaning(
            'secret, only as "env:NAME", "file:PATH" or "cred:NAME"; Gmail: an app password',
            "secret",
        ),
    ] = ""
    provider: Annotated[Literal["google", "microsoft"], _meaning("oauth2: whose login")] = "google"
    tenant: Annotated[str, _meaning("oauth2 at Microsoft: the organisation's tenant")] = "common"
    client_id: Annotated[
        str, _meaning("oauth2: this installation's id in the provider's console")
    ] = ""
    client_secret: Annotated[
        str,
        _meaning(
            'oauth2: the secret beside it, as "env:NAME", "file:PATH" or "cred:NAME"', "secret"
        ),
    ] = ""
    token_file: Annotated[
        str,
        _meaning("oauth2: where `redaksi login` keeps the tokens; empty: <id>.token in data_dir"),
    ] = ""
    address: Annotated[str, _meaning("the address contributors write to; empty: the user name")] = (
        ""
    )
    since: Annotated[
        date | None,
        _meaning("mails that arrived before this day are left alone; mandatory at the first start"),
    ] = None
    port: Annotated[int, _meaning("IMAP port")] = 993
    security: Annotated[
        Literal["tls", "starttls", "none"], _meaning('"none" only for a server on this machine')
    ] = "tls"
    tls_ca: Annotated[
        str,
        _meaning("file of certificates to trust instead of the system's, for a server of your own"),
    ] = ""
    folders: Annotated[
        tuple[str, ...],
        _meaning(
            'folders to poll, or a special use: "\\\\Junk" is Spam, whatever its name; contributions land there'
        ),
    ] = ("INBOX", "\\Junk")
    authserv_id: Annotated[
        str,
        _meaning(
            'our border in Authentication-Results, "mx.google.com" at Gmail; empty: every letter waits'
        ),
    ] = ""
    mark: Annotated[
        str,
        _meaning(
            "keyword, Gmail label or folder for mails taken in; empty: tell the server nothing"
        ),
    ] = ""
    poll: Annotated[Duration, _meaning("interval between polls", "duration")] = timedelta(minutes=2)
    connect_timeout: Annotated[Duration, _meaning("longest wait for a connection", "duration")] = (
        timedelta(seconds=20)
    )
    read_timeout: Annotated[Duration, _meaning("longest silence of the server", "duration")] = (
        timedelta(seconds=60)
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
    password: Annotated[
        str, _meaning('secret, only as "env:NAME", "file:PATH" or "cred:NAME"', "secret")
    ] = ""
    timeout: Annotated[Duration, _meaning("longest silence of the server", "duration")] = timedelta(
        seconds=30
    )
    sent: Annotated[
        str,
        _meaning(
            'where the relay files copies: "gmail" or a folder; empty: a doubtful letter waits for an editor'
        ),
    ] = ""
    plus: Annotated[
        Literal["auto", "on", "off"],
        _meaning(
            'answers come to "redaksi+w-2026-0143.…@", which names the submission; auto: at Google and Microsoft 365'
        ),
    ] = "auto"
    max_auto_returns: Annotated[
        int, _meaning("automatic returns of one submission; then an editor decides")
    ] = 2
    per_sender_per_day: Annotated[
        int, _meaning("letters to one address in 24 hours; more are held")
    ] = 4
    per_hour: Annotated[int, _meaning("letters in an hour in all; more are held")] = 60
    per_day: Annotated[
        int, _meaning("letters in 24 hours in all, below the provider's limit; the rest goes later")
    ] = 400
    undo: Annotated[
        Duration,
        _meaning(
            "how long an editor's decision can be taken back before its letter leaves", "duration"
        ),
    ] = timedelta(seconds=30)
    quiet: Annotated[
        str, _meaning('hours in which no letter leaves by itself, "21:00-06:00"; empty: none')
    ] = ""


class Queue(Struct, frozen=True, kw_only=True):
    """The review queue."""

    folder: Annotated[
        str,
        _meaning("where the pages are written; empty: queue/ in data_dir. Serve it behind a login"),
    ] = ""
    sla_days: Annotated[
        int, _meaning("working days until an editor has read a submission; told in the letter")
    ] = 3
    settle: Annotated[
        Duration,
        _meaning(
            "how long a letter about what is missing waits for another mail of the sender's",
            "duration",
        ),
    ] = timedelta(minutes=10)
    digest_to: Annotated[
        tuple[str, ...],
        _meaning("editors who get the morning summary on working days; none when nothing waits"),
    ] = ()
    digest_at: Annotated[str, _meaning("when it is sent on working days")] = "07:30"
    holidays: Annotated[
        str,
        _meaning(
            "country (ISO 3166) whose public holidays and joint leave are no working days; empty: none"
        ),
    ] = "ID"
    days_off: Annotated[
        tuple[date, ...],
        _meaning("more days on which nobody works: joint leave decreed late, a staff outing"),
    ] = ()
    base_url: Annotated[
        str, _meaning("address the queue is served under, for the feed; empty: relative links")
    ] = ""


class Storage(Struct, frozen=True, kw_only=True):
    """The memory of the desk."""

    database: Annotated[
        str,
        _meaning(
            '"sqlite" (in data_dir), "postgresql://…", or a secret as "env:NAME", "file:PATH" or "cred:NAME"'
        ),
    ] = "sqlite"
    min_free: Annotated[int, _meaning("stop taking mail in below this much free disk", "size")] = (
        500 * 1024**2
    )


class Sandboxed(Struct, frozen=True, kw_only=True):
    """The child process that examines a mail."""

    memory: Annotated[int, _meaning("address space of the child", "size")] = 1536 * 1024**2
    wall_clock: Annotated[Duration, _meaning("time for one mail", "duration")] = timedelta(
        seconds=60
    )
    processor: Annotated[Duration, _meaning("processor time for one mail", "duration")] = timedelta(
        seconds=45
    )
    attempts: Annotated[
        int, _meaning("tries before a mail that kills the child is set aside as failed")
    ] = 3
    pool: Annotated[
        int,
        _meaning("mails examined at once, each under `memory`; 0: the processors, at most 4"),
    ] = 0


class Log(Struct, frozen=True, kw_only=True):
    """The log, on standard error."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"], _meaning("least rank that is written")
    ] = "info"
    format: Annotated[Literal["text", "json"], _meaning("logfmt or JSON, one event a line")] = (
        "text"
    )


class Caps(Struct, frozen=True, kw_only=True):
    """What is refused for safety."""

    max_message: Annotated[int, _meaning("largest mail taken in", "size")] = 40 * 1024**2
    max_attachments: Annotated[int, _meaning("most files in one mail")] = 60
    max_attachment: Annotated[int, _meaning("largest single file", "size")] = 30 * 1024**2
    max_unpacked: Annotated[
        int, _meaning("most that one document or archive may unpack to", "size")
    ] = 200 * 1024**2
    max_pixels: Annotated[
        int, _meaning("PNG and TIFF above it are asked for smaller; JPEG is judged scaled")
    ] = 60_000_000
    max_paragraphs: Annotated[int, _meaning("most paragraphs of one document")] = 20_000


class Config(Struct, frozen=True, kw_only=True):
    """All of config.toml."""

    mailbox: tuple[Mailbox, ...] = ()
    language: Annotated[
        Literal["id", "en"],
        _meaning("language of pages, of the command, and of letters to people who chose none"),
    ] = "id"
    timezone: Annotated[str, _meaning("zone of dates in letters and pages")] = "Asia/Jakarta"
    data_dir: Annotated[
        str, _meaning("database, raw mails, files and the queue; made with mode 0700")
    ] = "data"
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
        value = self.storage.database
        if value == "sqlite":
            return f"sqlite:///{(self.home / 'redaksi.db').absolute()}"
        url = read_secret("storage.database", value, environment) if is_secret(value) else value
        return url.replace("postgresql://", "postgresql+psycopg://", 1)


def address_of(box: Mailbox) -> str:
    """The address of a mailbox: said, or its user name when that is one."""
    return box.address or (box.user if "@" in box.user else "")


# Providers that deliver "name+detail@" to "name@" without being asked: Gmail's help 22370; Exchange
# Online, Plus Addressing, on by default since 2022.
_PLUS_AT = frozenset({"imap.gmail.com", "imap.googlemail.com", "outlook.office365.com"})


def is_plus_addressed(config: Config, box: Mailbox) -> bool:
    """Whether an answer to a plus-address of our From comes back to this mailbox."""
    value, written_as = config.reply.plus, config.reply.address
    if value == "auto":
        return box.host.lower() in _PLUS_AT and written_as.lower() in ("", address_of(box).lower())
    return value == "on"


def make_limits(config: Config, mailbox: Mailbox | None = None) -> Limits:
    """What bends an examination, for one of our mailboxes (None: for `redaksi check`, the
    first)."""
    ours = mailbox or (config.mailbox[0] if config.mailbox else None)
    addresses = {address_of(box).lower() for box in config.mailbox} | {config.reply.address.lower()}
    return Limits(
        safety=Safety(**msgspec.structs.asdict(config.safety)),
        identity=Identity(
            addresses=tuple(sorted(addresses - {""})), authserv_id=ours.authserv_id if ours else ""
        ),
        rules=config.rules,
    )


def read_environment() -> Mapping[str, str]:
    """The process's environment, read at the door."""
    return os.environ
