"""What a row of the answering table says of a mail, and how rows say it. Pure."""

from typing import Literal

from msgspec import Struct

from redaksi.model import MailKind, Verdict
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.sender_policy.question import Question
from redaksi.sender_rule import SenderRule


class SenderRuling(Struct, frozen=True, kw_only=True):
    """What a row of the table says.

    `letter`: "send" by itself, "held" until an editor presses send, "none". `examine`: False files
    the mail as not a submission, unread. `review`: True shows it to an editor whatever the
    examination says.
    """

    rule: SenderRule
    kind: MailKind
    letter: Literal["send", "held", "none"] = "none"
    examine: bool = False
    review: bool = False
    reason: Reason

    @property
    def verdict(self) -> Verdict | None:
        """The verdict this row imposes on the mail; None leaves it to the examination."""
        if not self.examine:
            return "ignore"
        return "review" if self.review else None


def make_unread(
    rule: SenderRule, kind: MailKind, code: ReasonCode, **facts: object
) -> SenderRuling:
    """No letter, and no submission."""
    return SenderRuling(rule=rule, kind=kind, reason=explain(code, **facts))


def make_marked(
    rule: SenderRule, kind: MailKind, code: ReasonCode, *, shown: bool, **facts: object
) -> SenderRuling:
    """No letter; put before an editor where there is something to look at (`shown`)."""
    reason = explain(code, **facts)
    return SenderRuling(rule=rule, kind=kind, examine=shown, review=shown, reason=reason)


def make_shown(
    question: Question, rule: SenderRule, kind: MailKind, code: ReasonCode, **facts: object
) -> SenderRuling:
    """No letter; shown to an editor if anything came with it."""
    return make_marked(rule, kind, code, shown=question.brought.attached, **facts)
