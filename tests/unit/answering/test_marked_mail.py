"""Marks forbid the answer, not the reading: what bears them and brings files is an editor's, what
brings none is an event."""

import base64
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.demo.makers import mail, photo, word
from desk.demo.texts import article
from desk.pipeline import examine
from ingest.read.parcel import read_email
from redaksi.arrival import Mail
from redaksi.limits import Identity, Limits, Safety
from redaksi.model import Examination
from redaksi.reasons import ReasonCode, code_of
from redaksi.sender_policy.brought import NOTHING, Brought
from redaksi.sender_policy.table import answer, classify_sender
from redaksi.sender_rule import SenderRule

OWN = Identity(addresses=("redaksi@warta.example",), authserv_id="mx.warta.example")
LIMITS = Limits(identity=OWN)
SITI = ("Siti Aminah", "siti@surel.example")
TEXT = article("Talise", "membangun jalan lingkungan", 1)
NASKAH = ("Warta Palu.docx", word("BKM Sejahtera Tuntaskan Jalan", TEXT, byline="Siti Aminah"))
FOTO = ("IMG_3001.jpg", photo(1600, 1200, 4))
PDF = ("Warta.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
RAR = ("foto.rar", b"Rar!\x1a\x07\x00" + bytes(64))
FILES = {
    "article": (NASKAH,),
    "photo": (FOTO,),
    "both": (NASKAH, FOTO),
    "pdf": (PDF,),
    "rar": (RAR,),
}
NO_FILES: dict[str, Sequence[tuple[str, bytes]]] = {
    "nothing": (),
    "a signature": (("smime.p7s", b"0\x82\x04\x00" + bytes(range(200))),),
    "a card": (("kartu.vcf", b"BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n"),),
    "a logo": (("image001.png", photo(120, 60, 9, kind="PNG")),),
    "an appointment": (("acara.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),),
    "an empty file": (("kosong.dat", b""),),
}
MAY_BE = ("smime.p7s", "kosong.dat")  # a list's mail is shown with whatever came
Field = tuple[str, str]


def examined(raw: bytes) -> Examination:
    return examine(read_email(raw, "m", Safety()), LIMITS)


def handed_in(
    marks: Sequence[Field], files: Sequence[tuple[str, bytes]], sender: tuple[str, str] = SITI
) -> Examination:
    return examined(mail(sender, "Naskah Warta", "Terlampir naskah kami.\n", files, headers=marks))


# (rule, marks, sender): as Exchange, gateways, phones, lists and offices write them
MARKED: dict[str, tuple[SenderRule, list[Field], tuple[str, str]]] = {
    "postmaster of an office": (SenderRule.REPORT, [], ("Admin", "postmaster@desa.example")),
    "mailer-daemon": (SenderRule.REPORT, [], ("Mail", "mailer-daemon@desa.example")),
    "mailer_daemon": (SenderRule.REPORT, [], ("Mail", "Mailer_Daemon@desa.example")),
    "failed recipients": (SenderRule.REPORT, [("X-Failed-Recipients", "a@b.example")], SITI),
    "Exchange's own": (SenderRule.REPORT, [], ("Outlook", f"MicrosoftExchange{'3' * 32}@d.example")),
    "auto-generated": (SenderRule.AUTOMATIC, [("Auto-Submitted", "auto-generated")], SITI),
    "auto-notified": (SenderRule.AUTOMATIC, [("Auto-Submitted", "auto-notified; owner-email=x")], SITI),
    "suppress all": (SenderRule.AUTOMATIC, [("X-Auto-Response-Suppress", "All")], SITI),
    "suppress some": (SenderRule.AUTOMATIC, [("X-Auto-Response-Suppress", "OOF, AutoReply")], SITI),
    "precedence junk": (SenderRule.AUTOMATIC, [("Precedence", "junk")], SITI),
    "empty return path": (SenderRule.AUTOMATIC, [("Return-Path", "<>")], SITI),
    "list": (SenderRule.MAILING_LIST, [("List-Id", "<warga.desa.example>")], SITI),
    "bulk": (SenderRule.MAILING_LIST, [("Precedence", "bulk")], SITI),
    "scanner": (SenderRule.NO_REPLY, [], ("Scanner Lt 3", "no-reply@dinas.example")),
    "do not reply": (SenderRule.NO_REPLY, [], ("Formulir", "donotreply@dinas.example")),
    "jangan dibalas": (SenderRule.NO_REPLY, [], ("Portal", "jangan-dibalas@dinas.example")),
    "in the domain": (SenderRule.NO_REPLY, [], ("Siti", "siti@noreply.dinas.example")),
    "owner-": (SenderRule.NO_REPLY, [], ("Warga", "owner-warga@dinas.example")),
    "-request": (SenderRule.NO_REPLY, [], ("Warga", "warga-request@dinas.example")),
}  # fmt: skip


@pytest.mark.parametrize("files", FILES.values(), ids=FILES)
@pytest.mark.parametrize(("rule", "marks", "sender"), MARKED.values(), ids=MARKED)
def test_with_files_it_is_an_editors_and_no_letter_goes(
    rule: SenderRule,
    marks: list[Field],
    sender: tuple[str, str],
    files: tuple[tuple[str, bytes], ...],
) -> None:
    got = handed_in(marks, files, sender)
    assert got.answer is not None
    assert (got.decision, got.answer.rule) == ("review", rule)
    assert (got.answer.send, got.answer.letter, got.answer.to) == (False, "", "")


@pytest.mark.parametrize("files", NO_FILES.values(), ids=NO_FILES)
@pytest.mark.parametrize(("rule", "marks", "sender"), MARKED.values(), ids=MARKED)
def test_without_files_it_is_an_event(
    rule: SenderRule,
    marks: list[Field],
    sender: tuple[str, str],
    files: Sequence[tuple[str, bytes]],
) -> None:
    got = handed_in(marks, files, sender)
    assert got.answer is not None
    shown = rule is SenderRule.MAILING_LIST and any(name in MAY_BE for name, _ in files)
    decision = "review" if shown else "ignore"
    assert (got.decision, got.answer.rule, got.answer.send) == (decision, rule, False)


CALENDARS = {
    "REQUEST": "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
    "REPLY": "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n",
    "CANCEL": "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n",
    "PUBLISH": "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n",
    "COUNTER": "BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nEND:VCALENDAR\r\n",
}


def part(name: str, content: bytes, media_type: str = "application/octet-stream") -> str:
    """An attachment as a mail program writes it."""
    return (
        f'Content-Type: {media_type}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
        f"{base64.encodebytes(content).decode()}"
    )


def mixed(top: str, *parts: str, kind: str = "mixed") -> bytes:
    """A multipart below the border's word and `top`."""
    head = (
        "Authentication-Results: mx.warta.example; dmarc=pass header.from=surel.example\r\n"
        f"{top}To: redaksi@warta.example\r\nMessage-ID: <a@surel.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/{kind}; boundary="mx"\r\n\r\n'
    )
    body = "".join(f"--mx\r\n{each}\r\n" for each in parts)
    return f"{head}{body}--mx--\r\n".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def invited(method: str, *parts: str) -> bytes:
    invitation = (
        'Content-Type: multipart/alternative; boundary="al"\r\n\r\n--al\r\nContent-Type: text/plain\r\n\r\n'
        f"Terlampir.\r\n\r\n--al\r\nContent-Type: text/calendar; method={method}\r\n\r\n"
        f"{CALENDARS[method]}\r\n--al--\r\n"
    )
    return mixed("From: siti@surel.example\r\nSubject: Undangan\r\n", invitation, *parts)


@pytest.mark.parametrize("method", CALENDARS)
def test_an_invitation_is_shown_with_files_and_an_event_without(method: str) -> None:
    bare, whole = examined(invited(method)), examined(invited(method, part(*NASKAH)))
    assert bare.answer and whole.answer
    assert (bare.decision, bare.answer.rule) == ("ignore", SenderRule.CALENDAR)
    assert (whole.decision, whole.answer.rule) == ("review", SenderRule.CALENDAR)
    assert not whole.answer.send


# ── what a report returns, and a machine's own pictures ───────────────────────────────────────────

RETURNED = mail(SITI, "Naskah Warta", "Terlampir.\n", [NASKAH, FOTO]).decode("ascii")
STATUS = (
    "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.surel.example\r\n\r\n"
    "Final-Recipient: rfc822; x@surel.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
)
NOTE = "Content-Type: text/plain\r\n\r\nMaaf, surel tidak dapat diantar.\r\n"
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@surel.example>\r\nSubject: Undelivered Mail\r\n"
BOUNCES = {
    "RFC 3464": mixed(DAEMON, NOTE, STATUS, f"Content-Type: message/rfc822\r\n\r\n{RETURNED}",
                      kind='report; report-type="delivery-status"'),
    "not called a report": mixed(DAEMON, NOTE, f"Content-Type: message/rfc822\r\n\r\n{RETURNED}"),
    "as a file": mixed(DAEMON, NOTE, part("original.eml", RETURNED.encode(), "message/rfc822")),
    "as octets": mixed(DAEMON, NOTE, part("Mime.822.eml", RETURNED.encode())),
    "global": mixed(DAEMON, NOTE, f"Content-Type: message/global\r\n\r\n{RETURNED}"),
    "postmaster's": mixed(DAEMON.replace("MAILER-DAEMON", "postmaster"), NOTE,
                          f"Content-Type: message/rfc822\r\n\r\n{RETURNED}"),
}  # fmt: skip


@pytest.mark.parametrize("raw", BOUNCES.values(), ids=BOUNCES)
def test_a_bounce_that_returns_files_stays_an_event(raw: bytes) -> None:
    got = examined(raw)
    assert got.answer is not None
    assert (got.decision, got.answer.rule) == ("ignore", SenderRule.REPORT)


def test_an_attached_mail_that_a_rule_sends_on_is_somebodys_files() -> None:
    """Outlook's "forward as attachment"."""
    top = "From: siti@surel.example\r\nAuto-Submitted: auto-generated\r\nSubject: FW: Naskah\r\n"
    got = examined(mixed(top, NOTE, f"Content-Type: message/rfc822\r\n\r\n{RETURNED}"))
    assert got.decision == "review"


@pytest.mark.parametrize(
    "subject",
    ["Undelivered Mail Returned to Sender", "Mail delivery failed", "Undeliverable: Naskah", "Surel tidak terkirim",
     "Delivery Status Notification (Failure)", "failure notice"],
)  # fmt: skip
def test_a_bounce_no_mail_system_signs_stays_an_event(subject: str) -> None:
    top = f"Return-Path: <>\r\nFrom: Admin <admin@surel.example>\r\nSubject: {subject}\r\n"
    got = examined(mixed(top, NOTE, f"Content-Type: message/rfc822\r\n\r\n{RETURNED}"))
    assert got.decision == "ignore"


RESPONDERS: dict[str, list[Field]] = {
    "auto-replied": [("Auto-Submitted", "auto-replied")],
    "Gmail's": [("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("X-Autoreply", "yes")],
    "cPanel's": [("X-Autorespond", "Cuti")],
    "BoxTrapper's": [("X-BoxTrapper", "abc")],
    "precedence": [("Precedence", "auto_reply")],
}


@pytest.mark.parametrize("marks", RESPONDERS.values(), ids=RESPONDERS)
def test_a_picture_alone_in_an_automatic_reply_is_no_file(marks: list[Field]) -> None:
    assert handed_in(marks, [FOTO]).decision == "ignore"
    assert handed_in(marks, [FOTO, NASKAH]).decision == "review"


@pytest.mark.parametrize(
    "subject",
    ["Balasan otomatis: Re: Naskah", "Automatic reply: Naskah", "Otomatis: Re: Naskah", "OOO: Naskah", "Sedang cuti"],
)  # fmt: skip
def test_exchange_calls_its_out_of_office_replies_auto_generated(subject: str) -> None:
    marks = [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")]
    raw = mail(SITI, subject, "Saya sedang cuti.\n", [FOTO], headers=marks)
    assert examined(raw).decision == "ignore"


@pytest.mark.parametrize("name", ["a!b.example!1700000000!1700086400.xml.gz", "laporan.xml", "smtp-tls.json.gz", "smtp.log", "details.ini"])  # fmt: skip
def test_reports_of_machines_are_no_documents(name: str) -> None:
    content = b"\x1f\x8b\x08" + bytes(40) if name.endswith(".gz") else b"<feedback>a</feedback>\n"
    sender = ("Laporan", "noreply-dmarc@surel.example")
    assert handed_in([], [(name, content)], sender).decision == "ignore"


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────

_MARKS = st.lists(
    st.sampled_from(
        [
            ("Auto-Submitted", "auto-generated"),
            ("Auto-Submitted", "no"),
            ("X-Auto-Response-Suppress", "All"),
            ("X-Autoreply", "yes"),
            ("Precedence", "junk"),
            ("Precedence", "list"),
            ("Return-Path", "<>"),
            ("List-Unsubscribe", "<mailto:a@b.example>"),
            ("Content-Type", "text/calendar; method=REQUEST"),
            ("Content-Type", "multipart/report; report-type=delivery-status"),
            ("X-Failed-Recipients", "a@b.example"),
        ]
    ),
    max_size=5,
)
_SENDERS = st.sampled_from(
    ["siti@surel.example", "no-reply@surel.example", "postmaster@surel.example"]
)
_BROUGHT = st.builds(
    Brought,
    attached=st.booleans(),
    document=st.booleans(),
    photo=st.booleans(),
    pasted=st.booleans(),
    returned=st.booleans(),
)
_VERDICTS = st.sampled_from(["pass", "fail", "none", ""])
_OF_MACHINES = frozenset(
    {SenderRule.REPORT, SenderRule.CALENDAR, SenderRule.AUTOMATIC, SenderRule.NO_REPLY}
)


def marked(marks: list[Field], sender: str, dmarc: str) -> Mail:
    border = [("Authentication-Results", f"mx.warta.example; dmarc={dmarc}")] if dmarc else []
    return Mail(headers=(*border, ("From", sender), *marks))


@given(marks=_MARKS, sender=_SENDERS, dmarc=_VERDICTS, brought=_BROUGHT)
def test_no_mark_ever_frees_a_letter(
    marks: list[Field], sender: str, dmarc: str, brought: Brought
) -> None:
    order = ("send", "held", "none")
    bare = classify_sender(marked([], sender, dmarc), OWN, brought)
    ruling = classify_sender(marked(marks, sender, dmarc), OWN, brought)
    assert order.index(ruling.letter) >= order.index(bare.letter)
    if ruling.rule in _OF_MACHINES:
        said = answer(marked(marks, sender, dmarc), OWN, ruling, "accept", "accepted")
        assert (said.send, said.letter, said.to) == (False, "", "")


@given(marks=_MARKS, sender=_SENDERS, dmarc=_VERDICTS, brought=_BROUGHT)
def test_marked_mail_is_shown_with_a_document_and_an_event_with_nothing(
    marks: list[Field], sender: str, dmarc: str, brought: Brought
) -> None:
    mail = marked(marks, sender, dmarc)
    ruling = classify_sender(mail, OWN, brought)
    if ruling.rule in _OF_MACHINES and brought.document:
        assert ruling.verdict == "review"
    bare = classify_sender(mail, OWN, NOTHING)
    if bare.rule in _OF_MACHINES:
        assert bare.verdict == "ignore"


def test_the_reason_is_the_mark_that_forbids_the_letter() -> None:
    got = handed_in([("X-Auto-Response-Suppress", "All")], [NASKAH, FOTO])
    assert got.answer is not None
    assert code_of(got.answer.reason) is ReasonCode.RESPONSE_SUPPRESSED
