"""Whether a mail may be somebody's, told by its header as text; whether a submission holds what
another is asked for."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk.domain.other_mail import HEADER, Party, is_full_name, is_of, may_bring, read_header
from redaksi.model import Assessment, Finding, Label, Submission
from tests.builders import document, submission

ANDI = Party(
    names=frozenset({"andi@x.example", "redaksi-w-2026-0001.1.revise.k1.abc@warta.example"}),
    number="w-2026-0001",
    full_name="andi tenri ajeng",
)


@pytest.mark.parametrize(
    "head",
    [
        "From: Andi <andi@x.example>",
        "from: ANDI@X.EXAMPLE",
        'From: "Andi, Tim 02"\r\n <andi@x.example>',
        "From: orang@lain.example\r\nCc: andi@x.example, b@x.example",
        "From: orang@lain.example\r\nReply-To:<andi@x.example>",
        "In-Reply-To: <redaksi-w-2026-0001.1.revise.k1.abc@warta.example>",
        "References: <a@b> <redaksi-w-2026-0001.1.revise.k1.abc@warta.example> (Redaksi)",
        "References: <a@b>,<REDAKSI-W-2026-0001.1.revise.k1.abc@warta.example>",
        "Subject: Re: W-2026-0001 foto",
        "From: Andi Tenri Ajeng <lain@kantor.example>",
        'From: "ANDI TENRI AJENG" <lain@kantor.example>',
        "X-Forwarded-For: andi@x.example redaksi@warta.example",
    ],
)
def test_a_mail_that_may_be_theirs(head: str) -> None:
    assert is_of(read_header(f"{head}\r\n\r\nIsi.\r\n".encode()), ANDI)


@pytest.mark.parametrize(
    "raw",
    [
        b"From: orang@lain.example\r\n\r\nandi@x.example W-2026-0001\r\n",
        b"From: andi@x.example.org\r\n\r\n",
        b"From: sandi@x.example\r\n\r\n",
        b"From: orang@lain.example\nTo: redaksi@warta.example\n\nIsi",
        b"To: Andi Tenri Ajeng <redaksi@warta.example>\r\nFrom: a@b.example\r\n\r\n",
        b"",
        b"\x00\xff\xfe" * 100,
    ],
)
def test_a_mail_that_is_not(raw: bytes) -> None:
    assert not is_of(read_header(raw), ANDI)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Andi", False),
        ("Andi B", False),
        ("Siti Rahma", True),
        ("Muhammadiyah", False),
        ("", False),
    ],
)
def test_a_name_of_one_word_is_many_peoples(name: str, full: bool) -> None:
    assert is_full_name(name.lower()) is full


def test_a_party_without_name_or_number_is_known_by_addresses_alone() -> None:
    nobody = Party(names=frozenset(), number="")
    assert not is_of(read_header(b"From: a@b.example\r\n\r\n"), nobody)


@pytest.mark.parametrize(
    "filler",
    [b"a", b"@", b"<", b"a@", b"from:", b"from:\n ", b"\n", b"\r\n ", b" ", b"\xff", b"(("],
)
def test_a_header_of_any_kind_is_read_quickly(filler: bytes) -> None:
    raw = (filler * HEADER)[: 4 * HEADER]
    begun = time.process_time()
    read_header(raw)
    assert time.process_time() - begun < 5


@given(st.binary(max_size=400))
def test_no_bytes_are_refused(raw: bytes) -> None:
    is_of(read_header(raw), ANDI)


# ── what a submission holds ───────────────────────────────────────────────────────────────────────

TEXT = submission(photos=())
PHOTOS = submission(documents=())
WHOLE = submission()
NOTHING = Submission()
TYPED = Submission(typed=900)
WORDS = Submission(loose=(Label(text="Warga memasang pipa.", source="body"),))


def asked(has: Submission, *rules: str) -> Assessment:
    findings = tuple(Finding(code="X001", rule=rule, severity="must", subject="") for rule in rules)
    return Assessment(submission=has, findings=findings, decision="revise")


@pytest.mark.parametrize(
    ("mine", "rules", "other", "brings"),
    [
        (TEXT, ["photo-missing"], PHOTOS, True),
        (TEXT, ["photo-missing"], WHOLE, False),
        (TEXT, ["photo-missing"], TEXT, False),
        (TEXT, ["photo-missing"], NOTHING, False),
        (TEXT, ["font"], PHOTOS, False),
        (WHOLE, ["photo-too-small"], PHOTOS, True),
        (WHOLE, ["photo-broken"], PHOTOS, True),
        (WHOLE, ["caption-missing"], PHOTOS, True),
        (WHOLE, ["caption-missing"], WORDS, True),
        (WHOLE, ["font"], WORDS, False),
        (WHOLE, ["document-unreadable"], TEXT, True),
        (PHOTOS, ["document-missing"], TEXT, True),
        (PHOTOS, ["document-missing"], TYPED, True),
        (PHOTOS, ["document-missing"], PHOTOS, False),
        (PHOTOS, ["document-missing"], WHOLE, False),
        (
            replace(PHOTOS, links=("Google Drive (drive.google.com)",)),
            ["document-missing"],
            TEXT,
            False,
        ),
        (
            Submission(links=("Google Drive (drive.google.com)",)),
            ["link-instead-of-files"],
            TEXT,
            False,
        ),
        (
            replace(TEXT, documents=(document(name="Lain.docx"),)),
            ["document-unreadable"],
            TEXT,
            False,
        ),
        (NOTHING, ["document-missing"], WHOLE, True),
        (NOTHING, ["document-missing"], PHOTOS, True),
        (NOTHING, ["document-missing"], TYPED, True),
        (NOTHING, ["document-missing"], NOTHING, False),
    ],
)
def test_what_brings_what(
    mine: Submission, rules: list[str], other: Submission, brings: Any
) -> None:
    assert may_bring(asked(mine, *rules), other) is brings


def test_advice_asks_for_nothing() -> None:
    advice = Finding(code="F001", rule="photo-missing", severity="advice", subject="")
    mine = Assessment(submission=TEXT, findings=(advice,), decision="accept")
    assert not may_bring(mine, PHOTOS)
    assert not may_bring(None, PHOTOS)
