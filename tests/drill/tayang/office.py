"""An office with one submission that is ready, copied for every run; and a store in which something
happens at a committed step: the process ends there, or another one works."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from msgspec import Struct
from sqlalchemy import Table, update

from desk.app import App
from desk.demo.makers import mail, word
from desk.demo.texts import article
from desk.store import Store, Transaction
from desk.store.columns import Base
from desk.store.engine import make_engine
from desk.store.tables import Process
from publisher.smtp.session import Sent, SmtpSession
from redaksi.config.publish import Publish, PublishTarget
from tests import postgres
from tests.contract import test_ask_again as light
from tests.sites import Cut

TARGETS = ("situs", "lain")
NUMBER = "W-2026-0001"
FOR_EVER = datetime(2100, 1, 1, tzinfo=UTC)


class Template(Struct, frozen=True, kw_only=True):
    """What a run begins with. `cluster`: PostgreSQL's; None: SQLite."""

    app: App
    home: Path
    name: str
    begin: datetime
    cluster: postgres.Cluster | None
    store: Store  # of every run, one after another
    revisions: tuple[bytes, ...]  # mails that bring the article anew


@contextmanager
def make_template(home: Path, cluster: postgres.Cluster | None) -> Iterator[Template]:
    """A submission that is ready for an editor, its letter sent."""
    name = cluster.create() if cluster else "template.db"
    url = cluster.url(name) if cluster else f"sqlite:///{home / name}"
    for desk in light.opened(home, settle=10, url=url):
        for raw in (light.ARTICLE, light.shots()):
            desk.take_in(raw)
            desk.examine()
        desk.minutes(15)
        desk.send()
        answered = desk.letters()[-1].message_id
        template = Template(
            app=desk.app,
            home=home,
            name=name,
            begin=desk.now,
            cluster=cluster,
            store=Store(make_engine(url if cluster else f"sqlite:///{home / 'run.db'}")),
            revisions=tuple(_make_answer(number, answered) for number in (2,)),
        )
    store = Store(make_engine(url))
    with store.begin() as tx:  # it lives: its heartbeat is not what is tried here
        tx.execute(update(Process).values(heartbeat_at=FOR_EVER, ended_at=None))
    store.close()
    if cluster is not None:
        cluster.execute(_FREEZE, url)
    yield template


def _make_answer(number: int, answered: str) -> bytes:
    """The article anew, in answer to our letter."""
    title = f"Warga Talise Membangun Jalan Bersama {number}"
    text = article("Talise", "membangun jalan lingkungan", number)
    document = word(title, text, byline="Andi Tenri, Tim 02 Palu", captions=[])
    files = [("Naskah.docx", document)]
    return mail(
        light.ANDI,
        f"Naskah {number}",
        "Kami betulkan.\n",
        files,
        headers=[("In-Reply-To", answered)],
    )


@contextmanager
def copy_office(template: Template) -> Iterator[App]:
    """The office as it began; letters leave."""
    _copy_database(template)
    try:
        with mock.patch.object(SmtpSession, "send", lambda *_: Sent(reply="250")):
            yield msgspec.structs.replace(template.app, store=template.store)
    finally:
        template.store.close()  # its engine keeps the statements it has compiled


def _copy_database(template: Template) -> None:
    if template.cluster is not None:
        template.cluster.execute(_RESTORE, template.cluster.url(template.name))
        return
    for each in template.home.glob("run.db*"):
        each.unlink()
    shutil.copyfile(template.home / template.name, template.home / "run.db")


_NAMES = [f'"{name}"' for name in Base.metadata.tables]
_FREEZE = "CREATE SCHEMA frozen;" + "".join(
    f"CREATE TABLE frozen.{name} AS SELECT * FROM {name};" for name in _NAMES
)


def _restore(table: Table) -> str:
    """What the database generates it generates anew."""
    kept = ", ".join(f'"{each.name}"' for each in table.columns if each.computed is None)
    name = table.name
    return (
        f'DELETE FROM "{name}"; INSERT INTO "{name}" ({kept}) SELECT {kept} FROM frozen."{name}";'
    )


# sequences go on: an id is never given twice; nothing of the store's own hinders it
_RESTORE = "SET session_replication_role = replica;" + "".join(
    _restore(table) for table in Base.metadata.tables.values()
)


def set_targets(app: App, targets: tuple[str, ...]) -> App:
    """The same office, publishing there."""
    publish = Publish(target=tuple(PublishTarget(id=each, kind="webhook") for each in targets))
    return msgspec.structs.replace(app, config=msgspec.structs.replace(app.config, publish=publish))


class Stepped:
    """A store in which `then` happens at the transaction that writes number `at`, from 1: once
    before it is committed, or once after. Raising Cut there ends the process: the dead read and write
    nothing more."""

    def __init__(
        self, store: Any, at: int, then: Callable[[], None], *, after: bool = True
    ) -> None:
        self._store, self._left, self._then, self._after = store, at, then, after
        self.is_dead = False
        self.steps = 0

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """See Store."""
        self._refuse_dead()
        self._left -= 1
        self.steps += 1
        with self._store.begin() as tx:
            yield tx
            if self._left == 0 and not self._after:
                self._happen()
        if self._left == 0 and self._after:
            self._happen()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """See Store."""
        self._refuse_dead()
        with self._store.read() as tx:
            yield tx

    def _happen(self) -> None:
        try:
            self._then()
        except Cut:
            self.is_dead = True
            raise

    def _refuse_dead(self) -> None:
        if self.is_dead:
            raise Cut


def die() -> None:
    """The process ends here."""
    raise Cut


def step(app: App, at: int, then: Callable[[], None], *, after: bool = True, name: str = "") -> App:
    """The office as a process sees it to which that happens. `name`: another's than the app's own,
    whose heartbeat nobody hears."""
    store: Any = Stepped(app.store, at, then, after=after)
    return msgspec.structs.replace(app, store=store, name=name or app.name)
