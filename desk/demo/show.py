"""`make demo`: local servers, the sample mails, the real worker, a scoreboard, and pages to look
at.

Nothing here is a shortcut: mails go in by IMAP APPEND and are taken in by `ingest.fetch.mailbox`;
letters leave by `publisher.smtp.session` and arrive at a capturing SMTP server.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import msgspec
from msgspec import Struct

from desk.app import App, open_app
from desk.demo.config_file import leave_config
from desk.demo.editors import serve_editors
from desk.demo.imap import ImapServer, imap_server
from desk.demo.inbox import DropFolder
from desk.demo.pages import serving
from desk.demo.post import Letterbox, capturing
from desk.demo.samples import Sample, samples
from desk.inbound.accounts import imap_account
from desk.inbound.poll import Watch
from desk.store.inbound import mails
from desk.store.submissions import review_queue
from desk.worker.daemon import run_daemon
from desk.worker.round import Round, one_round
from desk.workflow.decisions import Decision, decide
from ingest.fetch.mailbox import open_mailbox
from redaksi import catalog
from redaksi.catalog import Catalog
from redaksi.config.bounds import Sandboxed
from redaksi.config.publish import Publish, PublishTarget
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.errors import IllegalMove
from redaksi.model import Language, Verdict

Say = Callable[[str], None]
Bar = Callable[[], AbstractContextManager[Callable[[int, int], None]]]
BOX = "warta"
# in the scoreboard's order
VERDICTS: tuple[Verdict, ...] = (
    "accept",
    "review",
    "revise",
    "incomplete",
    "quarantine",
    "failed",
    "ignore",
)


class Stage(Struct, frozen=True, kw_only=True):
    """The running demo."""

    app: App
    imap: ImapServer
    letterbox: Letterbox
    folder: Path

    @property
    def words(self) -> Catalog:
        """The words of the demo's language."""
        return catalog.load(self.app.config.language)

    def deliver(self, raw: bytes, at: datetime | None = None) -> None:
        """Put a mail into the inbox over IMAP; it arrives now, or then."""
        with open_mailbox(imap_account(self.app, self.app.config.mailbox[0])) as mailbox:
            mailbox.append("INBOX", raw, internaldate=at)


@contextmanager
def stage(
    folder: Path, language: Language = "id", publish: Publish | None = None
) -> Iterator[Stage]:
    """Servers and office, all on 127.0.0.1 and free ports, all in `folder`; stopped and closed
    at the end."""
    with ExitStack() as stack:
        imap = stack.enter_context(imap_server())
        letterbox = Letterbox(folder / "pages" / "kotak")
        port = stack.enter_context(capturing(letterbox))
        config = configuration(folder, imap, port, language)
        config = msgspec.structs.replace(config, publish=publish or Publish())
        app = stack.enter_context(open_app(config, environment={"DEMO_PASSWORD": imap.password}))
        yield Stage(app=app, imap=imap, letterbox=letterbox, folder=folder)


def configuration(folder: Path, imap: ImapServer, smtp_port: int, language: Language) -> Config:
    """What config.toml would say here."""
    box = Mailbox(
        id=BOX,
        address="redaksi@warta.example",
        host=imap.host,
        port=imap.port,
        user=imap.user,
        password="env:DEMO_PASSWORD",  # noqa: S106
        since=date(2020, 1, 1),
        security="none",
        authserv_id="mx.warta.example",
        mark="Redaksi-Diproses",
        poll=timedelta(seconds=1),
    )
    return Config(
        mailbox=(box,),
        language=language,
        data_dir=str(folder / "data"),
        queue=Queue(folder=str(folder / "pages" / "antrean"), settle=timedelta(0)),
        sandbox=Sandboxed(require="basic"),  # a demo runs everywhere
        reply=Reply(
            mode="auto", host="127.0.0.1", port=smtp_port, security="none", per_sender_per_day=20
        ),
    )


def play(on: Stage, say: Say, bar: Bar) -> tuple[Round, list[str]]:
    """Deliver the samples, run one round; what it did, and every outcome that is not the
    expected one."""
    chosen = list(samples())
    for sample in chosen:
        on.deliver(sample.raw)
    say(on.words.say("demo", "delivered", n=len(chosen), server=on.imap.name))
    with bar() as tick:
        done = one_round(on.app, Watch(progress=tick))
    return done, surprises(on, chosen)


@contextmanager
def silent() -> Iterator[Callable[[int, int], None]]:
    """No bar."""
    yield lambda _done, _all: None


def surprises(on: Stage, chosen: list[Sample]) -> list[str]:
    """Outcomes and letters that differ from what the samples must become."""
    with on.app.store.read() as tx:
        outcomes = mails.outcomes(tx)
    letters = {in_reply_to(letter.content) for letter in on.letterbox.letters}
    wrong = []
    for sample in chosen:
        message_id = str(message_from_bytes(sample.raw)["Message-ID"])
        became = outcomes.get(message_id, on.words.say("demo", "nothing"))
        if became != sample.decision:
            facts = {"name": sample.name, "became": became, "expected": sample.decision}
            wrong.append(on.words.say("demo", "outcome", **facts))
        if (message_id in letters) != bool(sample.letter):
            key = "letter_sent" if message_id in letters else "letter_missing"
            wrong.append(on.words.say("demo", key, name=sample.name))
    return wrong


def in_reply_to(raw: bytes) -> str:
    """The Message-ID a letter answers."""
    return str(message_from_bytes(raw)["In-Reply-To"])


def scoreboard(on: Stage) -> list[str]:
    """So many mails became this."""
    with on.app.store.read() as tx:
        became = list(mails.outcomes(tx).values())
    counts = [
        (became.count(verdict), on.words.say("demo.verdict", verdict)) for verdict in VERDICTS
    ]
    counts = [(count, word) for count, word in counts if count]
    counts.append((len(on.letterbox.letters), on.words.say("demo", "letters")))
    first = on.words.say("demo", "became", n=len(became))
    return [first, *(f"  {count:>3}  {word}" for count, word in counts)]


def once(say: Say, bar: Bar = silent, language: Language = "id") -> int:
    """The scoreboard alone: 0, or 1 when an outcome is not the expected one."""
    with (
        tempfile.TemporaryDirectory(prefix="redaksi-demo-") as folder,
        stage(Path(folder), language) as on,
    ):
        done, wrong = play(on, say, bar)
        troubles = [trouble.say(language) for trouble in done.troubles]
        for line in (*scoreboard(on), *troubles, *wrong):
            say(line)
        return 1 if wrong or done.troubles else 0


def stay(
    say: Say,
    inbox: Path,
    stop: Callable[[float], bool],
    bar: Bar = silent,
    language: Language = "id",
) -> int:
    """The scoreboard, then the daemon and its pages until `stop(seconds)` says so. A configuration is
    left beside `inbox`, for every verb."""
    inbox.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        prefix = "redaksi-demo-"
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=prefix)))
        address = stack.enter_context(serving(folder / "pages"))
        publish = Publish(target=(publish_to(folder / "pages" / "warta", f"{address}warta/"),))
        on = stack.enter_context(stage(folder, language, publish))
        config = inbox.parent / "config.toml"
        stack.enter_context(leave_config(config, on.app.config, on.imap.password))
        _, wrong = play(on, say, bar)
        number = schedule_one(on)
        for line in (*scoreboard(on), *wrong):
            say(line)
        desk = stack.enter_context(serve_editors(on.app))
        stack.enter_context(run_daemon(on.app))
        say("")
        if desk is not None:
            say(on.words.say("demo", "desk", address=desk.address))
            facts = {"login": desk.login, "password": desk.password}
            say(on.words.say("demo", "sign_in", **facts))
        say(on.words.say("demo", "queue", address=f"{address}antrean/"))
        say(on.words.say("demo", "warta", address=f"{address}warta/"))
        say(on.words.say("demo", "letterbox", address=f"{address}kotak/"))
        say(on.words.say("demo", "config", config=config, number=number))
        say(on.words.say("demo", "inbox", inbox=inbox))
        drops = DropFolder(inbox, on.deliver, say, on.words)
        while not stop(0.5):
            drops.look()
    return 1 if wrong else 0


def publish_to(folder: Path, address: str) -> PublishTarget:
    """The demo's target: a folder, served on this machine."""
    folder.mkdir(parents=True)
    return PublishTarget(
        id="warta", kind="folder", private=True, folder=str(folder), base_url=address
    )


def schedule_one(on: Stage) -> str:
    """An editor schedules the first submission that is ready, so that there is a Warta to see; the
    number of the next one that is ready."""
    with on.app.store.read() as tx:
        ready = [row.number for row in review_queue.called_rows(tx) if row.state == "review"]
    when = on.app.clock() + on.app.config.reply.undo
    decision = Decision(event="schedule", publish_at=when, editor="Nina", initials="NIN")
    for place, number in enumerate(ready):
        with suppress(IllegalMove):
            decide(on.app, number, decision)
            return next(iter(ready[place + 1 :]), number)
    return next(iter(ready), "W-…")
