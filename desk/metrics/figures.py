"""The figures of a moment, from the store and the disks."""

from collections.abc import Mapping
from datetime import datetime
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from desk.app import App
from desk.health.confined import Confined
from desk.health.disks import look_at_disks
from desk.health.judge import find_troubles, judge_disks
from desk.health.look import observe
from desk.health.observed import Place
from desk.health.trouble import TroubleCode
from desk.store import tally
from desk.store.status import FolderStatus
from desk.store.tables import LetterState
from desk.store.tally import Counter
from redaksi.config.schema import Config
from redaksi.errors import StoreError
from redaksi.model import Verdict
from redaksi.redact import mask_addresses
from redaksi.states import State

LEVELS = {"full": 2, "basic": 1}
# told as 0 before they happen: a rise from nothing is no rise to Prometheus
_BEGUN: dict[Counter, tuple[str, ...]] = {
    Counter.MAILS: get_args(Verdict),
    Counter.ATTEMPTS: ("done", "failed", "set_aside", "given_back", "died"),
    Counter.PROCESSOR: ("",),
}


class Figures(Struct, frozen=True, kw_only=True):
    """What is told. `last_good`: seconds since 1970 by mailbox; None for what nobody knows."""

    tally: Mapping[Counter, Mapping[str, float]] = {}
    last_good: Mapping[str, float] = {}
    oldest_unexamined: float | None = None
    submissions: Mapping[str, int] = {}
    letters: Mapping[str, int] = {}
    level: int | None = None
    disk_free: int | None = None
    inodes_free: int | None = None
    purged: float | None = None  # seconds since 1970
    backed_up: float | None = None
    troubles: frozenset[str] = frozenset()


def gather(app: App) -> Figures:
    """Ask the store once, and the disks by a deed. Where the store cannot be asked, that is what
    is told. Never raises for what it tells of."""
    try:
        with app.store.read_as_one():
            observed = observe(app)
            with app.store.read() as tx:
                counted = tally.read_tally(tx)
    except StoreError:
        return tell_closed(app.config)
    level = observed.health.level
    if level:  # what a probe would find takes a second; the process that examines wrote it down
        observed = replace(observed, confined=Confined(level=level))
    now = app.clock()
    oldest, purged = observed.health.backlog.arrived, observed.health.purged
    backed_up = observed.health.backed_up
    place = _data_place(observed.places)
    return Figures(
        tally={what: _begin(what, rows) for what, rows in counted.items()},
        last_good=find_last_good(app.config, observed.stands.folders),
        oldest_unexamined=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
        submissions={each: observed.stands.submissions.get(each, 0) for each in get_args(State)},
        letters={each: observed.stands.letters.get(each, 0) for each in get_args(LetterState)},
        level=LEVELS.get(level, 0),
        disk_free=place.free if place else None,
        inodes_free=place.inodes_free if place else None,
        purged=purged.timestamp() if purged else None,
        backed_up=backed_up.timestamp() if backed_up else None,
        troubles=frozenset(t.code.value for t in find_troubles(observed, app.config, now)),
    )


def tell_closed(config: Config) -> Figures:
    """The store cannot be asked: the disks may tell why."""
    places = look_at_disks(config)
    place = _data_place(places)
    codes = {trouble.code.value for trouble in judge_disks(places, config)}
    return Figures(
        disk_free=place.free if place else None,
        inodes_free=place.inodes_free if place else None,
        troubles=frozenset({TroubleCode.STORE_CLOSED.value, *codes}),
    )


def find_last_good(config: Config, folders: tuple[FolderStatus, ...]) -> dict[str, float]:
    """When all folders of a mailbox were read well; a mailbox of which one never was is left out:
    alert on absence."""
    good = {(each.mailbox, each.folder): each.last_good for each in folders}
    found: dict[str, float] = {}
    for box in config.mailbox:
        times: list[datetime | None] = [good.get((box.id, folder)) for folder in box.folders]
        known = [each.timestamp() for each in times if each is not None]
        if known and len(known) == len(times):
            found[mask_addresses(box.id)] = min(known)
    return found


def _begin(what: Counter, rows: Mapping[str, float]) -> dict[str, float]:
    return {**dict.fromkeys(_BEGUN.get(what, ()), 0.0), **rows}


def _data_place(places: tuple[Place, ...]) -> Place | None:
    return next((place for place in places if place.key == "data_dir" and place.total), None)
