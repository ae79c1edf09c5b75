"""No letter answers a letter: two desks, or a desk and a responder, fall silent after the first word."""

from email import message_from_bytes

import pytest

from publisher.letters.occasion import KINDS, LetterKind
from redaksi.answering import answer, rule_on
from redaksi.model import Mail, Own
from tests.unit.letters.letterbox import occasion, written

OTHER_DESK = Own(addresses=("redaksi@lain.example.net",), authserv_id="mx.lain.example.net")


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
    ruling = rule_on(mail, OTHER_DESK, attached=True)
    assert not answer(mail, OTHER_DESK, ruling, "accept", "accepted").send
    assert ruling.verdict == "ignore"


@pytest.mark.parametrize("kept", ["Auto-Submitted", "X-Auto-Response-Suppress", "X-Redaksi-Loop"])
def test_one_mark_of_three_is_enough_when_a_relay_strips_the_others(kept: str) -> None:
    marks = {"Auto-Submitted", "X-Auto-Response-Suppress", "X-Redaksi-Loop"}
    mail = arrived(written("revise", occasion()).raw)
    stripped = Mail(headers=tuple(field for field in mail.headers if field[0] not in marks - {kept}))
    assert rule_on(stripped, OTHER_DESK, attached=True).letter == "none"
