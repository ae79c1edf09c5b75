"""An answer may be an attacker's: what no reading of ours gives is refused, and what pages, letters
and the store cannot hold is mended."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desk.pipeline import examine
from desk.sandbox.protocol import Announced, ProtocolError, Role
from desk.sandbox.trust.believed import believe, list_files
from desk.sandbox.trust.bounded import MOST_NUMBER, MOST_TEXT, bound
from ingest.read.parcel import read_email
from redaksi.arrival import Listed, Listing, Mail
from redaksi.limits import Limits
from redaksi.model import Examination, Finding, Run, Share
from redaksi.reasons import Reason, ReasonCode
from redaksi.text import clean
from tests.unit.read_mail.mails import attachment, docx, mail, picture, text, zipped

RAW = mail(
    text("Terlampir naskah."),
    attachment(docx(), "naskah.docx"),
    attachment(picture(300, 200), "foto.jpg"),
    attachment(b"catatan", "catatan.txt"),
    attachment(zipped([("b/", b""), ("b/c.txt", b"1")]), "lain.zip"),
)
HONEST = examine(read_email(RAW, "m", Limits().safety), Limits())
(JUDGED,) = HONEST.assessments
DOCUMENT, PHOTO = JUDGED.submission.documents[0], JUDGED.submission.photos[0]
Lie = Callable[[Examination], Examination]


def announce(role: Role, sha256: str, size: int, original: str = "") -> Announced:
    return Announced(role=role, sha256=sha256, size=size, original=original or sha256)


FILES = [announce("original", file.sha256, file.size) for file in list_files(HONEST)]


def judged(**changes: object) -> Lie:
    return lambda whole: replace(whole, assessments=(replace(JUDGED, **changes),))


def submission(**changes: object) -> Lie:
    return judged(submission=replace(JUDGED.submission, **changes))


def document(**changes: object) -> Lie:
    return submission(documents=(replace(DOCUMENT, **changes),))


def photo(**changes: object) -> Lie:
    return submission(photos=(replace(PHOTO, **changes),))


def finding(**changes: Any) -> Lie:
    return judged(findings=(replace(JUDGED.findings[0], **changes),))


def reason(code: ReasonCode, facts: Mapping[str, str]) -> Lie:
    return lambda whole: replace(whole, reason=Reason(code, facts))


LIES: dict[str, Lie] = {
    "a verdict on ourselves": lambda whole: replace(whole, decision="failed"),
    "a rule nobody has": finding(code="N999"),
    "another rule's name": finding(rule="photo-missing"),
    "a finding that cannot be said": finding(facts={}, code="N003", rule="too-long"),
    "a finding within itself": finding(facts={"with": "N003", "N003." * 40 + "with": "N003"}),
    "a reason without its facts": reason(ReasonCode.MUSTS, {}),
    "facts that are no facts": reason(ReasonCode.MESSAGE_LIMIT, {"section": "error"}),
    "a sentence in a fact": reason(ReasonCode.MUSTS, {"rules": '{"section": "error", "key": "x"'}),
    "a hundred facts": reason(ReasonCode.MESSAGE, {str(n): "" for n in range(101)}),
    "a path for a hash": document(sha256="../../../config.toml"),
    "no hash": photo(sha256=""),
    "capitals in a hash": photo(sha256=PHOTO.sha256.upper()),
    "a negative size": photo(size=-1),
    "a size beyond any": photo(size=2**60),
    "a negative width": photo(width=-1),
    "a share that is none": document(share=Share(font=math.nan)),
    "a share beyond the whole": document(share=Share(font=1.5)),
    "endless pages": document(pages=math.inf),
    "a likeness that is none": photo(likeness="z" * 32),
    "a kind with a path": photo(kind="../jpeg"),
    "a negative size in an archive": document(listing=Listing(entries=(Listed(name="", size=-1),))),
    "a size in an archive beyond any": document(
        listing=Listing(entries=(Listed(name="", size=2**60),))
    ),
    "fewer than no names": document(listing=Listing(more=-1)),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_no_reading_of_ours_gives_is_refused(lie: Lie) -> None:
    with pytest.raises(ProtocolError):
        believe(lie(HONEST), "m")


def test_what_a_reading_gives_comes_back_as_it_is() -> None:
    assert believe(HONEST, "m", FILES) == HONEST


def test_names_within_an_archive_are_cut_and_cleaned() -> None:
    names = ("a\u202egpj.exe\n\x1b[2J", "x" * 300, *map(str, range(999)))
    entries = tuple(Listed(name=name, size=1) for name in names)
    found = believe(document(listing=Listing(entries=entries, more=2**40))(HONEST), "m")
    listing = found.assessments[0].submission.documents[0].listing
    assert listing is not None
    assert [each.name for each in listing.entries[:3]] == ["a gpj.exe [2J", "x" * 199 + "…", "0"]
    assert (len(listing.entries), listing.more) == (200, MOST_NUMBER)


def test_where_a_mail_is_from_is_ours_to_say() -> None:
    assert believe(replace(HONEST, source="../lain"), "INBOX/7").source == "INBOX/7"


UNLISTED = "1" * 64
DELIVERIES: dict[str, list[Announced]] = {
    "nothing came": [],
    "one did not come": FILES[1:],
    "one that is not listed": [*FILES, announce("original", UNLISTED, 3)],
    "a picture of what is not listed": [*FILES, announce("thumbnail", "2" * 64, 3, UNLISTED)],
    "of another size": [replace(FILES[0], size=3), *FILES[1:]],
}


@pytest.mark.parametrize("files", DELIVERIES.values(), ids=DELIVERIES)
def test_files_are_those_that_are_listed_and_came(files: list[Announced]) -> None:
    with pytest.raises(ProtocolError):
        believe(HONEST, "m", files)


def test_a_picture_made_of_a_listed_file_is_taken() -> None:
    thumbnail = announce("thumbnail", "2" * 64, 3, PHOTO.sha256)
    assert believe(HONEST, "m", [*FILES, thumbnail]) == HONEST


BIDI, ZERO = "\N{RIGHT-TO-LEFT OVERRIDE}", "\0"
MENDED: dict[str, tuple[Lie, Lie]] = {
    "a path for a name": (photo(name="../../foto.jpg"), photo(name="foto.jpg")),
    "what turns a name": (photo(name=f"foto{BIDI}gpj.exe"), photo(name="foto gpj.exe")),
    "controls in a title": (
        submission(title=f"Warga\r\nBcc: x{ZERO}"),
        submission(title="Warga  Bcc: x "),
    ),
    "what turns words": (
        lambda whole: replace(whole, written=f"Halo,\n\t{BIDI}Pak"),
        lambda whole: replace(whole, written="Halo,\n\tPak"),
    ),
    "a title without end": (submission(title="a" * 30_000), submission(title="a" * 19_999 + "…")),
    "more pixels than a column holds": (photo(width=2**32), photo(width=MOST_NUMBER)),
    "a moment that is none": (photo(captured="kemarin"), photo(captured="")),
    "a million findings": (
        judged(findings=JUDGED.findings[:1] * 1_000_000),
        judged(findings=JUDGED.findings[:1] * 2000),
    ),
    "a million doubts": (submission(doubts=("x",) * 1_000_000), submission(doubts=("x",) * 20_000)),
}


@pytest.mark.parametrize(("lie", "held"), MENDED.values(), ids=MENDED)
def test_what_cannot_be_held_is_mended(lie: Lie, held: Lie) -> None:
    assert believe(lie(HONEST), "m") == held(HONEST)


def test_soft_hyphens_and_joiners_of_a_text_stay() -> None:
    run = Run(text="Kali\N{SOFT HYPHEN}mantan \N{ZERO WIDTH NON-JOINER}\n\t", font="", size=12)
    assert bound(run) is run


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

TEXTS = st.text(max_size=60) | st.sampled_from(["\u202eexe", "a\u2028b", "\ufeff", "\x85", "a  b"])


@given(TEXTS, TEXTS)
@settings(max_examples=400)
def test_what_was_cleaned_is_clean(words: str, laid_out: str) -> None:
    once = bound(Mail(headers=(), subject=words, text=laid_out, own=laid_out))
    assert bound(once) is once
    assert clean.words(once.subject, MOST_TEXT) == once.subject
    assert not set(once.subject) & set("\n\t\u202e\u2066")
    assert not set(once.text) & set("\0\u202e\u2066\ufeff")


@given(TEXTS)
def test_a_line_that_was_cleaned_is_left_alone(words: str) -> None:
    line = clean.line(words)
    assert clean.words(line, MOST_TEXT) == clean.text(line, MOST_TEXT) == line


def test_no_number_is_taken_for_a_truth() -> None:
    """bool is an int in Python: a mark stays what it was."""
    facts = Finding(code="", rule="", severity="must", subject="", facts={"n": "1"})
    assert bound(facts) is facts
    assert bound(replace(PHOTO, located=True)).located is True
