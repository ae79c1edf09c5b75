"""Two readings of one mail made one Examination: what may reach another person is believed from
the reading of the header alone; of what was read in the files, what concerns this mail. Pure.

A decoder bug owns the process that reads files (confinement.md): it can say anything about its own
mail, but not whose mail it is, what it answers, or that a letter goes to somebody. Where it does,
an editor looks and no letter goes.
"""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from redaksi.arrival import Mail
from redaksi.decide import letter_for
from redaksi.limits import Identity
from redaksi.model import Answer, Assessment, Examination, MailKind, Verdict
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.sender_policy.header_reading import HeaderReading
from redaksi.sender_policy.ruling import SenderRuling
from redaksi.sender_policy.table import answer
from redaksi.sender_rule import SenderRule


class Strictness(Struct, frozen=True):
    """How much a rule allows. `order`: 0 allows most. `kinds`: of mail, where files and words of a
    mail may show what its header does not; none where the header alone decides."""

    order: int
    kinds: frozenset[MailKind] = frozenset()


# 0 a letter leaves by itself, and the mail joins what it belongs to (desk.domain.match)
# 1 a letter waits for an editor; the mail joins what it answers by a key of ours
# 2 no letter; with files it is shown, and joins by a key of ours where our border vouches for it
# 3 no letter, joins nothing
# 4 no letter, and nobody's mail: it is asked for again
STRICTNESS: Mapping[SenderRule, Strictness] = {
    SenderRule.AUTHENTICATED: Strictness(0),
    SenderRule.UNKNOWN: Strictness(1),
    SenderRule.NOT_AUTHENTICATED: Strictness(2),
    # its words and links show a file service's notice
    SenderRule.NO_REPLY: Strictness(2, frozenset({"noreply"})),
    SenderRule.MAILING_LIST: Strictness(2),
    SenderRule.AUTOMATIC: Strictness(2),
    # an invitation lies in one of its parts
    SenderRule.CALENDAR: Strictness(2, frozenset({"calendar"})),
    # one of its parts says what it reports
    SenderRule.REPORT: Strictness(2, frozenset({"dsn", "mdn", "feedback_report"})),
    # its subject says so, and no file came with it
    SenderRule.OUT_OF_OFFICE: Strictness(3, frozenset({"auto_reply"})),
    SenderRule.BAD_SENDER: Strictness(3),
    SenderRule.OWN_OR_LOOP: Strictness(3),
    SenderRule.UNDECIDED: Strictness(3),
    # its words are the server's
    SenderRule.STAND_IN: Strictness(4, frozenset({"stand_in"})),
}
# what is the header's alone; the words of a mail are the full reading's
_OF_THE_HEADER = (
    "headers",
    "message_id",
    "from_address",
    "from_name",
    "subject",
    "date",
    "in_reply_to",
    "references",
)
# stricter than any review: the mail broke a limit, and nothing of it is opened
_STANDS: frozenset[Verdict] = frozenset({"quarantine"})


def agree(header: HeaderReading, examination: Examination, own: Identity) -> Examination:
    """What is believed of a mail: `examination`, of the whole, with all that may reach other people
    from `header`. It may be stricter than the header allows; where it differs in anything else it
    is reviewed, without a letter (READINGS_DIFFER)."""
    differ = tuple(find_differences(header, examination))
    mail, given = examination.mail, examination.answer
    if differ or mail is None or given is None:
        return _doubt(header, examination, differ)
    ruling = _rule(header.ruling, examination.mail_kind, given)
    letter = _find_letter(examination)
    may_report = header.may_report and examination.report is not None
    return msgspec.structs.replace(
        examination,
        mail=_with_header(mail, header.mail),
        mail_kind=ruling.kind,
        answer=answer(header.mail, own, ruling, examination.decision, letter),
        report=examination.report if may_report else None,
    )


def find_differences(header: HeaderReading, examination: Examination) -> Iterator[str]:
    """What the full reading says otherwise than the header: names of fields, "rule", "to"."""
    mail, given = examination.mail, examination.answer
    if mail is None or given is None:
        yield "mail"
        return
    for name in _OF_THE_HEADER:
        if getattr(mail, name) != getattr(header.mail, name):
            yield name
    if not is_allowed(header, given.rule, examination.mail_kind):
        yield "rule"
    if given.to not in ("", header.to):
        yield "to"


def is_allowed(header: HeaderReading, rule: SenderRule, kind: MailKind | None) -> bool:
    """Whether the full reading may come to `rule`: the header's own, or a stricter one that files
    or words can show."""
    if rule == header.ruling.rule:
        return kind == header.ruling.kind or kind in STRICTNESS[rule].kinds
    stricter = STRICTNESS[rule].order >= STRICTNESS[header.ruling.rule].order
    may_be = rule != SenderRule.STAND_IN or header.may_stand_in
    return stricter and may_be and kind in STRICTNESS[rule].kinds


def judge_by_header(
    header: HeaderReading, source: str, reason: Reason, decision: Verdict = "review"
) -> Examination:
    """What is filed of a mail that nobody could read whole: who sent it and about what; an editor
    looks, and no letter goes."""
    ruling = header.ruling
    none = Answer(send=False, letter="", to="", reason=ruling.reason, rule=ruling.rule)
    return Examination(
        source=source,
        mail=header.mail,
        mail_kind=ruling.kind,
        assessments=(),
        others=(),
        decision=decision,
        answer=none,
        reason=reason,
    )


def _rule(allowed: SenderRuling, kind: MailKind | None, given: Answer) -> SenderRuling:
    """The header's ruling, or what files and words made of it: then no letter."""
    if not STRICTNESS[given.rule].kinds:
        return allowed
    return msgspec.structs.replace(
        allowed, rule=given.rule, kind=kind or allowed.kind, letter="none", reason=given.reason
    )


def _find_letter(examination: Examination) -> str:
    """The letter that what was found calls for; "" for none."""
    decision = examination.decision
    worst = next((each for each in examination.assessments if each.decision == decision), None)
    return letter_for(decision, worst.submission, worst.findings) if worst else ""


def _with_header(mail: Mail, header: Mail) -> Mail:
    values = {name: getattr(header, name) for name in _OF_THE_HEADER}
    return msgspec.structs.replace(mail, **values)


def _doubt(header: HeaderReading, examination: Examination, differ: tuple[str, ...]) -> Examination:
    """The same with its files and findings, for an editor; no word of it acts by itself."""
    reason = explain(ReasonCode.READINGS_DIFFER, fields=", ".join(differ))
    decision = examination.decision if examination.decision in _STANDS else "review"
    believed = judge_by_header(header, examination.source, reason, decision)
    return msgspec.structs.replace(
        believed,
        assessments=tuple(_review(each, reason) for each in examination.assessments),
        others=examination.others,
        written=examination.written,
        asks=examination.asks,
    )


def _review(judged: Assessment, reason: Reason) -> Assessment:
    if judged.decision in _STANDS:
        return judged
    return msgspec.structs.replace(judged, decision="review", reason=reason)
