"""No letter answers a letter: two desks, or a desk and a responder, fall silent after the first
word."""

from email import message_from_bytes

import pytest

from publisher.letters.letter_context import KINDS, LetterKind
from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.sender_policy.brought import NOTHING, Brought
from redaksi.sender_policy.table import answer, classify_sender
from tests.unit.letters.letterbox import occasion, written

FILES = Brought(attached=True, document=True)
OTHER_DESK = Identity(addresses=("redaksi@lain.example.net",), authserv_id="mx.lain.example.net")


def arrived(raw: bytes) -> Mail:
    """A letter of ours as another desk's border delivers it."""
    letter = message_from_bytes(raw)
    fields = [(name, str(value).replace("\r\n", "")) for name, value in letter.items()]
    return Mail(
        headers=(("Authentication-Results", "mx.lain.example.net; dmarc=pass"), *fields),
        subject=letter["Subject"],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_never_answered_by_another_desk(kind: LetterKind) -> None:
    mail = arrived(written(kind, occasion(kind)).raw)
    ruling = classify_sender(mail, OTHER_DESK, FILES)
    assert not answer(mail, OTHER_DESK, ruling, "accept", "accepted").send
    assert ruling.verdict == "ignore"


@pytest.mark.parametrize("kept", ["Auto-Submitted", "X-Auto-Response-Suppress", "X-Redaksi-Loop"])
def test_one_mark_of_three_is_enough_when_a_relay_strips_the_others(kept: str) -> None:
    marks = {"Auto-Submitted", "X-Auto-Response-Suppress", "X-Redaksi-Loop"}
    mail = arrived(written("revise", occasion()).raw)
    stripped = Mail(
        headers=tuple(field for field in mail.headers if field[0] not in marks - {kept})
    )
    assert classify_sender(stripped, OTHER_DESK, FILES).letter == "none"


# ── responders over a day ─────────────────────────────────────────────────────────────────────────

MARKS = [
    (("Auto-Submitted", "auto-replied"),),
    (
        ("Auto-Submitted", "auto-replied (vacation)"),
        ("Precedence", "bulk"),
        ("X-Autoreply", "yes"),
    ),  # Gmail
    (("X-Auto-Response-Suppress", "All"), ("Auto-Submitted", "auto-generated")),  # Exchange
    (("Return-Path", "<>"),),
    (("Precedence", "auto_reply"),),
    (),  # an old one: nothing but its subject gives it away
]


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize(
    "subject", ["Balasan otomatis: {}", "Sedang cuti ({})", "Out of office: {}"]
)
def test_a_responder_gets_at_most_the_one_letter_that_its_owner_asked_for(
    marks: tuple[tuple[str, str], ...], subject: str
) -> None:
    sender = ("From", "Rahmawati <rahmawati@example.net>")
    passed = ("Authentication-Results", "mx.lain.example.net; dmarc=pass header.from=example.net")
    arriving: list[Mail] = [Mail(headers=(passed, sender, ("Subject", "Naskah")), subject="Naskah")]
    letters = 0
    for _hour in range(24):
        mail, attached = arriving.pop(), letters == 0
        ruling = classify_sender(mail, OTHER_DESK, FILES if attached else NOTHING)
        if not answer(mail, OTHER_DESK, ruling, "accept", "accepted").send:
            break
        letters += 1
        title = subject.format("Re: Naskah")
        back = (
            passed,
            sender,
            ("In-Reply-To", f"<redaksi-{letters}@lain.example.net>"),
            ("Subject", title),
            *marks,
        )
        arriving.append(Mail(headers=back, subject=title))
    assert letters == 1
