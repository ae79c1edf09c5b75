"""What the virus scanner says of a mail, through the desk: what is found is in quarantine, what could
not be looked into waits for an editor with its files closed, and what was not scanned waits."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desk.cli.checkup.scanner import check_scanner
from desk.demo.makers import mail, word
from desk.inbound.poll import Watch
from desk.presentation.pages.submission import find_file, list_originals
from desk.presentation.reasons import in_words
from desk.scan.proof import eicar
from desk.scan.scanner import Scanner
from desk.store import health
from desk.store.inbound import mails
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import JobCounts
from desk.worker.round import examine_waiting
from desk.workflow.deciding.open_files import open_files
from redaksi import catalog
from redaksi.catalog.stored import thaw
from redaksi.config.bounds import Caps
from redaksi.config.scanner.address import Address
from redaksi.config.schema import Config
from redaksi.errors import ConfigError, IllegalMove
from tests.clamd import Clamd, faked, running
from tests.contract.test_ask_again import ANDI, ARTICLE, PHOTOS, Desk, opened
from tests.contract.test_scan import hang, packed
from tests.drill import pairs
from tests.kept_pool import keep_pool

NUMBER = "W-2026-0001"
MORE = mail(ANDI, f"Foto {NUMBER}", pairs.CAPTIONS, PHOTOS)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path, settle=10)


@pytest.fixture(scope="module")
def tiny() -> Iterator[Clamd]:
    """One that takes less than any mail here."""
    with running(StreamMaxLength="1K") as server:
        yield server


def scan_with(desk: Desk, address: Address | None, seconds: float = 20) -> None:
    scanner = Scanner(address, seconds) if address else None
    desk.app = msgspec.structs.replace(desk.app, scanner=scanner)


def receive(desk: Desk, *raws: bytes) -> None:
    for raw in raws:
        desk.take_in(raw)
        look(desk)


def look(desk: Desk) -> None:
    """Each job that is due, once."""
    examine_waiting(desk.app, keep_pool(desk.app), Watch())


def reason_of(desk: Desk, mail_id: int = 1) -> str:
    with desk.app.store.read() as tx:
        return in_words(mails.get(tx, mail_id).reason, "id")


def infected(name: str, content: bytes) -> bytes:
    article = word("Warga Bangun Jalan", ["Warga bergotong royong. " * 40])
    return mail(ANDI, "Naskah", "Terlampir.\n", [("naskah.docx", article), (name, content)])


@pytest.mark.parametrize(
    ("name", "content"),
    [("foto.zip", packed()), ("lampiran.docx", packed()), ("berkas.com", eicar())],
    ids=["zip", "docx", "bare"],
)
def test_what_is_found_is_in_quarantine_and_nobody_gets_a_letter(
    desk: Desk, clamd: Clamd, name: str, content: bytes
) -> None:
    scan_with(desk, clamd.address)
    receive(desk, infected(name, content))
    assert (desk.submissions(), desk.letters()) == ([("quarantined", 1)], [])
    assert "Eicar-Own.UNOFFICIAL" in reason_of(desk)
    kept = list(desk.app.blobs.iterate())
    assert len(kept) == 1  # the raw mail alone


def test_what_it_looked_into_goes_on_as_without_it(desk: Desk, clamd: Clamd) -> None:
    scan_with(desk, clamd.address)
    receive(desk, ARTICLE)
    assert desk.submissions() == [("revising", 1)]
    assert [kind for kind, _, _ in desk.stands()] == ["revise"]
    assert list_originals(desk.app, NUMBER, 1)


def test_without_a_scanner_nothing_is_said_of_one(desk: Desk) -> None:
    scan_with(desk, None)
    receive(desk, infected("foto.zip", packed()))
    assert "pindai" not in reason_of(desk).lower()


# ── what it cannot look into ──────────────────────────────────────────────────────────────────────


def test_what_is_too_large_waits_for_an_editor_with_its_files_closed(
    desk: Desk, tiny: Clamd
) -> None:
    scan_with(desk, tiny.address)
    receive(desk, ARTICLE)
    assert (desk.submissions(), desk.letters()) == ([("review", 1)], [])
    assert "Terlalu besar untuk pemindai virus" in reason_of(desk)
    names = ("naskah.docx", "surel-asli.eml", "naskah-dirapikan.docx", "")
    assert [find_file(desk.app, NUMBER, 1, name) for name in names] == [None] * 4
    assert list_originals(desk.app, NUMBER, 1) == {}


def test_an_editor_opens_them_once(desk: Desk, tiny: Clamd) -> None:
    scan_with(desk, tiny.address)
    receive(desk, ARTICLE)
    open_files(desk.app, NUMBER, editor="Sinta")
    assert find_file(desk.app, NUMBER, 1, "surel-asli.eml")
    assert list_originals(desk.app, NUMBER, 1)
    assert (desk.submissions(), desk.letters()) == ([("review", 1)], [])
    with pytest.raises(IllegalMove):
        open_files(desk.app, NUMBER, editor="Sinta")


def test_a_later_mail_sends_no_letter_about_files_that_are_closed(
    desk: Desk, tiny: Clamd, clamd: Clamd
) -> None:
    scan_with(desk, tiny.address)
    receive(desk, ARTICLE)
    scan_with(desk, clamd.address)
    receive(desk, MORE)
    assert (desk.submissions(), desk.letters()) == ([("review", 2)], [])
    assert list_originals(desk.app, NUMBER, 2) == {}
    assert "Terlalu besar untuk pemindai virus" in reason_of(desk, 2)


def test_after_they_were_opened_a_later_mail_is_looked_at_as_any(
    desk: Desk, tiny: Clamd, clamd: Clamd
) -> None:
    scan_with(desk, tiny.address)
    receive(desk, ARTICLE)
    open_files(desk.app, NUMBER, editor="Sinta")
    scan_with(desk, clamd.address)
    receive(desk, MORE)
    assert list_originals(desk.app, NUMBER, 2)
    assert "pemindai" not in reason_of(desk, 2)


# ── whoever does not answer ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", ["down", "hangs"])
def test_a_silent_scanner_costs_no_attempt_and_calls_nothing_clean(
    desk: Desk, clamd: Clamd, tmp_path: Path, how: str
) -> None:
    with faked(hang) as hanging:
        scan_with(desk, hanging if how == "hangs" else Address(path=str(tmp_path / "none")), 0.2)
        desk.take_in(ARTICLE)
        for _ in range(5):
            look(desk)
            desk.minutes(2)
        assert (desk.submissions(), desk.letters()) == ([], [])
    with desk.app.store.read() as tx:
        assert job_rows.counts(tx) == JobCounts(waiting=1)
        error = thaw(health.observe(tx, desk.now, "").backlog.error)
    assert "pemindai virus" in catalog.load("id").render(error)
    scan_with(desk, clamd.address)
    look(desk)
    assert desk.submissions() == [("revising", 1)]


def test_doctor_names_the_settings_of_a_scanner_that_says_ok_without_looking(clamd: Clamd) -> None:
    words = catalog.load("en")
    config = Config(safety=Caps(max_attachment=2 * 1024**2))
    assert "2 MB" in check_scanner(Scanner(clamd.address), config, words)
    with running(MaxFileSize="1M") as blind, pytest.raises(ConfigError) as told:
        check_scanner(Scanner(blind.address), config, words)
    for setting in ("StreamMaxLength", "MaxFileSize", "MaxScanSize"):
        assert setting in told.value.say("en")
