"""Who owns the reading of files writes to nobody but himself, and reaches nobody's submission: the
real worker, and children that lie about every mail."""

from collections import Counter
from unittest import mock

from sqlalchemy import select

from desk.demo.makers import mail
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Sandbox, SandboxLimits
from desk.sandbox.pool import SandboxPool
from desk.store.people import contributors
from desk.store.submissions import review_queue
from desk.store.tables import Mail
from desk.worker import round as worker
from redaksi.reasons import ReasonCode, code_of
from tests.hostile.liars import LIES, VICTIM
from tests.journey.scene import Scene, naskah, only

ROUNDS = 10  # of every lie: over a hundred mails
UNSIGNED = {"border", "rule"}  # which gain by it
# what is believed of nobody, and so contradicts nothing
HARMLESS = {"bounce"}


def open_lying_pool(_app: object) -> SandboxPool:
    limits = SandboxLimits()
    server = ForkServer("tests.hostile.payload_server", "tests.hostile.liars:read")
    return SandboxPool(limits, 2, Sandbox(limits, server))


def attack(number: int, lie: str, of: str) -> bytes:
    sender = (f"Penyerang {number}", f"penyerang@x{number}.example")
    return mail(
        sender,
        f"Naskah {number}",
        f"Terlampir naskah kami nomor {number}.\n",
        headers=[("X-Lie", lie), ("X-Of", of)],
        authenticated="" if lie in UNSIGNED else "dmarc=pass",
    )


def test_a_lying_reading_reaches_nobody_else(scene: Scene) -> None:
    scene.hand_in(mail(("Korban", VICTIM), "Naskah Warta", "Terlampir.\n", [("a.docx", naskah())]))
    letter = only(scene.letters())
    before = scene.row()
    lies = [lie for lie in LIES for _ in range(ROUNDS)]
    attacks = [attack(number, lie, str(letter["Message-ID"])) for number, lie in enumerate(lies)]
    with mock.patch.object(worker, "open_pool", open_lying_pool):
        scene.hand_in(*attacks)
    senders = {f"penyerang@x{number}.example" for number in range(len(lies))}
    assert {str(each["To"]) for each in scene.letters()} <= senders
    with scene.app.store.read() as tx:
        page = review_queue.submission_page(tx, before.number)
        assert page is not None
        assert (page.row.state, len(page.mails)) == (before.state, 1)
        assert not contributors.has_bounced(tx, VICTIM)
        outcomes = tx.execute(select(Mail.outcome, Mail.reason).order_by(Mail.id)).all()[1:]
    assert len(outcomes) == len(lies)
    caught = Counter(
        lie
        for lie, (outcome, reason) in zip(lies, outcomes, strict=True)
        if outcome == "review" and code_of(reason) is ReasonCode.READINGS_DIFFER
    )
    assert caught == dict.fromkeys(LIES.keys() - HARMLESS, ROUNDS)
