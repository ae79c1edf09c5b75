"""The edition of a submission: its accepted revision, what editors chose, what they amend now."""

import msgspec

from desk.app import App
from desk.store import Transaction
from desk.store.publications import editions, photo_choices, rows, terms
from desk.store.publications.editions import StoredEdition
from desk.store.submissions import accepted, threads
from desk.workflow.publishing.plan import leading_target
from publisher.articles.compose import compose_edition
from publisher.articles.edition import Amendments, Edition, EditionFacts
from publisher.articles.markdown import print_blocks
from redaksi.config.schema import address_of
from redaksi.errors import IllegalMove
from redaksi.model import Person


def make_edition(
    tx: Transaction,
    app: App,
    submission_id: int,
    amendments: Amendments,
    *,
    editor: str,
    initials: str,
    reason: str = "",
) -> StoredEdition:
    """The next edition of a submission, kept. Raises IllegalMove for what cannot be published as it
    is."""
    wanted = accepted.get_accepted(tx, submission_id)
    judged = threads.at_revision(tx, submission_id, wanted.revision)
    if judged is None:
        raise IllegalMove("nothing_to_publish")
    before = editions.newest(tx, submission_id)
    first = editions.first_made_at(tx, submission_id)
    now = app.clock()
    facts = EditionFacts(
        uri=wanted.article_uri or _make_uri(app, wanted.mailbox, wanted.number),
        submission=wanted.number,
        number=before.edition.number + 1 if before else 1,
        revision=wanted.revision,
        made_by=editor,
        made_at=now,
        first_made_at=first or now,
        editor=initials or (before.edition.editor if before else ""),
        province=wanted.province,
        slug=before.edition.slug if before else "",
        programme=app.config.publish.programme,
        credit=app.config.publish.credit,
        category=wanted.category or next(iter(app.config.publish.categories), ""),
        tags=app.config.publish.tags,
        related=before.edition.related if before else (),
        embargo=wanted.embargo_until,
        reason=reason,
    )
    chosen = photo_choices.amend(tx, submission_id, amendments, judged.submission.photos)
    if chosen.headline is None and wanted.headline:
        chosen = msgspec.structs.replace(chosen, headline=wanted.headline)
    kept = before.edition if before and before.edition.revision == wanted.revision else None
    if kept is not None:
        chosen = carry_over(chosen, kept)
    edition = compose_edition(judged, chosen, facts)
    if kept is not None and amendments.body is None:
        edition = msgspec.structs.replace(edition, marks=kept.marks)
    if before is None:
        leading = leading_target(app).id
        related = terms.find_related(tx, submission_id, edition, leading)
        edition = msgspec.structs.replace(edition, related=related)
    elif not reason and _is_same(edition, before.edition) and not _was_taken_down(tx, before):
        return before
    edition_id = editions.add(tx, submission_id, edition)
    return StoredEdition(id=edition_id, submission_id=submission_id, edition=edition)


def carry_over(amendments: Amendments, before: Edition) -> Amendments:
    """The amendments, and where they say nothing what the edition before has: an editor's words of
    the same revision stay until an editor changes them."""
    photos = before.photos
    written = [photo for photo in photos if not photo.alt_is_caption]
    person = Person(name=before.byline.name, role=before.byline.role)
    kept = Amendments(
        headline=before.headline,
        tags=before.tags,
        category=before.category,
        byline=person,
        body=print_blocks(before.body),
        photos=tuple(photo.sha256 for photo in photos),
    )
    named = {
        name: value
        for name, value in msgspec.structs.asdict(amendments).items()
        if value is not None and name not in ("captions", "credits", "alts")
    }
    return msgspec.structs.replace(
        kept,
        **named,
        captions={**{photo.sha256: photo.caption for photo in photos}, **amendments.captions},
        credits={**{photo.sha256: photo.credit for photo in photos}, **amendments.credits},
        alts={**{photo.sha256: photo.alt for photo in written}, **amendments.alts},
    )


def _is_same(edition: Edition, before: Edition) -> bool:
    """Whether it would say nothing new."""
    made = {"number": before.number, "made_at": before.made_at, "made_by": before.made_by}
    return msgspec.structs.replace(edition, **made, reason=before.reason) == before


def _was_taken_down(tx: Transaction, edition: StoredEdition) -> bool:
    """Whether a target was asked to take it down: it would take what has the same id as a repetition
    (Standard Webhooks 1.0, webhook-id)."""
    stored = rows.of_submission(tx, edition.submission_id)
    asked = (row for row in stored if row.wanted == "down" and row.state != "cancelled")
    return any(row.edition_id == edition.id for row in asked)


def _make_uri(app: App, mailbox: str, number: str) -> str:
    """RFC 4151. The year is the number's: the domain was ours then."""
    box = app.mailbox(mailbox)
    ours = address_of(box) if box is not None else app.writes_as(mailbox)
    domain = app.config.publish.domain or ours.rpartition("@")[2]
    return f"tag:{domain},{number.split('-')[1]}:{number}"
