"""What the letter about a revision says: one source, for the letter that goes with the verdict and
for the draft that is composed anew when an editor releases it."""

from datetime import datetime

import msgspec
from msgspec import Struct

from desk.app import App
from desk.domain.overrides import Overrides, leave_out
from desk.domain.resolved_findings import Progress, compare, count_asked, has_progressed
from desk.outbound.enqueue import local_now
from desk.outbound.letter_context import (
    LETTERS,
    PATIENCE,
    active_sections,
    context_of_assessment,
    finding_text_of,
    praised_sections,
)
from publisher.letters.letter_context import LetterContext, LetterKind
from redaksi.arrival import Mail
from redaksi.decide import letter_for
from redaksi.model import Assessment, Language


class Answered(Struct, frozen=True, kw_only=True):
    """The mail that is answered, and about what. `before`: the revision that the contributor was
    last told of; None: of none. `overrides`: what an editor set aside is not asked for."""

    mail: Mail
    to: str
    language: Language
    number: str
    revision_number: int
    arrived_at: datetime
    before: Assessment | None
    overrides: Overrides = ()


def choose_kind(
    judged: Assessment, before: Assessment | None, due: str, overrides: Overrides = ()
) -> LetterKind | None:
    """The letter for this verdict; None for none. `due`: what the table of transitions calls for."""
    judged = leave_out(judged, overrides)
    before = leave_out(before, overrides) if before else None
    named = letter_for(judged.decision, judged.submission, judged.findings)
    kind = next((letter for letter in LETTERS if letter == named), None)
    if due == "partly_mended" and kind == "revise" and before and compare(before, judged).fixed:
        return "partly-fixed"
    return kind


def context_of_verdict(
    app: App, kind: LetterKind, judged: Assessment, answered: Answered
) -> LetterContext:
    """What the letter may say, as facts stand now."""
    overrides, language = answered.overrides, answered.language
    before = leave_out(answered.before, overrides) if answered.before else None
    standing = leave_out(judged, overrides)
    progress = compare(before, standing) if before else Progress()
    active = active_sections(app.config.rules)
    context = context_of_assessment(
        standing,
        answered.mail,
        to=answered.to,
        language=language,
        number=answered.number,
        try_number=answered.revision_number,
        received=answered.arrived_at.astimezone(app.config.zone),
        active=active,
    )
    if kind == "partly-fixed":  # what was asked for before stands first
        ordered = (*progress.remaining, *progress.new)
        findings = tuple(finding_text_of(finding, language) for finding in ordered)
        context = msgspec.structs.replace(context, findings=findings)
    return msgspec.structs.replace(
        context,
        fine=praised_sections(judged, active),  # what was set aside is not praised either
        sla_days=app.config.queue.sla_days,
        deadline=(local_now(app) + PATIENCE).date(),
        asked_for=count_asked(before),
        new=len(progress.new),
        fixed=tuple(finding_text_of(finding, language).title for finding in progress.fixed),
        progress=has_progressed(before, standing),
    )
