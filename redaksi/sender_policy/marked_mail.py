"""The rows of the answering table about mail that no person answers for: reports, calendars, marks of
automatic mail, lists, addresses nobody reads.

The marks forbid the answer, not the reading (RFC 3834, 2; MS-OXCMAIL 2.1.3.2.20): Exchange marks what
people write and what mailbox rules send on. Without files such a mail is an event; with files it is
shown to an editor, and joined where it answers a letter of ours (desk.workflow.find_target).
"""

import re

from redaksi.model import MailKind
from redaksi.reasons import ReasonCode
from redaksi.sender_policy.brought import Picture
from redaksi.sender_policy.header_fields import media_type, parameter, plain, strip_comments, words
from redaksi.sender_policy.out_of_office import is_out_of_office
from redaksi.sender_policy.question import (
    Question,
    auto_submitted_of,
    border_of,
    from_domain_of,
    local_parts_of,
    precedence_of,
    senders_of,
)
from redaksi.sender_policy.ruling import SenderRuling, make_marked, make_shown
from redaksi.sender_policy.share_notice import find_share
from redaksi.sender_rule import SenderRule

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
            return _report(question, kind, code, report=report)
    if question.has("X-Failed-Recipients"):
        return _report(question, "dsn", ReasonCode.FAILED_RECIPIENTS)
    if any(_DAEMON.fullmatch(local) for local in local_parts_of(question.mail)):
        return _report(question, "dsn", ReasonCode.FROM_MAIL_SYSTEM)
    return None


def _report(question: Question, kind: MailKind, code: ReasonCode, **facts: object) -> SenderRuling:
    """Files beside what it returns are somebody's: the postmaster of a small office writes
    articles, too. What comes back with our own letter is nobody's."""
    shown = question.brought.has_files(picture="attached", returned=False)
    return make_marked(SenderRule.REPORT, kind, code, shown=shown, **facts)


def match_calendar(question: Question) -> SenderRuling | None:
    """An invitation or the answer to one: text/calendar with a method (RFC 5546, 1.4; RFC 6047,
    2.4)."""
    declared = (v for v in question.all("Content-Type") if media_type(v) == "text/calendar")
    if question.mail.calendar or any(parameter(value, "method") for value in declared):
        shown = question.brought.has_files()
        return make_marked(SenderRule.CALENDAR, "calendar", ReasonCode.CALENDAR_METHOD, shown=shown)
    return None


def match_share_notice(question: Question) -> SenderRuling | None:
    """A file service tells that somebody shares something with us, whatever marks it bears: its
    sender's way of handing in. Of one that our border does not vouch for nothing is believed."""
    border = border_of(question)
    named = bool(question.own.authserv_id.strip())
    if named and (border is None or border.dmarc(from_domain_of(question.mail)) == "fail"):
        return None
    senders = senders_of(question.mail)
    service = find_share(question.mail, senders[0]) if len(senders) == 1 and senders[0] else ""
    if not service:
        return None
    code = ReasonCode.SHARE_NOTICE
    return make_marked(SenderRule.NO_REPLY, "noreply", code, shown=True, service=service)


# The null reverse-path; as Postfix's pipe(8) writes it ("null_sender"); and a field that names
# nothing at all.
_NOBODY = re.compile(r"\s*(?:<\s*(?:mailer-daemon)?\s*>)?\s*")
# What bounces are called that no mail system signs; the mail in them is one that came back.
_RETURNS = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|notification)|(?:mail|message) delivery|returned mail|failure notice"
    r"|(?:gagal|tidak|tak) (?:dapat |bisa |berhasil )?(?:di|ter)?(?:kirim|antar|sampai)|kegagalan pengiriman|mail failure"
)
_RESPONDERS = ("X-Autoreply", "X-Autorespond", "X-BoxTrapper")


def match_automatic(question: Question) -> SenderRuling | None:
    """A machine wrote it, or marked it: Auto-Submitted (RFC 3834, 5), MS-OXCMAIL 2.1.3.2.20, and
    what was used before them. A picture alone in an automatic *reply* is its banner."""
    found = _find_mark(question)
    if found is None:
        return None
    replies = _is_reply_of_a_machine(question)
    picture: Picture = "none" if replies else "any"
    returns = replies or _RETURNS.search(plain(question.mail.subject[:500])) is not None
    shown = question.brought.has_files(picture=picture, returned=not returns)
    code, field = found
    facts = {"field": field} if field else {}
    return make_marked(SenderRule.AUTOMATIC, "auto_reply", code, shown=shown, **facts)


def _find_mark(question: Question) -> tuple[ReasonCode, str] | None:
    """The first mark of automatic mail, and the field it is, where its reason names that."""
    if any(word != "no" for word in auto_submitted_of(question)):
        return ReasonCode.AUTO_SUBMITTED, ""
    suppressed = {
        word for value in question.all("X-Auto-Response-Suppress") for word in words(value)
    }
    if suppressed & {"all", "autoreply"}:
        return ReasonCode.RESPONSE_SUPPRESSED, ""
    for name in _RESPONDERS:
        if question.has(name):
            return ReasonCode.RESPONDER_FIELD, name
    if precedence_of(question) & {"junk", "auto_reply", "auto-reply"}:
        return ReasonCode.PRECEDENCE_JUNK, ""
    if any(_NOBODY.fullmatch(strip_comments(value)) for value in question.all("Return-Path")):
        return ReasonCode.REVERSE_PATH_EMPTY, ""
    return None


def _is_reply_of_a_machine(question: Question) -> bool:
    """Whether it says that it is a responder's reply; "auto-generated", which is what a mailbox
    rule that sends on is called too, says no such thing."""
    return (
        "auto-replied" in auto_submitted_of(question)
        or any(question.has(name) for name in _RESPONDERS)
        or bool(precedence_of(question) & {"auto_reply", "auto-reply"})
        or is_out_of_office(question.mail.subject)
    )


def match_mailing_list(question: Question) -> SenderRuling | None:
    """One mail to many: List-* (RFC 2369, 2919, 8058), Precedence list or bulk (RFC 3834,
    3.1.8)."""
    if any(key.strip().lower().startswith("list-") for key, _ in question.mail.headers):
        return make_shown(question, SenderRule.MAILING_LIST, "list", ReasonCode.LIST_FIELD)
    precedence = precedence_of(question)
    if "list" in precedence:
        return make_shown(question, SenderRule.MAILING_LIST, "list", ReasonCode.PRECEDENCE_LIST)
    if "bulk" in precedence:
        return make_shown(question, SenderRule.MAILING_LIST, "bulk", ReasonCode.PRECEDENCE_BULK)
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
    shown = question.brought.has_files()
    for sender in senders_of(question.mail):
        if sender and any(
            _NOREPLY.search(plain(part)) for part in (sender.local, *sender.domain.split("."))
        ):
            code = ReasonCode.FROM_NO_REPLY
            return make_marked(SenderRule.NO_REPLY, "noreply", code, shown=shown)
    if any(_LIST_ROLE.fullmatch(local) for local in local_parts_of(question.mail)):
        code = ReasonCode.FROM_LIST_ADDRESS
        return make_marked(SenderRule.NO_REPLY, "noreply", code, shown=shown)
    return None
