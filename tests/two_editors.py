"""Two editors and a contributor at one submission, in any order: pages opened, drafts typed,
decisions sent with a letter and without, letters read, decisions taken back, new revisions arriving
between any two steps."""

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape

from sqlalchemy import func, select, update

from desk.app import App
from desk.store import Transaction, events
from desk.store.editors import accounts, form_drafts
from desk.store.submissions import submission_rows
from desk.store.tables import Decision, Examination, Outbox, Revision, Submission
from tests.desk_web import Browser, Page, add_account, read_letter, served, signed_in
from tests.filler import fill
from tests.postoffice import MONDAY, Bench

STEPS = 14
DEEDS = ("open", "type", "decide", "decide", "decide", "arrive", "undo")
CHOICES = ("jadwalkan", "catatan", "tolak", "dibaca", "buka", "kembalikan", "tarik")


class Editor:
    """Somebody with a page open: the numbers it was shown with, and what is typed into it.
    `letter`: the page is that of a letter; what it would send."""

    def __init__(self, browser: Browser, number: str, name: str) -> None:
        self.browser, self.number, self.name = browser, number, name
        self.revision, self.version, self.seq, self.note = 0, 0, 0, ""
        self.letter: dict[str, list[str]] = {}

    def open(self) -> None:
        """Load the page."""
        self.letter = {}
        self._read(self.browser.get(f"/kiriman/{self.number}"))

    def type(self, text: str) -> int:
        """A draft, as the script stores it; the status."""
        self.letter = {}
        self.note += text
        self.seq += 1
        fields = {"seq": self.seq, "revisi": self.revision, "skrip": 1, "catatan": self.note}
        return self.browser.post(f"/kiriman/{self.number}/konsep", fields).status

    def decide(self, choice: str, *, silent: bool) -> Page:
        """Send the form as it stands, or the letter that is shown; a page that comes back is what is
        open then."""
        answer = self.browser.post(
            f"/kiriman/{self.number}/putuskan",
            self.letter
            or {
                "revisi": self.revision,
                "versi": self.version,
                "seq": self.seq,
                "keputusan": choice,
                "judul": "Gotong royong",
                "tanggal": "2026-12-01",
                "pukul": "09:00",
                "alasan": "sudah disepakati dengan penulisnya",
                "sebab": "sudah disepakati dengan penulisnya",
                "permintaan": f"Sebutkan nama dusunnya, {self.name}.",
                "catatan": self.note,
                "surat": "tanpa" if silent else "kirim",
                "tetap": "1",
            },
        )
        if answer.status == 303:
            self.note, self.seq = "", 0
            self.open()
        else:
            self._read(answer)
        return answer

    def _read(self, page: Page) -> None:
        self.letter = read_letter(page)
        shown = dict(re.findall(r'name="(revisi|versi|seq)" value="(\d+)"', page.text))
        self.revision = int(shown.get("revisi", self.revision))
        self.version = int(shown.get("versi", self.version))
        self.seq = max(self.seq, int(shown.get("seq", 0)))


class Scene:
    """A submission, Nina, Budi, and what was seen to go wrong."""

    def __init__(self, app: App, nina: Browser, budi: Browser, number: str) -> None:
        self.app, self.number = app, number
        self.editors = (Editor(nina, number, "Nina"), Editor(budi, number, "Budi"))
        self.wrong: list[str] = []
        self.decided = self.refused = self.undone = self.letters = 0
        self.first = self._count(Outbox)

    def play(self, seed: int) -> None:
        """STEPS steps; what must never be is noted in `wrong`."""
        dice = random.Random(seed)
        for editor in self.editors:
            editor.open()
        for _ in range(STEPS):
            editor = dice.choice(self.editors)
            deed = "decide" if editor.letter and dice.random() < 0.6 else dice.choice(DEEDS)
            if deed == "open":
                if not editor.note:
                    editor.open()
            elif deed == "type":
                self._type(editor, dice)
            elif deed == "arrive":
                self._arrive()
            elif deed == "undo":
                self._undo(editor)
            else:
                self._decide(editor, dice.choice(CHOICES), silent=dice.random() < 0.3)
        self._judge_letters()

    def _type(self, editor: Editor, dice: random.Random) -> None:
        if editor.type(f"kata-{dice.randrange(1000)} ") != 204:
            self.wrong.append("a draft was refused")
        elif self._draft(editor) != editor.note:
            self.wrong.append(f"{editor.name} typed what is not kept")

    def _decide(self, editor: Editor, choice: str, *, silent: bool) -> None:
        seen, typed = (editor.revision, editor.version), editor.note
        before, decided, written = self._numbers(), self._count(Decision), self._count(Outbox)
        was_shown = bool(editor.letter)
        answer = editor.decide(choice, silent=silent)
        is_new = self._count(Decision) > decided
        letters = self._count(Outbox) - written
        if letters > (is_new and was_shown):
            self.wrong.append(f"{choice}: {letters} letters, {answer.status}, shown: {was_shown}")
        if is_new and seen != before:
            self.wrong.append(f"{choice} on {seen}, it was {before}")
        if answer.status not in (200, 303, 409, 422) or (answer.status == 200) > (not is_new):
            self.wrong.append(f"{choice}: {answer.status}")
        if seen != before and answer.status == 422:
            self.wrong.append(f"{choice}: asked to mend what is stale")
        if answer.status != 303 and typed.strip() and typed.strip() not in unescape(answer.text):
            self.wrong.append(f"{choice}: what {editor.name} typed is not on the page")
        self.decided += is_new
        self.refused += answer.status == 409

    def _undo(self, editor: Editor) -> None:
        """He takes his last decision back; what he typed for it is there again."""
        with self.app.store.read() as tx:
            account = self._account(tx, editor)
            wanted = (Decision.account_id == account, Decision.undone_at.is_(None))
            mine = select(func.max(Decision.id)).where(
                *wanted, Decision.submission_id == self._id(tx)
            )
            last = tx.scalar(mine)
        if last is None or editor.note:
            return
        status = editor.browser.post(f"/urungkan/{last}").status
        if status not in (303, 409):
            self.wrong.append(f"undo: {status}")
        self.undone += status == 303
        editor.open()
        editor.note = self._draft(editor)

    def _judge_letters(self) -> None:
        """One letter a decision that stood; none of what was refused, none to be sent of what was
        taken back."""
        with self.app.store.read() as tx:
            found = self._id(tx)
            decided = list(tx.scalars(select(Decision).where(Decision.submission_id == found)))
            rows = tx.execute(
                select(Outbox.id, Outbox.state)
                .where(Outbox.submission_id == found)
                .order_by(Outbox.id)
                .offset(self.first)
            )
            letters = {row[0]: row[1] for row in rows}
        written = [each.letter_id for each in decided if each.letter_id is not None]
        if sorted(written) != sorted(letters):
            self.wrong.append(f"letters {sorted(letters)} of decisions {sorted(written)}")
        for each in decided:
            if each.undone_at and each.letter_id and letters.get(each.letter_id) != "dropped":
                self.wrong.append(f"{each.event} was taken back, its letter was not")
        self.letters = len(letters)

    def _arrive(self) -> None:
        """The contributor sends the same once more."""
        with self.app.store.begin() as tx:
            found = submission_rows.id_of(tx, self.number)
            assert found is not None
            row = tx.get_one(Submission, found)
            if row.state not in ("review", "scheduled", "noted", "declined"):
                return
            _copy_revision(tx, row)
            happened = events.Happened(at=self.app.clock(), actor="contributor", what="review")
            submission_rows.move(tx, found, "review", "validator", happened)

    def _numbers(self) -> tuple[int, int]:
        with self.app.store.read() as tx:
            wanted = select(Submission.latest_revision, Submission.version)
            row = tx.execute(wanted.where(Submission.number == self.number)).one()
        return row[0], row[1]

    def _draft(self, editor: Editor) -> str:
        with self.app.store.read() as tx:
            account = self._account(tx, editor)
            draft = form_drafts.find(tx, account, self._id(tx), "decision")
        return str(draft.fields["catatan"][-1]) if draft is not None else ""

    def _account(self, tx: Transaction, editor: Editor) -> int:
        account = accounts.by_login(tx, f"{editor.name.lower()}@example.org")
        assert account is not None
        return account[0].id

    def _id(self, tx: Transaction) -> int:
        found = submission_rows.id_of(tx, self.number)
        assert found is not None
        return found

    def _count(self, table: type[Decision | Outbox]) -> int:
        with self.app.store.read() as tx:
            wanted = select(func.count()).where(table.submission_id == self._id(tx))
            return tx.scalar(wanted) or 0


@contextmanager
def make_scenes(on: Bench, count: int) -> Iterator[list[Scene]]:
    """A submission in review for each; Nina and Budi are signed in. What was to be sent before is
    sent."""
    fill(on.app.store, count, MONDAY)
    on.reply(per_sender_per_day=10_000, per_hour=10_000, per_day=10_000)
    on.later(hours=1)
    on.post()
    with on.app.store.begin() as tx:
        tx.execute(update(Submission).values(state="review"))
        numbers = list(tx.scalars(select(Submission.number).order_by(Submission.id)))
    for login in ("nina@example.org", "budi@example.org"):
        add_account(on.app, login, "chief")
    with served(on.app) as base:
        nina, budi = (signed_in(base, f"{name}@example.org") for name in ("nina", "budi"))
        yield [Scene(on.app, nina, budi, number) for number in numbers]


def send_all(on: Bench, scenes: Sequence[Scene]) -> int:
    """Send what the decisions wrote; how many mails were given to the relay. As many as letters
    that nothing dropped, or that is wrong."""
    before = len(on.wire)
    on.later(minutes=2)
    for _ in range(20):
        if not on.post():
            break
    with on.app.store.read() as tx:
        written = select(Decision.letter_id).where(Decision.letter_id.is_not(None))
        wanted = select(func.count()).where(Outbox.id.in_(written), Outbox.state != "dropped")
        due = tx.scalar(wanted) or 0
    sent = len(on.wire) - before
    if sent != due:
        scenes[0].wrong.append(f"{sent} mails for {due} letters")
    return sent


def _copy_revision(tx: Transaction, row: Submission) -> None:
    newest = tx.scalars(
        select(Revision).where(
            Revision.submission_id == row.id, Revision.number == row.latest_revision
        )
    ).one()
    position = tx.scalar(
        select(func.max(Revision.position)).where(Revision.mail_id == newest.mail_id)
    )
    again = Revision(
        submission_id=row.id,
        number=newest.number + 1,
        mail_id=newest.mail_id,
        position=(position or 0) + 1,
        examined_at=newest.examined_at,
        decision=newest.decision,
        reason=newest.reason,
        caption_action=newest.caption_action,
        doubts=newest.doubts,
    )
    tx.add(again)
    tx.flush()
    known = tx.get_one(Examination, newest.id)
    tx.add(
        Examination(
            revision_id=again.id,
            rules=known.rules,
            config=known.config,
            readers=known.readers,
            judged=known.judged,
        )
    )
    tx.execute(
        update(Submission).where(Submission.id == row.id).values(latest_revision=newest.number + 1)
    )
    tx.flush()
    tx.refresh(row)
