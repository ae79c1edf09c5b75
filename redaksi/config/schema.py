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
from msgspec import Struct

from redaksi.config.bounds import Caps, Retention, Sandboxed
from redaksi.config.key import Duration, mean
from redaksi.config.metrics import Metrics
from redaksi.config.publish import Publish
from redaksi.config.scanner.address import Scan
from redaksi.config.secrets import is_secret, read_secret
from redaksi.limits import Identity, Limits, Safety


class Mailbox(Struct, frozen=True, kw_only=True):
    """A mailbox to poll."""

    id: Annotated[str, mean("short name of the mailbox; never change it once mails were taken in")]
    host: Annotated[str, mean("IMAP server")]
    user: Annotated[str, mean("IMAP user name")]
    auth: Annotated[
        Literal["password", "oauth2"],
        mean('"oauth2": after `redaksi login`, without a password'),
    ] = "password"
    password: Annotated[
        str,
        mean(
            'secret, only as "env:NAME", "file:PATH" or "cred:NAME"; Gmail: an app password',
            "secret",
        ),
    ] = ""
    provider: Annotated[Literal["google", "microsoft"], mean("oauth2: whose login")] = "google"
    tenant: Annotated[str, mean("oauth2 at Microsoft: the organisation's tenant")] = "common"
    client_id: Annotated[str, mean("oauth2: this installation's id in the provider's console")] = ""
    client_secret: Annotated[
        str,
        mean('oauth2: the secret beside it, as "env:NAME", "file:PATH" or "cred:NAME"', "secret"),
    ] = ""
    token_file: Annotated[
        str,
        mean("oauth2: where `redaksi login` keeps the tokens; empty: <id>.token in data_dir"),
    ] = ""
    address: Annotated[str, mean("the address contributors write to; empty: the user name")] = ""
    since: Annotated[
        date | None,
        mean("mails that arrived before this day are left alone; mandatory at the first start"),
    ] = None
    port: Annotated[int, mean("IMAP port")] = 993
    security: Annotated[
        Literal["tls", "starttls", "none"], mean('"none" only for a server on this machine')
    ] = "tls"
    tls_ca: Annotated[
        str,
        mean("file of certificates to trust instead of the system's, for a server of your own"),
    ] = ""
    folders: Annotated[
        tuple[str, ...],
        mean(
            'folders to poll, or a special use: "\\\\Junk" is Spam, whatever its name; contributions land there'
        ),
    ] = ("INBOX", "\\Junk")
    authserv_id: Annotated[
        str,
        mean(
            'our border in Authentication-Results, "mx.google.com" at Gmail; empty: every letter waits'
        ),
    ] = ""
    mark: Annotated[
        str,
        mean("keyword, Gmail label or folder for mails taken in; empty: tell the server nothing"),
    ] = ""
    poll: Annotated[Duration, mean("interval between polls", "duration")] = timedelta(minutes=2)
    connect_timeout: Annotated[Duration, mean("longest wait for a connection", "duration")] = (
        timedelta(seconds=20)
    )
    read_timeout: Annotated[Duration, mean("longest silence of the server", "duration")] = (
        timedelta(seconds=60)
    )


class Reply(Struct, frozen=True, kw_only=True):
    """The letters."""

    mode: Annotated[
        Literal["off", "draft", "auto"],
        mean(
            "off: no letters; draft: an editor sends each (redaksi letters); auto: they go by themselves"
        ),
    ] = "draft"
    address: Annotated[str, mean("From of the letters; empty: the mailbox's own address")] = ""
    name: Annotated[str, mean("the name beside it")] = "Redaksi Warta"
    sign: Annotated[str, mean("signature of the letters")] = "Redaksi Warta"
    templates: Annotated[
        str, mean("folder of your own letter templates, laid over ours; empty: ours")
    ] = ""
    host: Annotated[str, mean("SMTP server; empty: no letter can leave")] = ""
    port: Annotated[int, mean("SMTP port")] = 465
    security: Annotated[
        Literal["tls", "starttls", "none"], mean('"none" only for a server on this machine')
    ] = "tls"
    user: Annotated[str, mean("SMTP user name; empty: no login")] = ""
    password: Annotated[
        str, mean('secret, only as "env:NAME", "file:PATH" or "cred:NAME"', "secret")
    ] = ""
    timeout: Annotated[Duration, mean("longest silence of the server", "duration")] = timedelta(
        seconds=30
    )
    sent: Annotated[
        str,
        mean(
            'where the relay files copies: "gmail" or a folder; empty: a doubtful letter waits for an editor'
        ),
    ] = ""
    plus: Annotated[
        Literal["auto", "on", "off"],
        mean(
            'answers come to "redaksi+w-2026-0143.…@", which names the submission; auto: at Google and Microsoft 365'
        ),
    ] = "auto"
    max_auto_returns: Annotated[
        int, mean("automatic returns of one submission; then an editor decides")
    ] = 2
    per_sender_per_day: Annotated[
        int, mean("letters to one address in 24 hours; more are held")
    ] = 4
    per_hour: Annotated[int, mean("letters in an hour in all; more are held")] = 60
    per_day: Annotated[
        int, mean("letters in 24 hours in all, below the provider's limit; the rest goes later")
    ] = 400
    undo: Annotated[
        Duration,
        mean(
            "how long an editor's decision can be taken back before its letter leaves", "duration"
        ),
    ] = timedelta(seconds=30)
    quiet: Annotated[
        str, mean('hours in which no letter leaves by itself, "21:00-06:00"; empty: none')
    ] = ""


class Queue(Struct, frozen=True, kw_only=True):
    """The review queue."""

    folder: Annotated[
        str,
        mean("where the pages are written; empty: queue/ in data_dir. Serve it behind a login"),
    ] = ""
    group: Annotated[
        str,
        mean(
            'whose members may read the pages too, "www-data"; folder outside data_dir; empty: nobody'
        ),
    ] = ""
    sla_days: Annotated[
        int, mean("working days until an editor has read a submission; told in the letter")
    ] = 3
    settle: Annotated[
        Duration,
        mean(
            "how long a letter about what is missing waits for another mail of the sender's",
            "duration",
        ),
    ] = timedelta(minutes=10)
    digest_to: Annotated[
        tuple[str, ...],
        mean("editors who get the morning summary on working days; none when nothing waits"),
    ] = ()
    digest_at: Annotated[str, mean("when it is sent on working days")] = "07:30"
    holidays: Annotated[
        str,
        mean(
            "country (ISO 3166) whose public holidays and joint leave are no working days; empty: none"
        ),
    ] = "ID"
    days_off: Annotated[
        tuple[date, ...],
        mean("more days on which nobody works: joint leave decreed late, a staff outing"),
    ] = ()
    base_url: Annotated[
        str, mean("address the queue is served under, for the feed; empty: relative links")
    ] = ""


class Storage(Struct, frozen=True, kw_only=True):
    """The memory of the desk."""

    database: Annotated[
        str,
        mean(
            '"sqlite" (in data_dir), "postgresql://…", or a secret as "env:NAME", "file:PATH" or "cred:NAME"'
        ),
    ] = "sqlite"
    min_free: Annotated[int, mean("stop taking mail in below this much free disk", "size")] = (
        500 * 1024**2
    )


class Backup(Struct, frozen=True, kw_only=True):
    """Backups, made by `redaksi backup`."""

    warn_after: Annotated[
        Duration,
        mean(
            "`redaksi status` tells that the last backup is older; never where none was made",
            "duration",
        ),
    ] = timedelta(days=8)


class Log(Struct, frozen=True, kw_only=True):
    """The log, on standard error."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"], mean("least rank that is written")
    ] = "info"
    format: Annotated[Literal["text", "json"], mean("logfmt or JSON, one event a line")] = "text"


class Web(Struct, frozen=True, kw_only=True):
    """The editors' desk in a browser."""

    listen: Annotated[
        str,
        mean('host:port, "127.0.0.1:8025"; empty: `redaksi run` serves no desk (`serve` does)'),
    ] = ""
    base_url: Annotated[
        str, mean("address it is reached at from outside, https; for links, cookies and Host")
    ] = ""
    trusted_proxies: Annotated[
        tuple[str, ...],
        mean("addresses whose X-Forwarded-For is believed, for limits on signing in alone"),
    ] = ()
    session: Annotated[
        Duration, mean('how long "stay signed in" holds; else 12 hours', "duration")
    ] = timedelta(days=14)


class Config(Struct, frozen=True, kw_only=True):
    """All of config.toml."""

    mailbox: tuple[Mailbox, ...] = ()
    language: Annotated[
        Literal["id", "en"],
        mean("language of pages, of the command, and of letters to people who chose none"),
    ] = "id"
    timezone: Annotated[str, mean("zone of dates in letters and pages")] = "Asia/Jakarta"
    data_dir: Annotated[
        str, mean("database, raw mails, files and the queue; made with mode 0700")
    ] = "data"
    reply: Reply = Reply()
    queue: Queue = Queue()
    publish: Publish = Publish()
    web: Web = Web()
    retention: Retention = Retention()
    storage: Storage = Storage()
    backup: Backup = Backup()
    safety: Caps = Caps()
    sandbox: Sandboxed = Sandboxed()
    scan: Scan = Scan()
    log: Log = Log()
    metrics: Metrics = Metrics()
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
    caps = msgspec.structs.asdict(config.safety)
    read = {field.name for field in msgspec.structs.fields(Safety)}
    return Limits(
        safety=Safety(**{key: caps[key] for key in caps if key in read}),
        identity=Identity(
            addresses=tuple(sorted(addresses - {""})), authserv_id=ours.authserv_id if ours else ""
        ),
        rules=config.rules,
    )


def read_environment() -> Mapping[str, str]:
    """The process's environment, read at the door."""
    return os.environ
