"""A decision with its words, a line each, as the history shows it."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from desk.domain.overrides import SetAside
from desk.presentation.labels import actor_text
from desk.presentation.publication.standing import describe_standing, is_web
from desk.store.publications.decisions import StoredDecision
from desk.store.submissions.review_queue import QueueRow
from publisher.site.pages import Fact
from redaksi import catalog
from redaksi.model import Finding, Language
from redaksi.text import clean, locale
from validators.words import say

_MOST = 500  # characters of one line


def describe_decision(
    decision: StoredDecision,
    findings: Sequence[Finding],
    language: Language,
    zone: ZoneInfo,
    name: str = "",
) -> tuple[str, ...]:
    """What an editor said with it. `findings`: those of the newest revision, by whose titles what
    was set aside is named; a code stays one where it is no longer found. `name`: the account's."""
    words = catalog.load(language)
    lines = [
        words.say("decision", key, text=text) for key, text in _facts(decision, language, zone)
    ]
    lines += _set_aside(decision, findings, language, name)
    if decision.silent:
        lines.append(words.say("decision", "silent"))
    return tuple(clean.line(line, _MOST) for line in lines)


def _facts(
    decision: StoredDecision, language: Language, zone: ZoneInfo
) -> Iterator[tuple[str, str]]:
    if decision.headline:
        yield "headline", decision.headline
    if decision.publish_at is not None:
        yield "when", locale.format_instant(decision.publish_at, language, zone)
    if decision.category:
        yield "category", decision.category
    if decision.initials:
        yield "initials", decision.initials
    if decision.url:
        yield "url", decision.url
    if decision.reason and not decision.overrides:  # else it stands with what it set aside
        yield "reason", decision.reason
    for remark in decision.remarks:
        asked = filter(None, (remark.get("title", ""), remark.get("ask", "")))
        yield "ask", ": ".join(asked)
    if decision.note:
        yield "note", decision.note


def _set_aside(
    decision: StoredDecision, findings: Sequence[Finding], language: Language, name: str
) -> Iterator[str]:
    """A line a reason: who, why, what."""
    titles = {(each.code, each.subject): say(each, language).title for each in findings}
    reasons: dict[str, list[str]] = {}
    for override in decision.overrides:
        reasons.setdefault(override.get("reason", ""), []).append(_name(override, titles))
    who = clean.line(name or decision.editor, 60) or actor_text("editor", language)
    for reason, names in reasons.items():
        facts = {"who": who, "reason": reason, "findings": locale.format_list(names, language)}
        yield catalog.load(language).say("decision", "override", **facts)


def describe_set_aside(found: Sequence[SetAside], language: Language) -> Iterator[str]:
    """A line a finding that is asked for no more: by whom, why, what."""
    for each in found:
        finding, why = each.finding, each.override
        who = clean.line(why.editor, 60) or actor_text("editor", language)
        name = _entitle(say(finding, language).title, finding.subject)
        facts = {"who": who, "reason": why.reason, "findings": name}
        line = catalog.load(language).say("decision", "override", **facts)
        yield clean.line(line, _MOST)


def _name(override: Mapping[str, str], titles: Mapping[tuple[str, str], str]) -> str:
    code, subject = override.get("code", ""), override.get("subject", "")
    return _entitle(titles.get((code, subject), code), subject)


def _entitle(title: str, subject: str) -> str:
    return f"{title} ({clean.line(subject, 60)})" if subject else title


def describe_publication(row: QueueRow, language: Language, zone: ZoneInfo) -> tuple[Fact, ...]:
    """What was decided of its publication, and where it stands; nothing before that."""
    if not (row.publish_at or row.published_url or row.publications):
        return ()
    words = catalog.load(language)
    found = [
        Fact(label=words.say("publication", "headline"), text=row.headline or row.title),
        Fact(label=words.say("publication", "when"), text=_when(row, language, zone)),
        Fact(label=words.say("publication", "category"), text=row.category),
        Fact(label=words.say("publication", "editor"), text=row.editor),
        Fact(
            label=words.say("publication", "url"),
            text=row.published_url,
            url=row.published_url if is_web(row.published_url) else "",
        ),
    ]
    for each in row.publications:
        text = f"{each.target}: {describe_standing(each, language)}"
        own = each.url if is_web(each.url) and each.url != row.published_url else ""
        found.append(Fact(label=words.say("publication", "targets"), text=text, url=own))
    return tuple(fact for fact in found if fact.text)


def _when(row: QueueRow, language: Language, zone: ZoneInfo) -> str:
    return locale.format_instant(row.publish_at, language, zone) if row.publish_at else ""
