"""A conversation on the stage in Dovecot, with a clock one can turn, and what is said in it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from unittest import mock

import msgspec
from msgspec import Struct

from desk.app import App
from desk.demo import show
from desk.demo.imap import ImapServer
from desk.demo.makers import mail, photo, word
from desk.demo.post import part
from desk.demo.samples import ANDI
from desk.demo.show import Stage
from desk.demo.texts import article
from desk.store import events
from desk.store.submissions import review_queue
from desk.worker import round as worker
from desk.worker.round import one_round, open_pool
from desk.workflow.decisions import Decision, Resolved, decide
from ingest.fetch.listing import Account
from tests.empty_store import lay_out
from tests.kept_pool import lend_pool

TEXT = article("Talise", "membangun jalan lingkungan", 1)
TITLE = "BKM Sejahtera Palu Tuntaskan 320 Meter Jalan Lingkungan"
SUBJECT = "Warta Palu"


@contextmanager
def set_up(folder: Path, account: Account) -> Iterator[Stage]:
    """The stage with what a test process keeps: its Dovecot, in which the account is the test's
    own, its examiners unless the test has others, and an empty store."""
    imap = ImapServer(
        name="Dovecot",
        host=account.host,
        port=account.port,
        user=account.user,
        password=account.password,
    )
    lay_out(folder / "data")
    chosen = lend_pool if worker.open_pool is open_pool else worker.open_pool
    with (
        mock.patch.object(show, "imap_server", lambda: nullcontext(imap)),
        mock.patch.object(worker, "open_pool", chosen),
        show.stage(folder) as on,
    ):
        yield on


class Scene(Struct):
    """The stage with a clock one can turn."""

    on: Stage
    now: datetime
    sent: int = 0

    @property
    def app(self) -> App:
        return msgspec.structs.replace(self.on.app, clock=lambda: self.now)

    def hand_in(self, *mailed: bytes) -> None:
        for raw in mailed:
            self.on.deliver(raw, self.now)
        self.round()

    def round(self) -> None:
        done = one_round(self.app)
        assert not done.troubles

    def letters(self) -> list[Message]:
        """What arrived since the last time one looked."""
        arrived = self.on.letterbox.letters[self.sent :]
        self.sent += len(arrived)
        return [message_from_bytes(one.content) for one in arrived]

    def rows(self) -> list[review_queue.QueueRow]:
        with self.on.app.store.read() as tx:
            return review_queue.queue_rows(tx)

    def row(self) -> review_queue.QueueRow:
        (row,) = [one for one in self.rows() if one.number.startswith("W-")]
        return row

    def happened(self) -> list[str]:
        with self.on.app.store.read() as tx:
            return [one.what for one in events.of_submission(tx, self.row().id)]


def naskah(**differs: object) -> bytes:
    told = {
        "byline": "Andi Tenri, Tim 02 Palu",
        "captions": ["IMG_3001.jpg: Warga meratakan beton di lorong."],
    }
    return word(TITLE, TEXT, **(told | differs))  # type: ignore[arg-type]


def first(**differs: object) -> bytes:
    files = [("Warta Palu.docx", naskah(**differs)), ("IMG_3001.jpg", photo(800, 600, 4))]
    return mail(ANDI, SUBJECT, "Mohon diterima naskah kami.\n", files)


def reply(
    to: Message, text: str, *files: tuple[str, bytes], sender: tuple[str, str] = ANDI
) -> bytes:
    headers = [
        ("In-Reply-To", str(to["Message-ID"])),
        ("References", " ".join([*str(to["References"]).split(), str(to["Message-ID"])])),
    ]
    return mail(sender, f"Re: {SUBJECT}", text, files, headers=headers)


def only(letters: list[Message]) -> Message:
    (letter,) = letters
    return letter


def status(letter: Message) -> str:
    return part(letter, "text/plain").strip().splitlines()[0]


def settled(scene: Scene) -> Message:
    """A submission that is ready for an editor; its letter."""
    scene.hand_in(first())
    scene.hand_in(
        reply(only(scene.letters()), "Ini fotonya.\n", ("IMG_3001.jpg", photo(1600, 1200, 4)))
    )
    return only(scene.letters())


def word_of(scene: Scene, event: str, **differs: object) -> Resolved:
    """An editor decides, and the time to take it back passes."""
    done = decide(scene.app, scene.row().number, Decision(event=event, **differs))  # type: ignore[arg-type]
    scene.now += timedelta(minutes=1)
    scene.round()
    return done
