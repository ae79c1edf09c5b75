"""The office: everything a pass over the mail needs, opened once. The clock is an argument."""

import hashlib
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from desk.store import Store, open_store
from desk.store.jobs import leases
from ingest.fetch import oauth, spool
from ingest.fetch.listing import Account
from publisher.letters.proofread import load
from publisher.letters.stationery import Templates
from publisher.smtp.session import SmtpServer
from redaksi.config import schema as configuration
from redaksi.config.schema import Config, Mailbox, own_address
from redaksi.text import workdays

LEFTOVER = timedelta(days=7)  # a download that nobody came back for
Clock = Callable[[], datetime]


class App(Struct, frozen=True, kw_only=True):
    """Configuration, memory, templates, clock and the name this process goes by in leases."""

    config: Config
    store: Store
    templates: Templates
    clock: Clock
    name: str
    environment: Mapping[str, str]

    @property
    def thumbnails(self) -> Path:
        """Derived pictures: <ab>/<sha256>.jpg."""
        return self.config.home / "thumbnails"

    @property
    def spool(self) -> Path:
        """Where downloads begin, in the blobs' own file system."""
        return self.config.home / "spool"

    def header(self, source_text: str) -> Path:
        """Where the header of a mail that was too big to take in waits to be read
        ("warta/INBOX/1/17")."""
        return self.spool / f"{hashlib.sha256(source_text.encode()).hexdigest()}.header"

    def mailbox(self, mailbox_id: str) -> Mailbox | None:
        """The configuration of a mailbox; None when it is no longer configured."""
        return next((box for box in self.config.mailbox if box.id == mailbox_id), None)

    def account(self, box: Mailbox) -> Account:
        """How to enter a mailbox; with OAuth2 its access token is renewed when need be.

        Raises ConfigError when its secret is missing, LoginRefused when the login has died,
        Unreachable.
        """
        by_token = box.auth == "oauth2"
        return Account(
            id=box.id,
            host=box.host,
            port=box.port,
            security=box.security,
            user=box.user,
            password=self._token(box)
            if by_token
            else configuration.secret(box.password, self.environment),
            auth="xoauth2" if by_token else "password",
            tls_ca=box.tls_ca,
            connect_timeout=box.connect_timeout.total_seconds(),
            read_timeout=box.read_timeout.total_seconds(),
        )

    def token_file(self, box: Mailbox) -> Path:
        """Where the tokens of a mailbox lie."""
        return Path(box.token_file) if box.token_file else self.config.home / f"{box.id}.token"

    def client(self, box: Mailbox) -> oauth.Client:
        """This installation as the mailbox's provider knows it. Raises ConfigError when the
        secret is missing."""
        secret = configuration.secret(box.client_secret, self.environment)
        return oauth.Client(client_id=box.client_id, client_secret=secret)

    def _token(self, box: Mailbox) -> str:
        return oauth.access_token(
            self.token_file(box),
            provider(box),
            self.client(box),
            mailbox=box.id,
            now=self.clock().timestamp(),
        )

    def relay(self) -> SmtpServer | None:
        """Where letters are handed in; None when no server is configured."""
        reply = self.config.reply
        if not reply.host:
            return None
        return SmtpServer(
            host=reply.host,
            port=reply.port,
            security=reply.security,
            user=reply.user,
            password=configuration.secret(reply.password, self.environment),
            timeout=reply.timeout.total_seconds(),
        )

    def writes_as(self, mailbox_id: str) -> str:
        """From of the letters of a mailbox."""
        box = self.mailbox(mailbox_id)
        return self.config.reply.address or own_address(box or self.config.mailbox[0])


def working_days(app: App, since: datetime, now: datetime) -> int:
    """How many working days of the redaksi's have come since a day: what `queue.sla_days` is
    counted in."""
    zone, queue = app.config.zone, app.config.queue
    return workdays.count(
        since.astimezone(zone).date(), now.astimezone(zone).date(), queue.holidays, queue.days_off
    )


def provider(box: Mailbox) -> oauth.Provider:
    """Whose login a mailbox uses."""
    return oauth.GOOGLE if box.provider == "google" else oauth.microsoft(box.tenant)


def now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


def gone(holder: str) -> bool:
    """Whether a lease's holder was a process of this machine that has ended: nobody need wait
    for its leases."""
    host, _, rest = holder.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def opened(
    config: Config, clock: Clock = now, environment: Mapping[str, str] | None = None
) -> Iterator[App]:
    """Open the store, migrate it, check the letters' templates. Raises ConfigError or
    StoreError."""
    told = configuration.environment() if environment is None else environment
    config.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    overrides = Path(config.reply.templates) if config.reply.templates else None
    app = App(
        config=config,
        store=open_store(config.database_url(told), config.home / "blobs"),
        templates=load(overrides),
        clock=clock,
        name=f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}",
        environment=told,
    )
    for folder in (app.spool, app.thumbnails):
        folder.mkdir(mode=0o700, exist_ok=True)
    spool.sweep(app.spool, LEFTOVER.total_seconds())
    with app.store.begin() as tx:
        leases.reap(tx, clock(), gone)
    try:
        yield app
    finally:
        app.store.close()
