"""What a decision must say before it happens."""

import re
from datetime import datetime, tzinfo

import msgspec

from desk.app import App
from desk.domain.moments import check_moment
from desk.domain.overrides import keep_standing
from desk.store import Transaction
from desk.store.publications import decisions
from desk.store.submissions import threads
from desk.workflow.deciding.decision import Decision, refuse_foreign
from redaksi.errors import IllegalMove
from redaksi.model import Finding
from redaksi.states import State
from redaksi.text.web_address import check_address

_ACCEPTING = frozenset({"schedule", "publish"})
_REASONED = _ACCEPTING | {"return"}
_INITIALS = re.compile(r"[A-Z]{2,4}")
LONGEST_HEADLINE = 140
SHORTEST_REASON, LONGEST_REASON = 5, 300
SHORTEST_REMARK, LONGEST_REMARK = 5, 500


def check_decision(app: App, decision: Decision) -> Decision:
    """The same, with its moment and its address as they may be kept. Raises IllegalMove for what
    the decision itself says wrong, or does not say."""
    refuse_foreign(decision)
    _check_words(decision)
    if decision.event == "take_down" and len(decision.reason.strip()) < SHORTEST_REASON:
        raise IllegalMove("takedown_needs_reason")
    if decision.event == "schedule":
        _check_moment(decision.publish_at, app.clock(), app.config.zone)
    if decision.event != "publish":
        return decision
    if not decision.url:
        raise IllegalMove("needs_address")
    url = check_address(decision.url, app.config.publish.hosts)
    return msgspec.structs.replace(decision, url=url)


def find_overrides(
    tx: Transaction, submission_id: int, state: State, decision: Decision
) -> tuple[Finding, ...]:
    """The findings that accepting sets aside, or that a return does not ask for. Raises IllegalMove
    where that has no reason."""
    if decision.event == "return":
        return _find_unasked(tx, submission_id, decision)
    if decision.event not in _ACCEPTING or state == "published":
        return ()
    musts = find_musts(tx, submission_id)  # what was set aside once has its reason
    waits = state in ("revising", "incomplete")
    if not musts and not (waits and decision.event == "publish"):
        return ()
    if len(decision.reason.strip()) < SHORTEST_REASON:
        raise IllegalMove("needs_override", n=len(musts)) if musts else IllegalMove("needs_reason")
    return musts


def check_asks(tx: Transaction, submission_id: int, decision: Decision) -> None:
    """Raise IllegalMove where a letter that asks would ask for nothing."""
    if decision.event == "note" and not decision.remarks:
        raise IllegalMove("needs_asking")
    if decision.event != "return" or decision.silent or decision.remarks:
        return
    musts = find_musts(tx, submission_id)
    if all((finding.code, finding.subject) in decision.unasked for finding in musts):
        raise IllegalMove("nothing_to_mend")


def _find_unasked(tx: Transaction, submission_id: int, decision: Decision) -> tuple[Finding, ...]:
    unasked = tuple(
        finding
        for finding in find_musts(tx, submission_id)
        if (finding.code, finding.subject) in decision.unasked
    )
    if unasked and len(decision.reason.strip()) < SHORTEST_REASON:
        raise IllegalMove("needs_override", n=len(unasked))
    return unasked


def find_musts(tx: Transaction, submission_id: int) -> tuple[Finding, ...]:
    """What must be mended of the newest revision by the rules, and was not set aside."""
    judged = threads.newest(tx, submission_id)
    overrides = decisions.overrides_of(tx, submission_id)
    findings = keep_standing(judged.findings, overrides) if judged is not None else ()
    return tuple(finding for finding in findings if finding.severity == "must")


def _check_moment(when: datetime | None, now: datetime, zone: tzinfo) -> None:
    if when is None:
        raise IllegalMove("needs_moment")
    check_moment(when, now, zone)


def _check_words(decision: Decision) -> None:
    headline, reason = decision.headline, decision.reason.strip()
    if len(headline) > LONGEST_HEADLINE or "\n" in headline:
        raise IllegalMove("headline_too_long", length=len(headline), most=LONGEST_HEADLINE)
    if len(reason) > LONGEST_REASON and decision.event in _REASONED:
        raise IllegalMove("reason_too_long", n=len(reason), most=LONGEST_REASON)
    for remark in decision.remarks:
        if not SHORTEST_REMARK <= len(remark.ask.strip()) <= LONGEST_REMARK:
            raise IllegalMove("remark_length", least=SHORTEST_REMARK, most=LONGEST_REMARK)
    check_initials(decision.initials)


def check_initials(initials: str) -> None:
    """Raise IllegalMove for what no article carries as its editor's initials; none are none."""
    if not has_form_of_initials(initials):
        raise IllegalMove("no_initials", value=initials)


def has_form_of_initials(initials: str) -> bool:
    """Whether an article may carry it ("EPN"), or nothing."""
    return not initials or _INITIALS.fullmatch(initials) is not None
