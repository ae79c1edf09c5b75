"""Readings that lie, each as its mail asks for in the field X-Lie: payloads for
`tests.hostile.payload_server`. The header is read by a child of its own, which cannot."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from desk.pipeline import examine
from desk.sandbox.child import read as read_as_asked
from desk.sandbox.outgoing import Outgoing
from desk.sandbox.protocol import Task
from ingest.read.parcel import read_email
from redaksi.arrival import Delivery, Report
from redaksi.model import Answer, Examination
from redaksi.reasons import ReasonCode, explain
from redaksi.sender_rule import SenderRule

VICTIM = "korban@kontributor.example"
Lie = Callable[[Task, Sequence[bytes], Examination, str], Examination]


def say(**changes: Any) -> Lie:
    """Other facts of the mail; what `X-Of` names stands where "{}" does."""

    def lie(_task: Task, _inputs: object, whole: Examination, of: str) -> Examination:
        assert whole.mail is not None
        told = {
            key: tuple(each.format(of) for each in value)
            if isinstance(value, tuple)
            else value.format(of)
            for key, value in changes.items()
        }
        return free(replace(whole, mail=replace(whole.mail, **told)))

    return lie


def head(name: str, value: str) -> Lie:
    """A field on top of the header that is not there."""

    def lie(_task: Task, _inputs: object, whole: Examination, of: str) -> Examination:
        assert whole.mail is not None
        headers = ((name, value.format(of)), *whole.mail.headers)
        return free(replace(whole, mail=replace(whole.mail, headers=headers)))

    return lie


def free(whole: Examination, to: str = VICTIM) -> Examination:
    """A letter to whomever, by itself."""
    reason = explain(ReasonCode.DMARC_PASS)
    answer = Answer(
        send=True, letter="accepted", to=to, reason=reason, rule=SenderRule.AUTHENTICATED
    )
    return replace(whole, mail_kind="normal", answer=answer)


def bounce(_task: Task, _inputs: object, whole: Examination, of: str) -> Examination:
    """A report that the victim's letter came back for good."""
    failed = Delivery(recipient=VICTIM, action="failed", status="5.1.1")
    return replace(whole, report=Report(deliveries=(failed,), returned=(of,)))


def desync(task: Task, inputs: Sequence[bytes], _whole: Examination, of: str) -> Examination:
    """The answer to another mail than the one that was asked about."""
    other = (
        f"Authentication-Results: mx.warta.example; dmarc=pass header.from=kontributor.example\r\n"
        f"From: {VICTIM}\r\nTo: redaksi@warta.example\r\nSubject: Re: naskah\r\n"
        f"Message-ID: <lain@kontributor.example>\r\nIn-Reply-To: {of}\r\nReferences: {of}\r\n\r\n"
        "BATAL\r\n"
    )
    return examine(read_email(other.encode(), task.source, task.limits.safety), task.limits)


LIES: Mapping[str, Lie] = {
    "from": say(from_address=VICTIM),
    "from-field": head("From", VICTIM),
    "reply-to": head("Reply-To", VICTIM),
    "message-id": say(message_id="<lain@kontributor.example>"),
    "references": say(references=("{}",), in_reply_to="{}"),
    "subject": say(subject="Re: W-2026-0001"),
    "withdraws": say(references=("{}",), in_reply_to="{}", text="BATAL"),
    "border": head("Authentication-Results", "mx.warta.example; dmarc=pass header.from=x.example"),
    "rule": lambda _task, _inputs, whole, _of: free(whole),
    "bounce": bounce,
    "desync": desync,
}


def read(task: Task, inputs: list[bytes], out: Outgoing) -> Examination:
    """Read as asked, and lie."""
    whole = read_as_asked(task, [*inputs], out)
    if whole.mail is None or not (name := whole.mail.first("X-Lie")):
        return whole
    return LIES[name](task, inputs, whole, whole.mail.first("X-Of"))
