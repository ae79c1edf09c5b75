"""A look at a stray mail together with what came before it may kill the child: it is looked at with
less, and an editor is told what was not examined. Real children that die."""

import pytest

from desk.demo.makers import mail, photo
from desk.demo.samples import ANDI
from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Sandbox, SandboxLimits
from desk.store.submissions import review_queue
from desk.workflow import pair as pairing
from desk.workflow.pair import Paired
from redaksi.errors import IllegalMove
from redaksi.model import Document, Photo
from redaksi.reasons import Reason, ReasonCode, code_of, explain
from tests.hostile.deaths import mark_photo
from tests.journey.scene import SUBJECT, Scene, naskah, only, reply

PRIVATE = ("Andi Tenri", "andi.pribadi@mail.example")
CAPTIONS = ["IMG_3001.jpg: Warga bekerja.", "IMG_3002.jpg: Warga beristirahat."]
DIED, LESS = ReasonCode.READER_DIED, explain(ReasonCode.BUDGET, which="attempt")


def astray(scene: Scene, before: bytes, now: bytes) -> None:
    """A submission to be mended that holds a photo marked `before`, and from an address nobody knows
    the mended photo, marked `now`. The worker's own children do not die."""
    photos = [
        ("IMG_3002.jpg", mark_photo(photo(1600, 1200, 5), before)),
        ("IMG_3001.jpg", photo(800, 600, 4)),
    ]
    files = [("Warta Palu.docx", naskah(captions=CAPTIONS)), *photos]
    scene.hand_in(mail(ANDI, SUBJECT, "Mohon diterima naskah kami.\n", files))
    big = ("foto besar.jpg", mark_photo(photo(1600, 1200, 4), now))
    scene.hand_in(reply(only(scene.letters()), "Dari alamat pribadi.\n", big, sender=PRIVATE))
    assert scene.letters() == []


def pair(scene: Scene, payload: str = "die_of_marked_photos") -> Paired:
    server = ForkServer("tests.hostile.payload_server", f"tests.hostile.deaths:{payload}")
    with Sandbox(SandboxLimits(processor=1), server) as sandbox:
        return pairing.pair(scene.app, sandbox, "W-2026-0002", "W-2026-0001")


def not_judged(scene: Scene) -> dict[str, ReasonCode | None]:
    with scene.app.store.read() as tx:
        page = review_queue.submission_page(tx, "W-2026-0001")
    assert page is not None
    assert page.judged is not None
    submission = page.judged.submission
    files: list[Document | Photo] = [*submission.documents, *submission.photos]
    return {each.name: code_of(each.unjudged) for each in files if not each.judged}


def died(name: str) -> Reason:
    return explain(DIED, file=name, kind="jpeg")


EVERYTHING = dict.fromkeys(("Warta Palu.docx", "IMG_3001.jpg", "IMG_3002.jpg"), LESS.code)
# what nobody looked at takes no other photo's place
BESIDE = {"foto besar.jpg": LESS.code}


@pytest.mark.parametrize(
    ("before", "now", "left", "why"),
    [
        (b"", b"", {}, ()),
        (b"mati", b"", {"IMG_3002.jpg": DIED}, (died("IMG_3002.jpg"),)),
        (b"", b"mati", {"foto besar.jpg": DIED}, (died("foto besar.jpg"),)),
        (b"mati", b"mati", EVERYTHING | BESIDE, (LESS,)),
        (b"habis", b"", EVERYTHING, (LESS,)),
        (b"", b"habis", EVERYTHING | BESIDE, (LESS,)),
    ],
)
def test_what_kills_the_child_is_left_and_the_editor_is_told(
    before: bytes,
    now: bytes,
    left: dict[str, ReasonCode],
    why: tuple[Reason, ...],
    scene: Scene,
) -> None:
    astray(scene, before, now)
    assert pair(scene) == Paired(state="review", latest_revision=2, unjudged=why)
    assert not_judged(scene) == left
    scene.round()
    assert len(scene.letters()) == (0 if left else 1)


def test_what_cannot_be_looked_at_together_stays_as_it_is(scene: Scene) -> None:
    astray(scene, b"", b"")
    with pytest.raises(IllegalMove, match="pemeriksaan sebelumnya terhenti"):
        pair(scene, "die_together")
    assert {each.state for each in scene.rows()} == {"revising", "review"}
    assert scene.letters() == []
