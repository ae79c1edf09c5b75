"""Who gets a letter: one table, a small function a row, the first that matches decides.

How many letters, and how often, needs to know what was sent before and is the outbox's.
"Shown" means examined and put before an editor with the reason, silent until the editor writes.
Nothing is deleted for want of authentication. Only the top-level header of the mail is read; every
occurrence of a field counts, whatever its case, folding, comments or encoding.
"""

from collections.abc import Callable

from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.model import Answer, Verdict
from redaksi.reasons import ReasonCode, explain
from redaksi.sender_policy.brought import NOTHING, Brought
from redaksi.sender_policy.header_fields import Mailbox, mailboxes
from redaksi.sender_policy.marked_mail import (
    match_automatic,
    match_calendar,
    match_mailing_list,
    match_no_reply,
    match_report,
    match_share_notice,
)
from redaksi.sender_policy.out_of_office import is_out_of_office
from redaksi.sender_policy.question import (
    Question,
    border_of,
    canonical_mailbox,
    from_domain_of,
    senders_of,
)
from redaksi.sender_policy.ruling import SenderRuling, make_shown, make_unread
from redaksi.sender_policy.stand_in import find_stand_in
from redaksi.sender_rule import SenderRule

# Received fields; RFC 5321, 6.3 asks for a limit of at least 100 hops before a *server* gives up
MOST_HOPS = 50
LOOP_HEADER = "X-Redaksi-Loop"
ANSWERED: tuple[Verdict, ...] = ("accept", "revise", "incomplete")


Row = Callable[[Question], SenderRuling | None]


def classify_sender(mail: Mail, own: Identity, brought: Brought) -> SenderRuling:
    """The ruling of the first row that matches `mail`; `brought`: what came with it."""
    question = Question(mail=mail, own=own, brought=brought)
    for row in ROWS:
        if ruling := row(question):
            return ruling
    return SenderRuling(
        rule=SenderRule.UNDECIDED,
        kind="bad_sender",
        examine=True,
        review=True,
        reason=explain(ReasonCode.NO_RULE),
    )


def judge_authentication(mail: Mail, own: Identity) -> SenderRule:
    """What our border says of the sender, whatever marks the mail bears: NOT_AUTHENTICATED, UNKNOWN
    or AUTHENTICATED."""
    question = Question(mail=mail, own=own, brought=NOTHING)
    rows = (match_not_authenticated, match_unknown, match_authenticated)
    found = (row(question) for row in rows)
    return next((ruling.rule for ruling in found if ruling), SenderRule.NOT_AUTHENTICATED)


def answer(
    mail: Mail, own: Identity, ruling: SenderRuling, verdict: Verdict, letter: str
) -> Answer:
    """Whether `letter`, which `verdict` calls for ("" for none), leaves by itself, and to whom.

    It goes to the one mailbox of From: never to Reply-To, never to
    Disposition-Notification-To, and never to one of our own addresses.
    """
    to = find_recipient(mail, own)
    wanted = letter if ruling.letter != "none" and verdict in ANSWERED and to else ""
    send = ruling.letter == "send" and bool(wanted)
    return Answer(
        send=send, letter=wanted, to=to if wanted else "", reason=ruling.reason, rule=ruling.rule
    )


def find_recipient(mail: Mail, own: Identity) -> str:
    """The one mailbox of From; "" where there is not exactly one, or it is one of ours."""
    senders = senders_of(mail)
    if len(senders) != 1 or senders[0] is None or is_ours(senders[0], own):
        return ""
    return senders[0].address


def is_ours(sender: Mailbox, own: Identity) -> bool:
    """Whether `sender` is one of our own addresses, plus-addresses and Gmail's dots (its help,
    7436150) included."""
    return canonical_mailbox(sender) in {
        canonical_mailbox(box) for one in own.addresses for box in mailboxes(one) if box
    }


def match_stand_in(question: Question) -> SenderRuling | None:
    """The server's own words in place of a mail it could not give: nobody wrote it, and the mail is
    still owed."""
    found = find_stand_in(question)
    if found is None:
        return None
    return SenderRuling(
        rule=SenderRule.STAND_IN,
        kind="stand_in",
        examine=True,
        review=True,
        reason=explain(ReasonCode.STAND_IN, subject=found.subject, sender=found.sender),
    )


def match_own_or_loop(question: Question) -> SenderRuling | None:
    """A loop: too many hops (RFC 5321, 6.3), our own loop header (RFC 3834, 3.1.7), or
    ourselves."""
    if question.has(LOOP_HEADER):
        return make_unread(SenderRule.OWN_OR_LOOP, "loop", ReasonCode.OWN_LOOP_HEADER)
    if len(question.all("Received")) > MOST_HOPS:
        return make_unread(SenderRule.OWN_OR_LOOP, "loop", ReasonCode.TOO_MANY_HOPS, most=MOST_HOPS)
    if any(sender and is_ours(sender, question.own) for sender in senders_of(question.mail)):
        shown = question.brought.attached  # an editor who mails a submission in
        return SenderRuling(
            rule=SenderRule.OWN_OR_LOOP,
            kind="own",
            examine=shown,
            review=shown,
            reason=explain(ReasonCode.FROM_OURSELVES),
        )
    return None


def match_bad_sender(question: Question) -> SenderRuling | None:
    """Nobody, or nobody in particular, to write to: RFC 5322, 3.6.2; RFC 7489, 6.6.1 on several
    From."""
    fields, senders = question.all("From"), senders_of(question.mail)
    if len(fields) != 1:
        code = ReasonCode.FROM_FIELDS
        return make_shown(question, SenderRule.BAD_SENDER, "bad_sender", code, count=len(fields))
    if len(senders) != 1:
        code = ReasonCode.FROM_MAILBOXES
        return make_shown(question, SenderRule.BAD_SENDER, "bad_sender", code, count=len(senders))
    sender = senders[0]
    if sender is None:
        return make_shown(question, SenderRule.BAD_SENDER, "bad_sender", ReasonCode.FROM_NOT_PLAIN)
    if sender.domain.startswith("["):
        return make_shown(
            question, SenderRule.BAD_SENDER, "bad_sender", ReasonCode.FROM_DOMAIN_LITERAL
        )
    if "." not in sender.domain:
        return make_shown(
            question, SenderRule.BAD_SENDER, "bad_sender", ReasonCode.FROM_WITHOUT_DOT
        )
    return None


def match_out_of_office(question: Question) -> SenderRuling | None:
    """Out of office without a word of it in the header, as old responders write it: RFC 3834,
    3.1.5 on subjects. A picture shown among its words is its banner."""
    replies = any(
        value.strip() for value in (question.mail.in_reply_to, *question.all("In-Reply-To"))
    )
    brought = question.brought
    bare = not brought.attached or (brought.pasted and not brought.has_files(picture="attached"))
    if replies and bare and is_out_of_office(question.mail.subject):
        return make_unread(SenderRule.OUT_OF_OFFICE, "auto_reply", ReasonCode.OUT_OF_OFFICE_SUBJECT)
    return None


def match_not_authenticated(question: Question) -> SenderRuling | None:
    """Our border calls it forged, or did not look (RFC 7489, 6.6; RFC 8601, 5). The verdict
    stays; no letter."""
    if question.own.is_taken_in or not question.own.authserv_id.strip():
        return None
    border = border_of(question)
    if border is None:
        reason = explain(ReasonCode.NOT_CHECKED_BY_BORDER)
        return SenderRuling(
            rule=SenderRule.NOT_AUTHENTICATED, kind="unauthenticated", examine=True, reason=reason
        )
    if border.dmarc(from_domain_of(question.mail)) == "fail":
        return SenderRuling(
            rule=SenderRule.NOT_AUTHENTICATED,
            kind="forged",
            examine=True,
            reason=explain(ReasonCode.DMARC_FAIL),
        )
    return None


def match_unknown(question: Question) -> SenderRuling | None:
    """Our border cannot tell (RFC 7489, 6.6.2), we do not know our border, or the mail passed none:
    an editor presses send."""
    if question.own.is_taken_in:
        reason = explain(ReasonCode.TAKEN_IN)
        return SenderRuling(
            rule=SenderRule.UNKNOWN, kind="normal", letter="held", examine=True, reason=reason
        )
    if not question.own.authserv_id.strip():
        reason = explain(ReasonCode.NO_AUTHSERV_ID)
        return SenderRuling(
            rule=SenderRule.UNKNOWN, kind="normal", letter="held", examine=True, reason=reason
        )
    border = border_of(question)
    if border and border.dmarc(from_domain_of(question.mail)) == "none":
        reason = explain(ReasonCode.DMARC_UNSURE)
        return SenderRuling(
            rule=SenderRule.UNKNOWN, kind="normal", letter="held", examine=True, reason=reason
        )
    return None


def match_authenticated(question: Question) -> SenderRuling | None:
    """Our border vouches for the domain of From (RFC 7489, 6.6.2): it is answered."""
    border = border_of(question)
    if border and border.dmarc(from_domain_of(question.mail)) == "pass":
        return SenderRuling(
            rule=SenderRule.AUTHENTICATED,
            kind="normal",
            letter="send",
            examine=True,
            reason=explain(ReasonCode.DMARC_PASS),
        )
    return None


ROWS: tuple[Row, ...] = (
    match_stand_in,
    match_own_or_loop, match_bad_sender, match_report, match_calendar, match_share_notice, match_automatic, match_mailing_list, match_no_reply, match_out_of_office, match_not_authenticated, match_unknown, match_authenticated,
)  # fmt: skip
