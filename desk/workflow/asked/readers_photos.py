"""The photos of an article as readers get them, made before any target wants them: for who sets the
article by hand."""

from collections.abc import Callable

from desk.app import App
from desk.domain.actor import name_actor
from desk.store import Transaction, events
from desk.store.publications import editions
from desk.store.publications.editions import StoredEdition
from desk.workflow.publishing.correct import find
from desk.workflow.publishing.photos import Deriver, make_photos
from redaksi.errors import IllegalMove


def make_readers_photos(
    app: App,
    sandbox: Deriver,
    number: str,
    *,
    account: int,
    within: Callable[[Transaction], None] = lambda _: None,
) -> None:
    """Make those of the newest edition, and keep them. `within`: what else is written in the
    transaction.

    Raises IllegalMove where there is no edition with photos; PhotoFailed, Crashed, Drained,
    StoreError, BlobMissing.
    """
    stored = _find_edition(app, number)
    make_photos(app, sandbox, stored.edition)
    happened = events.Happened(
        at=app.clock(),
        actor=name_actor(account=account),
        what="photos made",
        submission_id=stored.submission_id,
    )
    with app.store.begin() as tx:
        events.record(tx, happened)
        within(tx)


def _find_edition(app: App, number: str) -> StoredEdition:
    with app.store.read() as tx:
        stored = editions.newest(tx, find(tx, number))
    if stored is None or not stored.edition.photos:
        raise IllegalMove("no_photos_to_make", number=number)
    return stored
