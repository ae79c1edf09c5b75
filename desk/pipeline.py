"""START READING HERE. A Parcel goes in, an Examination comes out; the rest of the house only
carries.

    mailbox ─► Parcel ─► assemble ─► Submissions ─► rules ─► Findings ─► decide ─► Decision ─► answer
                         (facts)                   (observe)            (judges)             (who gets a letter)

Pure: no socket, path, database, clock or random. Every caller (daemon, cron, `redaksi check`, the
sandboxed child) calls this one function; tests/journey/test_one_decision.py holds them to it.
"""

import msgspec

from ingest.read.assemble import assemble
from ingest.read.body_article import find_typed, may_be_article
from ingest.read.budget import Budget
from ingest.read.guarded import read_guarded
from ingest.read.mail.delivery import may_be_report
from ingest.read.parcel import read_header
from ingest.read.photo.picture import Emit
from ingest.read.unjudged import mark
from ingest.read.written import Written, read_written
from redaksi.arrival import Mail, Parcel, Unread
from redaksi.decide import decide, letter_for, worst_of
from redaksi.limits import Limits
from redaksi.model import Assessment, Examination, Submission, Verdict
from redaksi.reasons import Reason, ReasonCode, code_of
from redaksi.sender_policy.attempt import looks_like_a_try
from redaksi.sender_policy.brought import Brought, describe_brought
from redaksi.sender_policy.header_reading import HeaderReading, judge_header
from redaksi.sender_policy.ruling import SenderRuling
from redaksi.sender_policy.share_notice import find_shared
from redaksi.sender_policy.table import answer, classify_sender
from redaksi.sender_rule import WRITTEN_BY_MACHINES, SenderRule
from redaksi.text import clean
from validators.registry import Rulebook, check, make_rulebook


def examine(
    parcel: Parcel, limits: Limits, emit: Emit | None = None, budget: Budget | None = None
) -> Examination:
    """Everything that can be known of a parcel from its own bytes, judged under `limits`. Pictures
    for people go to `emit` on the way; the answer is the same without. `budget`: what this reading
    may still cost; without one it is as in a child, but that no time passes.

    Raises redaksi.errors.ConfigError when `limits.rules` is not a rulebook; nothing a parcel holds
    raises.
    """
    rules = make_rulebook(limits.rules)
    budget = budget or Budget(limits.safety)
    submissions, others = assemble(parcel, limits, emit=emit, budget=budget)
    written, submissions = _read_written(parcel, submissions, budget)
    judged = tuple(_judge_guarded(submission, rules, budget) for submission in submissions)
    if parcel.mail is None:
        decision = verdict_on(parcel, judged)
        return Examination(
            source=parcel.source,
            mail=None,
            mail_kind=None,
            assessments=judged,
            others=others,
            decision=decision,
            answer=None,
            reason=parcel.refused or _reason_of(find_worst(judged, decision)),
        )
    brought = describe_brought(parcel, judged)
    ruling = classify_sender(parcel.mail, limits.identity, brought)
    decision = overall_verdict(parcel, ruling, judged, brought)
    judged = tuple(settle(each, parcel.mail, ruling, decision) for each in judged)
    worst = find_worst(judged, decision)
    letter = letter_for(decision, worst.submission, worst.findings) if worst else ""
    return Examination(
        source=parcel.source,
        mail=parcel.mail,
        mail_kind=ruling.kind,
        assessments=judged,
        others=others,
        decision=decision,
        answer=answer(parcel.mail, limits.identity, ruling, decision, letter),
        reason=parcel.refused or _reason_of(worst) or ruling.reason,
        written=written.text,
        asks=written.asks and ruling.rule not in WRITTEN_BY_MACHINES,
    )


def identify(prefix: bytes, limits: Limits) -> HeaderReading:
    """Who wrote a mail, what it answers and who may be answered, by its first octets alone
    (`Safety.header_prefix`). What `examine` says of the same mail is held to it:
    desk.domain.agreement. Never raises for what the mail is."""
    mail = read_header(prefix, limits.safety)
    return judge_header(mail, limits.identity, may_report=may_be_report(mail))


def _read_written(
    parcel: Parcel, submissions: tuple[Submission, ...], budget: Budget
) -> tuple[Written, tuple[Submission, ...]]:
    """What the author says beside his files; where that cannot be read, an editor judges."""
    own = parcel.mail.own if parcel.mail else ""

    def fail(reason: Reason) -> tuple[Written, tuple[Submission, ...]]:
        return Written(), tuple(mark(each, [reason]) for each in submissions)

    return read_guarded("body", budget, lambda: (read_written(own, submissions), submissions), fail)


def _judge_guarded(submission: Submission, rules: Rulebook, budget: Budget) -> Assessment:
    """As `judge`; where a rule of ours fails, an editor judges."""

    def fail(reason: Reason) -> Assessment:
        left = mark(submission, [reason])
        return Assessment(submission=left, findings=(), decision="review", reason=reason)

    return read_guarded("rules", budget, lambda: judge(submission, rules), fail)


def judge(submission: Submission, rules: Rulebook) -> Assessment:
    """Let the rules observe one submission, then decide."""
    findings = check(submission, rules)
    decision, reason = decide(submission, findings)
    return Assessment(submission=submission, findings=findings, decision=decision, reason=reason)


def settle(judged: Assessment, mail: Mail, ruling: SenderRuling, decision: Verdict) -> Assessment:
    """The same, as the whole mail's verdict leaves it: nothing is found in what is no
    contributor's, and a notice that something is shared shows where it leads."""
    if decision == "ignore" or ruling.rule == SenderRule.STAND_IN:
        return msgspec.structs.replace(judged, findings=(), decision=decision, reason=None)
    if decision == "review" and code_of(ruling.reason) is ReasonCode.SHARE_NOTICE:
        return show_links(judged, mail)
    return judged


def show_links(judged: Assessment, mail: Mail) -> Assessment:
    """The same, with the addresses that a file service's notice leads to, for an editor to open."""
    shown = tuple(
        Unread(may_be="article", kind="link", text=clean.line(each, 200))
        for each in find_shared(mail)
    )
    submission = msgspec.structs.replace(
        judged.submission, unread=(*shown, *judged.submission.unread)
    )
    return msgspec.structs.replace(judged, submission=submission)


def find_worst(judged: tuple[Assessment, ...], decision: Verdict) -> Assessment | None:
    """The submission that brought about the `decision` on all."""
    return next((each for each in judged if each.decision == decision), None)


def _reason_of(judged: Assessment | None) -> Reason | None:
    return judged.reason if judged else None


def verdict_on(parcel: Parcel, judged: tuple[Assessment, ...]) -> Verdict:
    """The worst of the submissions'; a parcel refused as a whole is quarantined."""
    if parcel.refused:
        return "quarantine"
    return worst_of(j.decision for j in judged) if judged else "ignore"


def overall_verdict(
    parcel: Parcel, ruling: SenderRuling, judged: tuple[Assessment, ...], brought: Brought
) -> Verdict:
    """What the files earned, unless the answering table says that no one submitted anything."""
    earned = verdict_on(parcel, judged)
    if ruling.verdict is not None:
        return "quarantine" if earned == "quarantine" and ruling.examine else ruling.verdict
    if brought.attached or parcel.refused or parcel.mail is None:
        return earned
    if any(each.submission.unjudged for each in judged):
        return earned
    unsure = ruling.rule == SenderRule.NOT_AUTHENTICATED
    if looks_like_a_try(parcel.mail) and not unsure:
        return earned
    return earned if _hands_in_words(parcel.mail, judged, unsure=unsure) else "ignore"


def _hands_in_words(mail: Mail, judged: tuple[Assessment, ...], *, unsure: bool) -> bool:
    """Whether a mail without files may be a submission all the same: an article stands in its
    words, or its files in a form we do not read. Of a sender nobody vouches for (`unsure`) only
    what bears a byline or dateline."""
    submissions = [each.submission for each in judged]
    if not any(each.typed or each.may_hold("article") for each in submissions):
        return False
    return not unsure or (find_typed(mail.text).signed and may_be_article(mail))
