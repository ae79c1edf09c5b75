"""What the header alone says of a mail: who wrote it, what it answers, who may be answered. Pure.

It is read by a process that no image and no document ever reaches, and is what is believed of them
(desk.domain.agreement). What came with the mail it cannot know: so its ruling is the freest that
any files and any words allow.
"""

from msgspec import Struct

from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.sender_policy.brought import Brought
from redaksi.sender_policy.question import Question
from redaksi.sender_policy.ruling import SenderRuling
from redaksi.sender_policy.stand_in import may_be_stand_in
from redaksi.sender_policy.table import classify_sender, find_recipient, judge_authentication
from redaksi.sender_rule import SenderRule

# What comes with it can only make a mark of the header stricter: nothing is "bare" of files.
_ANYTHING = Brought(attached=True, document=True, photo=True, pasted=True, returned=True)


class HeaderReading(Struct, frozen=True, kw_only=True):
    """`mail`: the header, and no words. `to`: the one mailbox that a letter may go to, "" for
    none. `may_report`, `may_stand_in`: whether it may be a report of a mail system, or the
    server's words in place of a mail, by its header."""

    mail: Mail
    ruling: SenderRuling
    to: str = ""
    authentication: SenderRule = SenderRule.NOT_AUTHENTICATED
    may_report: bool = False
    may_stand_in: bool = False


def judge_header(mail: Mail, own: Identity, *, may_report: bool = False) -> HeaderReading:
    """What a mail's header (`mail`, without words) says. `may_report`: of what is more than a row
    of the table (ingest.read.mail.delivery)."""
    ruling = classify_sender(mail, own, _ANYTHING)
    return HeaderReading(
        mail=mail,
        ruling=ruling,
        to=find_recipient(mail, own),
        authentication=judge_authentication(mail, own),
        may_report=may_report or ruling.rule == SenderRule.REPORT,
        may_stand_in=may_be_stand_in(Question(mail=mail, own=own, brought=Brought())),
    )
