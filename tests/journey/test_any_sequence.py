"""No sequence of mails, decisions and ticks reaches an illegal state, loses a file or sends a
letter twice."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from desk.app import App, open_app
from desk.demo.makers import mail, photo, word
from desk.demo.samples import ANDI, RAHMA
from desk.demo.texts import article
from desk.inbound.poll import Watch, own_mailbox
from desk.jobs.job_queue import EXAMINE
from desk.outbound import sender
from desk.store import events
from desk.store.inbound import ledger, own_mailboxes
from desk.store.outbound import outbox as letters
from desk.store.submissions import review_queue
from desk.store.submissions.frozen import thaw
from desk.store.tables import Examination as Tried
from desk.store.tables import Mail, Submission
from desk.worker.round import examine_waiting
from desk.workflow import clock
from desk.workflow import pair as pairing
from desk.workflow.decisions import Decision, decide
from ingest.read.parcel import read_email
from publisher.letters.letter_context import Remark
from publisher.smtp.session import Deferred, Outcome, Refused, Sent, SmtpSession, Unknown
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.errors import IllegalMove
from redaksi.limits import Safety
from redaksi.states import TRANSITIONS, Event
from tests.empty_store import lay_out
from tests.in_process import InProcess
from tests.journey.whole import assert_whole

BEGIN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TEXT = article("Talise", "membangun jalan lingkungan", 1)
OTHER = article("Tallo", "mengolah sampah dapur", 0)


@cache
def naskah(text: int, font: str) -> bytes:
    told = (TEXT, OTHER)[text]
    return word(
        f"Warga Bersama {text}",
        told,
        byline="Andi",
        captions=["IMG_1.jpg: Warga meratakan jalan."],
        font=font,
    )


@cache
def shot(width: int, seed: int) -> bytes:
    return photo(width, width * 3 // 4, seed)


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "good article": ("Warta.docx", lambda: naskah(0, "Times New Roman")),
    "bad article": ("Warta.docx", lambda: naskah(0, "Calibri")),
    "other article": ("Lain.docx", lambda: naskah(1, "Times New Roman")),
    "good photo": ("IMG_1.jpg", lambda: shot(1600, 1)),
    "small photo": ("IMG_1.jpg", lambda: shot(800, 1)),
    "renamed photo": ("baru.jpg", lambda: shot(1600, 2)),
    "nothing to read": ("Warta.docx", lambda: b"PK\x03\x04 not a document"),
}
WORDS = ("Naskah terlampir.", "Terima kasih.", "BATAL", "IMG_1.jpg: Warga bekerja bakti di lorong.")


class Conversation(RuleBasedStateMachine):
    """Two contributors, one editor, a clock and a relay of moods."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.count = 0
        self.wire: Counter[str] = Counter()
        self.mood = "good"
        self.stack = ExitStack()

    @initialize()
    def open(self) -> None:
        home = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.stack.callback(assert_whole, home)
        box = Mailbox(
            id="warta",
            address="redaksi@warta.example",
            host="x",
            user="x",
            password="env:P",
            since=date(2020, 1, 1),
            authserv_id="mx.warta.example",
        )
        reply = Reply(mode="auto", host="x", security="none", per_sender_per_day=6)
        config = Config(
            mailbox=(box,), data_dir=str(home), reply=reply, queue=Queue(settle=timedelta(0))
        )
        lay_out(home)
        self.app: App = self.stack.enter_context(open_app(config, lambda: self.now, {"P": "p"}))
        self.stack.enter_context(mock.patch.object(SmtpSession, "send", self.sent))
        with self.app.store.begin() as tx:
            own_mailboxes.remember(tx, own_mailbox(self.app, box), self.now)

    def sent(self, content: bytes, *_: object) -> Outcome:
        if self.mood == "deferring":
            return Deferred(reply="451 later")
        if self.mood == "refusing":
            return Refused(reply="550 no")
        self.wire[str(message_from_bytes(content)["Message-ID"])] += 1
        return Sent(reply="250") if self.mood == "good" else Unknown(reply="cut")

    def teardown(self) -> None:
        self.stack.close()

    # ── what may happen ───────────────────────────────────────────────────────────────────────────

    def deliver(self, raw: bytes) -> None:
        sha = hashlib.sha256(raw).hexdigest()
        path = self.app.spool / sha
        path.write_bytes(raw)
        self.app.blobs.adopt(path, sha)
        with self.app.store.begin() as tx:
            text = f"uid {self.count}"
            arrived = ledger.take_in(tx, "warta", sha, len(raw), "mail", text, self.now)
            if arrived.new:
                self.app.jobs.defer(tx, EXAMINE, str(arrived.mail_id))
        examine_waiting(self.app, InProcess(), Watch())

    @rule(
        who=st.sampled_from([ANDI, ANDI, RAHMA]),
        files=st.sets(st.sampled_from(sorted(FILES)), max_size=2),
        words=st.sampled_from(WORDS),
        answers=st.booleans(),
        named=st.booleans(),
        genuine=st.booleans(),
    )
    def write(
        self,
        who: tuple[str, str],
        files: set[str],
        words: str,
        answers: bool,
        named: bool,
        genuine: bool,
    ) -> None:
        self.count += 1
        with self.app.store.read() as tx:
            rows = [one for one in review_queue.queue_rows(tx) if one.number.startswith("W")]
            written = [one for row in rows for one in letters.of_submission(tx, row.id)]
        headers = [("In-Reply-To", written[-1].message_id)] if answers and written else []
        subject = f"[{rows[-1].number}]" if named and rows else f"Naskah {self.count}"
        enclosed = [(FILES[one][0], FILES[one][1]()) for one in sorted(files)]
        authenticated = "dmarc=pass" if genuine else "dmarc=none"
        text = f"{words}\n\n{self.count}\n"
        self.deliver(
            mail(who, subject, text, enclosed, headers=headers, authenticated=authenticated)
        )

    @rule(
        event=st.sampled_from(
            [
                "schedule",
                "unschedule",
                "note",
                "return",
                "decline",
                "withdraw",
                "reopen",
                "adopt",
                "discard",
                "release",
                "seen",
            ]
        ),
        stale=st.booleans(),
    )
    def decide(self, event: Event, stale: bool) -> None:
        with self.app.store.read() as tx:
            rows = review_queue.queue_rows(tx)
        for row in rows[-1:]:
            remarks = (Remark(title="Angka", ask="sebutkan sumbernya"),)
            told = Decision(
                event=event,
                publish_at=self.now + timedelta(days=1),
                remarks=remarks,
                seen_revision=row.latest_revision - 1 if stale else row.latest_revision,
            )
            with suppress(IllegalMove):
                decide(self.app, row.number, told)
                assert not stale

    @rule(data=st.data())
    def pair(self, data: st.DataObject) -> None:
        with self.app.store.read() as tx:
            numbers = [row.number for row in review_queue.queue_rows(tx)]
        if len(numbers) > 1:
            number, into = data.draw(st.permutations(numbers))[:2]
            with suppress(IllegalMove):
                pairing.pair(
                    self.app, InProcess(), number, into, same_person=data.draw(st.booleans())
                )

    @rule(hours=st.sampled_from([0.01, 2, 30, 24 * 14, 24 * 40, -24]))
    def wait(self, hours: float) -> None:
        self.now += timedelta(hours=hours)
        clock.tick(self.app)

    @rule(mood=st.sampled_from(["good", "good", "deferring", "refusing", "cut"]))
    def post(self, mood: str) -> None:
        self.mood = mood
        sender.send_due_letters(self.app)

    # ── what must hold ────────────────────────────────────────────────────────────────────────────

    @invariant()
    def no_letter_goes_twice(self) -> None:
        assert not [known for known, times in self.wire.items() if times > 1]

    @invariant()
    def every_move_is_in_the_table(self) -> None:
        if not hasattr(self, "office"):
            return
        with self.app.store.read() as tx:
            for one in tx.scalars(select(Submission)):
                state = "received"
                for event in events.of_submission(tx, one.id):
                    if "from" not in event.facts:
                        continue
                    row = TRANSITIONS[event.facts["from"], event.what]  # type: ignore[index]
                    assert event.facts["from"] == state
                    assert row.to in (None, event.facts["to"])
                    state = event.facts["to"]
                assert one.state == state

    @invariant()
    def no_file_is_lost(self) -> None:
        if not hasattr(self, "office"):
            return
        with self.app.store.read() as tx:
            tried = [thaw(row.judged).submission for row in tx.scalars(select(Tried))]
            known = {f.sha256 for one in tried for f in one.documents}
            known |= {f.sha256 for one in tried for f in one.photos}
            known |= {f.sha256 for one in tried for f in one.others}
            raws = [(row.blob, row.state) for row in tx.scalars(select(Mail))]
        for sha, state in raws:
            assert state == "examined"
            raw = self.app.blobs.local_path(str(sha)).read_bytes()
            for file in read_email(raw, "m", Safety()).files:
                assert self.app.blobs.exists(file.sha256)
                assert file.sha256 in known or file.kind not in ("docx", "jpeg")


Conversation.TestCase.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnySequence: Any = Conversation.TestCase
