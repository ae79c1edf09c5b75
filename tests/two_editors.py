"""Two editors and a contributor at one submission, in any order: pages opened, drafts typed,
decisions sent, new revisions arriving between any two steps."""

import random
import re
from html import unescape

from sqlalchemy import func, select, update

from desk.app import App
from desk.store import Transaction, events
from desk.store.editors import accounts, form_drafts
from desk.store.submissions import submission_rows
from desk.store.tables import Decision, Examination, Revision, Submission
from tests.desk_web import Browser, Page

STEPS = 14
CHOICES = ("jadwalkan", "catatan", "tolak", "dibaca", "buka", "kembalikan", "tarik")


class Editor:
    """Somebody with a page open: the numbers it was shown with, and what is typed into it."""

    def __init__(self, browser: Browser, number: str, name: str) -> None:
        self.browser, self.number, self.name = browser, number, name
        self.revision, self.version, self.seq, self.note = 0, 0, 0, ""

    def open(self) -> None:
        """Load the page."""
        self._read(self.browser.get(f"/kiriman/{self.number}"))

    def type(self, text: str) -> int:
        """A draft, as the script stores it; the status."""
        self.note += text
        self.seq += 1
        fields = {"seq": self.seq, "revisi": self.revision, "skrip": 1, "catatan": self.note}
        return self.browser.post(f"/kiriman/{self.number}/konsep", fields).status

    def decide(self, choice: str) -> Page:
        """Send the form as it stands; a page that comes back is what is open then."""
        answer = self.browser.post(
            f"/kiriman/{self.number}/putuskan",
            {
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
                "surat": "tanpa",
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
        self.decided = self.refused = 0

    def play(self, seed: int) -> None:
        """STEPS steps; what must never be is noted in `wrong`."""
        dice = random.Random(seed)
        for editor in self.editors:
            editor.open()
        for _ in range(STEPS):
            editor = dice.choice(self.editors)
            deed = dice.choice(("open", "type", "decide", "decide", "arrive"))
            if deed == "open":
                if not editor.note:
                    editor.open()
            elif deed == "type":
                self._type(editor, dice)
            elif deed == "arrive":
                self._arrive()
            else:
                self._decide(editor, dice.choice(CHOICES))

    def _type(self, editor: Editor, dice: random.Random) -> None:
        if editor.type(f"kata-{dice.randrange(1000)} ") != 204:
            self.wrong.append("a draft was refused")
        elif self._draft(editor) != editor.note:
            self.wrong.append(f"{editor.name} typed what is not kept")

    def _decide(self, editor: Editor, choice: str) -> None:
        seen, typed = (editor.revision, editor.version), editor.note
        before, decided = self._numbers(), self._count(Decision)
        answer = editor.decide(choice)
        is_new = self._count(Decision) > decided
        if is_new and seen != before:
            self.wrong.append(f"{choice} on {seen}, it was {before}")
        if answer.status not in (303, 409, 422):
            self.wrong.append(f"{choice}: {answer.status}")
        if seen != before and answer.status == 422:
            self.wrong.append(f"{choice}: asked to mend what is stale")
        if answer.status != 303 and typed.strip() and typed.strip() not in unescape(answer.text):
            self.wrong.append(f"{choice}: what {editor.name} typed is not on the page")
        self.decided += is_new
        self.refused += answer.status == 409

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
            account = accounts.by_login(tx, f"{editor.name.lower()}@example.org")
            found = submission_rows.id_of(tx, self.number)
            assert account is not None and found is not None
            draft = form_drafts.find(tx, account[0].id, found, "decision")
        return str(draft.fields["catatan"][-1]) if draft is not None else ""

    def _count(self, table: type[Decision]) -> int:
        with self.app.store.read() as tx:
            found = submission_rows.id_of(tx, self.number)
            wanted = select(func.count()).select_from(table).where(table.submission_id == found)
            return tx.scalar(wanted) or 0


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
