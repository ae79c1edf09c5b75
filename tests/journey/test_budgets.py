"""What costs much is read in part, once, and an editor looks; what it leaves on the disk and on the
pages is bounded, and others are filed. The real worker, confined children, Dovecot."""

from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import select

from desk.demo.samples import ANDI
from desk.store.tables import Job, Mail
from redaksi.limits import MB
from redaksi.reasons import ReasonCode, code_of
from tests.hostile.costly import SENDER, make_costly, make_heics, make_wordy, send_files
from tests.journey.scene import Scene, first

MANY = 5  # a tenth of `make drill ARGS=budgets`
MOST_PAGE = 1_000_000  # bytes of HTML


def bound(scene: Scene, **caps: object) -> None:
    """The same stage with other keys of [safety]."""
    config = scene.on.app.config
    safety = structs.replace(config.safety, **caps)
    app = structs.replace(scene.on.app, config=structs.replace(config, safety=safety))
    scene.on = structs.replace(scene.on, app=app)


def find_outcomes(scene: Scene) -> dict[str, tuple[str, ReasonCode | None]]:
    """The verdict and reason of each mail, by its subject."""
    with scene.app.store.read() as tx:
        rows = tx.execute(select(Mail.subject, Mail.outcome, Mail.reason)).all()
    return {subject: (outcome or "", code_of(reason)) for subject, outcome, reason in rows}


def count_attempts(scene: Scene) -> set[tuple[str, int]]:
    with scene.app.store.read() as tx:
        return {(job.state, job.attempts) for job in tx.scalars(select(Job))}


def measure_kept(scene: Scene) -> tuple[int, int]:
    """Bytes kept of the mails beside themselves, and how many at most (request.make_task)."""
    with scene.app.store.read() as tx:
        raws = {row.blob: row.size for row in tx.scalars(select(Mail))}
    blobs = scene.app.blobs
    kept = sum(blobs.local_path(each).stat().st_size for each in {*blobs.iterate()} - raws.keys())
    return kept, sum(3 * size + 20 * MB for size in raws.values())


def measure_largest_page(scene: Scene) -> int:
    pages = Path(scene.app.config.queue_folder).rglob("*.html")
    return max(page.stat().st_size for page in pages)


def assert_bounded(scene: Scene) -> None:
    """One attempt each, nothing kept beyond the cap, no page too long."""
    assert count_attempts(scene) == {("done", 1)}
    kept, most = measure_kept(scene)
    assert 0 < kept <= most
    assert measure_largest_page(scene) <= MOST_PAGE


def test_costly_mails_of_one_sender_keep_nobody_else_waiting(scene: Scene) -> None:
    scene.hand_in(*make_costly(MANY, pictures=4), first())
    outcomes = find_outcomes(scene)
    assert outcomes.pop("Warta Palu")[0] == "revise"
    assert outcomes == {
        "Foto 0": ("review", ReasonCode.BUDGET),
        "Arsip 1": ("review", ReasonCode.BUDGET),
        "Naskah 2": ("ignore", ReasonCode.DMARC_PASS),
        "Lambat 3": ("incomplete", ReasonCode.NO_DOCUMENT),
        "Foto 4": ("review", ReasonCode.BUDGET),
    }
    assert {str(letter["To"]) for letter in scene.letters()} == {ANDI[1], SENDER[1]}
    assert_bounded(scene)


@pytest.mark.parametrize(("most", "which"), [(500_000_000, None), (50_000_000, "pixels")])
def test_as_many_photos_by_a_phone_as_a_mail_may_bring(
    most: int, which: str | None, scene: Scene
) -> None:
    bound(scene, mail_pixels=most)
    scene.hand_in(send_files("Foto", make_heics(1600, 1200)))
    ((_, reason),) = find_outcomes(scene).values()
    assert (reason is ReasonCode.BUDGET) == (which is not None)
    assert_bounded(scene)


def test_a_document_that_unpacks_to_a_book_has_a_short_page(scene: Scene) -> None:
    scene.hand_in(send_files("Buku", [("Buku.docx", make_wordy())]))
    assert find_outcomes(scene) == {"Buku": ("review", ReasonCode.BUDGET)}
    assert scene.row().state == "review"
    assert_bounded(scene)
