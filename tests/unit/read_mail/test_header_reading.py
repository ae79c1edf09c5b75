"""The header is read from a mail's first octets as it is read from the whole of it."""

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from ingest.read.mail.delivery import may_be_report
from ingest.read.parcel import read_email, read_header
from redaksi.arrival import Mail
from redaksi.limits import Safety
from tests.hostile.test_mail_fuzz import made_up, mutant
from tests.unit.read_mail.mails import TOP, attachment, docx, mail, multipart, picture, text

SAFETY = Safety()
FIELDS = [
    "headers",
    "message_id",
    "from_address",
    "from_name",
    "subject",
    "date",
    "in_reply_to",
    "references",
]  # the header's own
FULL = (
    b"Return-Path: <siti@contoh.id>\r\nMessage-ID: <a@contoh.id>\r\nReferences: <b@c.id>\r\n <d@e.id>\r\n"
    b"In-Reply-To: <d@e.id>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0700\r\n" + TOP
)
WHOLE = FULL + multipart(text("Terlampir."), attachment(docx(), "naskah.docx"))
CUT = WHOLE.index(b"Subject:")
MAILS = {
    "whole": WHOLE,
    "bare line feeds": WHOLE.replace(b"\r\n", b"\n"),
    "carriage returns alone": FULL.replace(b"\r\n", b"\r") + b"\rHalo.\r",
    "a spool's From line": b"From siti@contoh.id Mon Nov 23 10:00:00 2026\r\n" + WHOLE,
    "a byte order mark and blank lines": b"\xef\xbb\xbf\r\n\r\n" + WHOLE,
    "in UTF-16": ("\ufeff" + (FULL + b"\r\nHalo.\r\n").decode()).encode("utf-16-le"),
    "an empty line before its subject": WHOLE[:CUT] + b"\r\n" + WHOLE[CUT:],
    "a line that is no field": WHOLE[:CUT] + b"(tanpa judul)\r\n" + WHOLE[CUT:],
    "an empty line before its type": FULL + b"\r\nContent-Type: text/html\r\n\r\n<p>Halo.</p>\r\n",
    "opaque signed": FULL
    + b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\n'
    + b"Content-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHAqCAMIACAQE=\r\n",
    "two From": b"From: x@y.id\r\n" + WHOLE,
    "no header": b"Halo.\r\n",
    "nothing": b"",
    "a header beyond its limit": b"X-A: " + b"a" * 60 + b"\r\n" + b"X-B: b\r\n" * 40_000 + WHOLE,
    "a field beyond its limit": b"X-A: " + b"a" * 70_000 + b"\r\n" + WHOLE,
    "files beyond the first octets": mail(attachment(picture(), "a.jpg"), text("x" * 400_000)),
}


def of_header(found: Mail | None) -> dict[str, object]:
    return {name: getattr(found, name) for name in FIELDS}


def from_first_octets(raw: bytes) -> Mail:
    return read_header(raw[: SAFETY.header_prefix], SAFETY)


@pytest.mark.parametrize("raw", MAILS.values(), ids=MAILS)
def test_the_first_octets_tell_the_header_that_the_whole_tells(raw: bytes) -> None:
    whole = read_email(raw, "m", SAFETY).mail
    assert of_header(from_first_octets(raw)) == of_header(whole)


def test_the_made_up_mails_have_a_header_to_tell() -> None:
    """So that two that are both empty prove nothing."""
    told = {name: from_first_octets(raw).message_id for name, raw in MAILS.items()}
    bare = {"no header", "nothing", "a header beyond its limit", "files beyond the first octets"}
    assert {name for name, message_id in told.items() if not message_id} == bare


def test_mutants_tell_it_too() -> None:
    chance = random.Random(7)
    seeds = [*made_up(), *MAILS.values()]
    for _ in range(1500):
        raw = mutant(chance.choice(seeds)[:30_000], chance)
        whole = read_email(raw, "m", SAFETY).mail
        assert of_header(from_first_octets(raw)) == of_header(whole), raw[:3000]


def test_it_holds_no_words_and_no_files() -> None:
    found = from_first_octets(WHOLE)
    assert (found.text, found.own, found.links, found.embedded, found.calendar) == (
        "", "", (), 0, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (b"Content-Type: multipart/report; report-type=delivery-status; boundary=x", True),
        (b"Content-Type: multipart/report; boundary=x", True),
        (b"Content-Type: multipart/mixed; boundary=x", False),
        (b"X-Failed-Recipients: budi@contoh.id", True),
        (b"Subject: Undelivered Mail Returned to Sender", False),
    ],
)
def test_what_may_be_a_report_by_its_header(field: bytes, *, expected: bool) -> None:
    raw = b"From: Siti <siti@contoh.id>\r\n" + field + b"\r\n\r\nHalo.\r\n"
    assert may_be_report(from_first_octets(raw)) is expected


def test_what_a_report_reports_is_told_by_a_part_among_the_first_octets() -> None:
    status = b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n"
    raw = TOP + multipart(text("Gagal."), status, kind=b"report")
    assert from_first_octets(raw).report_type == "delivery-status"


def test_a_corpus_beside_the_project_tells_it() -> None:
    beside = Path(__file__).resolve().parents[3].parent / "shared"
    mails = sorted(beside.rglob("*.eml"))
    if not mails:
        pytest.skip("no shared mails beside the project")
    differ = {}
    for path in mails:
        raw = path.read_bytes()
        whole = read_email(raw, "m", replace(SAFETY, max_attachments=1)).mail
        if of_header(from_first_octets(raw)) != of_header(whole):
            differ[path.name] = True
    assert differ == {}
