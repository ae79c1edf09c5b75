"""What the form of a decision offers about a submission, and what is said beside its fields."""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk.app import App
from desk.store.submissions import accepted
from desk.store.submissions.review_queue import QueueRow, SubmissionPage
from desk.workflow.deciding.choices import DOWN, MAIN, list_choices, writes_letter
from redaksi import catalog
from redaksi.model import Finding
from redaksi.states import State
from redaksi.text import clean, locale
from redaksi.text.places import name_zone
from validators.words import say

_LONGEST = 140  # characters of a headline that is offered


class Tick(Struct, frozen=True, kw_only=True):
    """A finding that a return may ask for. `key`: "F002:IMG_1.jpg", as the form sends it."""

    key: str
    title: str


class Deciding(Struct, frozen=True, kw_only=True):
    """What may be chosen, and what the fields begin with. `day`, `clock`: in the reader's zone, as
    fields of a form take them; `stamp`: the newest event that is shown."""

    state: State
    main: tuple[str, ...]
    others: tuple[str, ...]
    letters: tuple[str, ...]  # the choices that a letter is due with
    musts: tuple[Tick, ...]
    headline: str
    category: str
    categories: tuple[str, ...]
    zone: str  # "WIB"
    day: str = ""
    clock: str = ""
    chosen: str = ""
    stamp: int = 0
    needs_reason: bool = False  # accepting it sets something aside
    letter_to: str = ""  # "" where nobody can be written to


def make_key(finding: Finding) -> str:
    """A finding, as a tick of the form names it."""
    return f"{finding.code}:{finding.subject}"


def read_key(key: str) -> tuple[str, str]:
    """Code and subject of a tick."""
    code, _, subject = key.partition(":")
    return code, subject


def describe_deciding(app: App, found: SubmissionPage) -> Deciding:
    """What the form offers, in the reader's language and zone. `found` has the findings that stand."""
    row, language, zone = found.row, app.config.language, app.config.zone
    choices = _list_choices(row)
    standing = row.findings
    musts = tuple(
        Tick(key=make_key(each), title=clean.line(say(each, language).title, 300))
        for each in standing
        if each.severity == "must"
    )
    when = row.publish_at.astimezone(zone) if row.publish_at else None
    categories = app.config.publish.categories
    return Deciding(
        state=row.state,
        main=tuple(word for word in choices if word in MAIN),
        others=tuple(word for word in choices if word not in MAIN),
        letters=tuple(word for word in choices if writes_letter(word, row.state)),
        musts=musts,
        headline=clean.line(row.headline or row.title, _LONGEST),
        category=row.category or next(iter(categories), ""),
        categories=categories,
        zone=name_zone(app.clock().astimezone(zone)),
        day=when.strftime("%Y-%m-%d") if when else "",
        clock=when.strftime("%H:%M") if when else "",
        chosen=_choose(row.state, choices, is_wanting=bool(musts)),
        stamp=row.stamp,
        needs_reason=bool(musts) or row.state in ("revising", "incomplete"),
        letter_to=row.address if app.config.reply.mode != "off" else "",
    )


def _list_choices(row: QueueRow) -> tuple[str, ...]:
    """That it is down is said where its taking down waits for an editor."""
    choices = list_choices(row.state)
    if row.emptied_at is not None:
        choices = tuple(word for word in choices if word in DOWN)
    waits = any((each.wanted, each.state) == ("down", "asking") for each in row.publications)
    return tuple(word for word in choices if waits or word != "sudah-turun")


def _choose(state: State, choices: tuple[str, ...], *, is_wanting: bool) -> str:
    """What is chosen to begin with: what an editor does most often in this state; else nothing."""
    if state == "review":
        return "kembalikan" if is_wanting else "jadwalkan"
    return "jadwalkan" if state == "scheduled" and "jadwalkan" in choices else ""


def echo_moment(app: App, office: ZoneInfo, number: str, when: datetime) -> str:
    """A publication date in words: in the reader's zone, in the newsroom's where that is another,
    and how many others are scheduled for that day of the newsroom."""
    language, zone = app.config.language, app.config.zone
    words = catalog.load(language)
    with app.store.read() as tx:
        others = accepted.count_scheduled(tx, *_find_day(when, office), number)
    said = locale.format_instant(when, language, zone)
    if when.astimezone(zone).utcoffset() != when.astimezone(office).utcoffset():
        there = locale.format_instant(when, language, office)
        said = words.say("desk.decide", "both_zones", here=said, there=there)
    return words.say("desk.decide", "that_day" if others else "that_day_alone", when=said, n=others)


def _find_day(when: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    begin = when.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return begin, (begin + timedelta(days=1, hours=3)).replace(hour=0)
