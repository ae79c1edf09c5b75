"""A reading that may be an attacker's lies about everything it can name: what it says of anybody
but the mail's own sender is not believed."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from desk.demo.samples import samples
from desk.domain.agreement import STRICTNESS, agree, judge_by_header
from desk.pipeline import examine, identify
from ingest.read.parcel import read_email
from redaksi.arrival import Delivery, Report
from redaksi.limits import Identity, Limits
from redaksi.model import Examination
from redaksi.reasons import ReasonCode, code_of, explain
from redaksi.sender_policy.header_reading import HeaderReading
from redaksi.sender_policy.table import answer
from redaksi.sender_rule import SenderRule

OWN = Identity(authserv_id="mx.warta.example", addresses=("redaksi@warta.example",))
LIMITS = Limits(identity=OWN)
VICTIM = "korban@surel.example"
RAW = {sample.name: sample.raw for sample in samples()}
PASSED = b"Authentication-Results: mx.warta.example; dmarc=pass header.from=surel.example\r\n"
HEAD = (
    b"Message-ID: <satu@surel.example>\r\nReferences: <nol@surel.example>\r\n"
    b"From: Siti <siti@surel.example>\r\nTo: redaksi@warta.example\r\nSubject: Naskah kami\r\n"
)
WORDS = b"\r\nTerlampir naskah kami.\r\n"


def read_twice(raw: bytes) -> tuple[HeaderReading, Examination]:
    whole = examine(read_email(raw, "m", LIMITS.safety), LIMITS)
    return identify(raw[: LIMITS.safety.header_prefix], LIMITS), whole


def agreed(raw: bytes, lie: Callable[[Examination], Examination] = lambda x: x) -> Examination:
    header, whole = read_twice(raw)
    return agree(header, lie(whole), OWN)


def say(**mail: object) -> Callable[[Examination], Examination]:
    """Other fields of the mail than it has."""

    def lie(whole: Examination) -> Examination:
        assert whole.mail is not None
        return replace(whole, mail=replace(whole.mail, **mail))

    return lie


def head(name: str, value: str) -> Callable[[Examination], Examination]:
    """Another value in a header field than stands there."""

    def lie(whole: Examination) -> Examination:
        assert whole.mail is not None
        others = tuple(pair for pair in whole.mail.headers if pair[0] != name)
        return replace(whole, mail=replace(whole.mail, headers=((name, value), *others)))

    return lie


def rule(found: SenderRule, **changes: object) -> Callable[[Examination], Examination]:
    """Another row of the answering table."""

    def lie(whole: Examination) -> Examination:
        assert whole.answer is not None
        return replace(whole, answer=replace(whole.answer, rule=found), **changes)

    return lie


def answered(**changes: object) -> Callable[[Examination], Examination]:
    def lie(whole: Examination) -> Examination:
        assert whole.answer is not None
        return replace(whole, answer=replace(whole.answer, **changes))

    return lie


AUTHENTIC = PASSED + HEAD + WORDS  # a letter goes by itself
UNSURE = HEAD + WORDS  # our border did not look
LOOP = b"X-Redaksi-Loop: 1\r\n" + AUTHENTIC
LIES: dict[str, tuple[bytes, Callable[[Examination], Examination]]] = {
    "another From": (AUTHENTIC, say(from_address=VICTIM)),
    "another From field": (AUTHENTIC, head("From", f"Korban <{VICTIM}>")),
    "a Reply-To": (AUTHENTIC, head("Reply-To", VICTIM)),
    "a Return-Path": (AUTHENTIC, head("Return-Path", f"<{VICTIM}>")),
    "another Message-ID": (AUTHENTIC, say(message_id="<lain@surel.example>")),
    "another Message-ID field": (AUTHENTIC, head("Message-ID", "<lain@surel.example>")),
    "other References": (AUTHENTIC, say(references=("<kunci@warta.example>",))),
    "another In-Reply-To": (AUTHENTIC, say(in_reply_to="<kunci@warta.example>")),
    "another To": (AUTHENTIC, head("To", "redaksi+kunci@warta.example")),
    "a Delivered-To": (AUTHENTIC, head("Delivered-To", "redaksi+kunci@warta.example")),
    "another subject": (AUTHENTIC, say(subject="W-2026-0001")),
    "another name": (AUTHENTIC, say(from_name="Redaksi")),
    "our border vouches": (
        UNSURE,
        head("Authentication-Results", "mx.warta.example; dmarc=pass header.from=surel.example"),
    ),
    "a freer rule": (UNSURE, rule(SenderRule.AUTHENTICATED, mail_kind="normal")),
    "a rule that waits": (UNSURE, rule(SenderRule.UNKNOWN, mail_kind="normal")),
    "no loop": (LOOP, rule(SenderRule.AUTHENTICATED, mail_kind="normal")),
    "a loop is a robot": (LOOP, rule(SenderRule.NO_REPLY, mail_kind="noreply")),
    "no mail": (AUTHENTIC, lambda whole: replace(whole, mail=None)),
    "no answer": (AUTHENTIC, lambda whole: replace(whole, answer=None)),
    "a letter to another": (AUTHENTIC, answered(to=VICTIM, send=True, letter="accepted")),
    "a list without a mark": (AUTHENTIC, rule(SenderRule.MAILING_LIST, mail_kind="list")),
    "the server's words": (AUTHENTIC, rule(SenderRule.STAND_IN, mail_kind="stand_in")),
    "a report of a person": (AUTHENTIC, rule(SenderRule.REPORT, mail_kind="normal")),
}


@pytest.mark.parametrize(("raw", "lie"), LIES.values(), ids=LIES)
def test_a_lie_is_an_editors_and_nobodys_letter(
    raw: bytes, lie: Callable[[Examination], Examination]
) -> None:
    header, _ = read_twice(raw)
    found = agreed(raw, lie)
    assert code_of(found.reason) is ReasonCode.READINGS_DIFFER
    assert found.decision == "review"
    assert found.answer is not None
    assert (found.answer.send, found.answer.letter, found.answer.to) == (False, "", "")
    assert found.answer.rule == header.ruling.rule
    assert found.mail == header.mail
    assert all(each.decision == "review" for each in found.assessments)


@pytest.mark.parametrize(
    ("raw", "lie"),
    {
        "a letter nobody's verdict calls for": (AUTHENTIC, answered(send=True, letter="published")),
        "a letter where none goes": (UNSURE, answered(send=True, letter="accepted")),
        "a letter of a loop": (LOOP, answered(send=True, letter="accepted", to="")),
    }.values(),
)
def test_a_letter_is_what_was_found_and_the_header_allow(
    raw: bytes, lie: Callable[[Examination], Examination]
) -> None:
    assert agreed(raw, lie).answer == agreed(raw).answer


REPORT = Report(
    deliveries=(Delivery(recipient=VICTIM, action="failed", status="5.1.1"),),
    returned=("<surat@warta.example>",),
)
BOUNCE = (
    b"From: MAILER-DAEMON@surel.example\r\nTo: redaksi@warta.example\r\nSubject: Gagal\r\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--x--\r\n"
)


@pytest.mark.parametrize(("raw", "believed"), [(AUTHENTIC, None), (UNSURE, None), (BOUNCE, REPORT)])
def test_a_report_is_believed_where_the_header_is_a_reports(
    raw: bytes, believed: Report | None
) -> None:
    found = agreed(raw, lambda whole: replace(whole, report=REPORT))
    assert found.report == believed
    assert code_of(found.reason) is not ReasonCode.READINGS_DIFFER


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (SenderRule.REPORT, "dsn"),
        (SenderRule.CALENDAR, "calendar"),
        (SenderRule.NO_REPLY, "noreply"),
        (SenderRule.OUT_OF_OFFICE, "auto_reply"),
    ],
)
def test_files_and_words_may_make_it_stricter(found: SenderRule, kind: str) -> None:
    believed = agreed(AUTHENTIC, rule(found, mail_kind=kind))
    assert code_of(believed.reason) is not ReasonCode.READINGS_DIFFER
    assert believed.answer is not None
    assert (believed.answer.rule, believed.mail_kind) == (found, kind)
    assert (believed.answer.send, believed.answer.letter) == (False, "")


def test_what_is_quarantined_stays_so() -> None:
    _, whole = read_twice(AUTHENTIC)
    found = agreed(AUTHENTIC, lambda x: say(subject="lain")(replace(x, decision="quarantine")))
    assert whole.decision != "quarantine"
    assert (found.decision, code_of(found.reason)) == ("quarantine", ReasonCode.READINGS_DIFFER)


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
@pytest.mark.parametrize("passed", [b"", PASSED], ids=["unsigned", "passed"])
def test_two_honest_readings_are_the_examination_itself(raw: bytes, passed: bytes) -> None:
    header, whole = read_twice(passed + raw)
    assert agree(header, whole, OWN) == whole


def test_every_rule_has_its_place_among_the_strict() -> None:
    assert STRICTNESS.keys() == set(SenderRule)


@pytest.mark.parametrize("found", [r for r, s in STRICTNESS.items() if s.order > 1])
def test_no_letter_goes_by_a_strict_rule(found: SenderRule) -> None:
    header, _ = read_twice(AUTHENTIC)
    ruling = replace(header.ruling, rule=found, letter="none")
    assert not answer(header.mail, OWN, ruling, "accept", "accepted").letter


def test_by_the_header_alone_an_editor_sees_whose_it_is() -> None:
    header, _ = read_twice(AUTHENTIC)
    found = judge_by_header(header, "INBOX/1", explain(ReasonCode.EXAMINATION_STOPPED, line="x"))
    assert (found.source, found.decision, found.mail) == ("INBOX/1", "review", header.mail)
    assert found.answer is not None and not found.answer.letter
