"""Who gets a letter: one table, a small function a row, the first that matches decides.

How many letters, and how often, needs to know what was sent before and is the outbox's.
"Shown" means examined and put before an editor with the reason, silent until the editor writes.
Nothing is deleted for want of authentication. Only the top-level header of the mail is read; every
occurrence of a field counts, whatever its case, folding, comments or encoding.
"""

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.model import Answer, MailKind, Verdict
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.sender_policy.header_fields import (
    Mailbox,
    mailboxes,
    media_type,
    parameter,
    plain,
    strip_comments,
    words,
)
from redaksi.sender_policy.out_of_office import is_out_of_office
from redaksi.sender_policy.question import (
    Question,
    border_of,
    canonical_mailbox,
    from_domain_of,
    local_parts_of,
    precedence_of,
    senders_of,
)
from redaksi.sender_policy.stand_in import find_stand_in
from redaksi.sender_rule import SenderRule

# Received fields; RFC 5321, 6.3 asks for a limit of at least 100 hops before a *server* gives up
MOST_HOPS = 50
LOOP_HEADER = "X-Redaksi-Loop"
ANSWERED: tuple[Verdict, ...] = ("accept", "revise", "incomplete")


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


Row = Callable[[Question], SenderRuling | None]


def classify_sender(mail: Mail, own: Identity, *, attached: bool) -> SenderRuling:
    """The ruling of the first row that matches `mail`; `attached`: a document or photo came with
    it."""
    question = Question(mail=mail, own=own, attached=attached)
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


def answer(
    mail: Mail, own: Identity, ruling: SenderRuling, verdict: Verdict, letter: str
) -> Answer:
    """Whether `letter`, which `verdict` calls for ("" for none), leaves by itself, and to whom.

    It goes to the one mailbox of From: never to Reply-To, never to
    Disposition-Notification-To, and never to one of our own addresses.
    """
    senders = senders_of(mail)
    to = senders[0].address if len(senders) == 1 and senders[0] else ""
    ours = not to or any(sender and is_ours(sender, own) for sender in senders)
    wanted = letter if ruling.letter != "none" and verdict in ANSWERED and not ours else ""
    send = ruling.letter == "send" and bool(wanted)
    return Answer(
        send=send, letter=wanted, to=to if wanted else "", reason=ruling.reason, rule=ruling.rule
    )


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
        return _unread(SenderRule.OWN_OR_LOOP, "loop", ReasonCode.OWN_LOOP_HEADER)
    if len(question.all("Received")) > MOST_HOPS:
        return _unread(SenderRule.OWN_OR_LOOP, "loop", ReasonCode.TOO_MANY_HOPS, most=MOST_HOPS)
    if any(sender and is_ours(sender, question.own) for sender in senders_of(question.mail)):
        shown = question.attached  # an editor who mails a submission in
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
        return _shown(question, SenderRule.BAD_SENDER, "bad_sender", code, count=len(fields))
    if len(senders) != 1:
        code = ReasonCode.FROM_MAILBOXES
        return _shown(question, SenderRule.BAD_SENDER, "bad_sender", code, count=len(senders))
    sender = senders[0]
    if sender is None:
        return _shown(question, SenderRule.BAD_SENDER, "bad_sender", ReasonCode.FROM_NOT_PLAIN)
    if sender.domain.startswith("["):
        return _shown(question, SenderRule.BAD_SENDER, "bad_sender", ReasonCode.FROM_DOMAIN_LITERAL)
    if "." not in sender.domain:
        return _shown(question, SenderRule.BAD_SENDER, "bad_sender", ReasonCode.FROM_WITHOUT_DOT)
    return None


_REPORTS: dict[str, tuple[MailKind, ReasonCode]] = {
    "delivery-status": ("dsn", ReasonCode.DELIVERY_REPORT),
    "disposition-notification": ("mdn", ReasonCode.READ_RECEIPT),
    "feedback-report": ("feedback_report", ReasonCode.COMPLAINT),
}
_DAEMON = re.compile(r"mailer[-_.]?daemon|postmaster|microsoftexchange[0-9a-f]+")


def match_report(question: Question) -> SenderRuling | None:
    """A report about a mail of ours: RFC 6522 with RFC 3464, 8098, 5965 and, in UTF-8, 6533; RFC
    3834, 2."""
    declared = [parameter(value, "report-type") for value in question.all("Content-Type")]
    for report in [plain(question.mail.report_type), *declared]:
        if known := _REPORTS.get(report.removeprefix("global-")):
            kind, code = known
            return _unread(SenderRule.REPORT, kind, code, report=report)
    if question.has("X-Failed-Recipients"):
        return _unread(SenderRule.REPORT, "dsn", ReasonCode.FAILED_RECIPIENTS)
    if any(_DAEMON.fullmatch(local) for local in local_parts_of(question.mail)):
        return _unread(SenderRule.REPORT, "dsn", ReasonCode.FROM_MAIL_SYSTEM)
    return None


def match_calendar(question: Question) -> SenderRuling | None:
    """An invitation or the answer to one: text/calendar with a method (RFC 5546, 1.4; RFC 6047,
    2.4)."""
    declared = (v for v in question.all("Content-Type") if media_type(v) == "text/calendar")
    if question.mail.calendar or any(parameter(value, "method") for value in declared):
        return _unread(SenderRule.CALENDAR, "calendar", ReasonCode.CALENDAR_METHOD)
    return None


# The null reverse-path; as Postfix's pipe(8) writes it ("null_sender"); and a field that names
# nothing at all.
_NOBODY = re.compile(r"\s*(?:<\s*(?:mailer-daemon)?\s*>)?\s*")


def match_automatic(question: Question) -> SenderRuling | None:
    """A machine wrote it: Auto-Submitted (RFC 3834, 5), MS-OXCMAIL 2.1.3.2.20, and what was used
    before them."""
    for value in question.all("Auto-Submitted"):
        if strip_comments(value).split(";", 1)[0].strip() != "no":
            return _unread(SenderRule.AUTOMATIC, "auto_reply", ReasonCode.AUTO_SUBMITTED)
    suppressed = {
        word for value in question.all("X-Auto-Response-Suppress") for word in words(value)
    }
    if suppressed & {"all", "autoreply"}:
        return _unread(SenderRule.AUTOMATIC, "auto_reply", ReasonCode.RESPONSE_SUPPRESSED)
    for name in ("X-Autoreply", "X-Autorespond", "X-BoxTrapper"):
        if question.has(name):
            return _unread(
                SenderRule.AUTOMATIC, "auto_reply", ReasonCode.RESPONDER_FIELD, field=name
            )
    if precedence_of(question) & {"junk", "auto_reply", "auto-reply"}:
        return _unread(SenderRule.AUTOMATIC, "auto_reply", ReasonCode.PRECEDENCE_JUNK)
    if any(_NOBODY.fullmatch(strip_comments(value)) for value in question.all("Return-Path")):
        return _unread(SenderRule.AUTOMATIC, "auto_reply", ReasonCode.REVERSE_PATH_EMPTY)
    return None


def match_mailing_list(question: Question) -> SenderRuling | None:
    """One mail to many: List-* (RFC 2369, 2919, 8058), Precedence list or bulk (RFC 3834,
    3.1.8)."""
    if any(key.strip().lower().startswith("list-") for key, _ in question.mail.headers):
        return _shown(question, SenderRule.MAILING_LIST, "list", ReasonCode.LIST_FIELD)
    precedence = precedence_of(question)
    if "list" in precedence:
        return _shown(question, SenderRule.MAILING_LIST, "list", ReasonCode.PRECEDENCE_LIST)
    if "bulk" in precedence:
        return _shown(question, SenderRule.MAILING_LIST, "bulk", ReasonCode.PRECEDENCE_BULK)
    return None


# "noreply" run together names nobody; apart ("no-reply") it must not be the end of a name
# ("nino.reply").
_NOREPLY = re.compile(
    r"noreply|noreplies|noreplay|donotreply|dontreply|autoreply"
    r"|(?<![a-z])(?:no|not|never|auto|do[^a-z0-9]?not|don[^a-z0-9]?t)[^a-z0-9]*(?:repl(?:y|ies|ay)|respond|response)"
    r"(?![a-z])"
    r"|(?<![a-z])(?:jangan|tidak|tak)[^a-z0-9]*(?:untuk)?[^a-z0-9]*(?:di)?[^a-z0-9]*balas(?![a-z])"
)
_LIST_ROLE = re.compile(r"owner-.+|.+-request")


def match_no_reply(question: Question) -> SenderRuling | None:
    """An address no one reads, or one that manages a list: RFC 3834, 2; RFC 2142, 6."""
    for sender in senders_of(question.mail):
        if sender and any(
            _NOREPLY.search(plain(part)) for part in (sender.local, *sender.domain.split("."))
        ):
            return _unread(SenderRule.NO_REPLY, "noreply", ReasonCode.FROM_NO_REPLY)
    if any(_LIST_ROLE.fullmatch(local) for local in local_parts_of(question.mail)):
        return _unread(SenderRule.NO_REPLY, "noreply", ReasonCode.FROM_LIST_ADDRESS)
    return None


def match_out_of_office(question: Question) -> SenderRuling | None:
    """Out of office without a word of it in the header, as old responders write it: RFC 3834,
    3.1.5 on subjects."""
    replies = any(
        value.strip() for value in (question.mail.in_reply_to, *question.all("In-Reply-To"))
    )
    if replies and not question.attached and is_out_of_office(question.mail.subject):
        return _unread(SenderRule.OUT_OF_OFFICE, "auto_reply", ReasonCode.OUT_OF_OFFICE_SUBJECT)
    return None


def match_not_authenticated(question: Question) -> SenderRuling | None:
    """Our border calls it forged, or did not look (RFC 7489, 6.6; RFC 8601, 5). The verdict
    stays; no letter."""
    if not question.own.authserv_id.strip():
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
    """Our border cannot tell (RFC 7489, 6.6.2), or we do not know our border: an editor presses
    send."""
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
    match_own_or_loop, match_bad_sender, match_report, match_calendar, match_automatic, match_mailing_list, match_no_reply, match_out_of_office, match_not_authenticated, match_unknown, match_authenticated,
)  # fmt: skip


def _unread(rule: SenderRule, kind: MailKind, code: ReasonCode, **facts: object) -> SenderRuling:
    """No letter, and no submission."""
    return SenderRuling(rule=rule, kind=kind, reason=explain(code, **facts))


def _shown(
    question: Question, rule: SenderRule, kind: MailKind, code: ReasonCode, **facts: object
) -> SenderRuling:
    """No letter; shown to an editor if anything came with it."""
    return SenderRuling(
        rule=rule,
        kind=kind,
        examine=question.attached,
        review=question.attached,
        reason=explain(code, **facts),
    )
