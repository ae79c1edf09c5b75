"""Which list somebody looks at, as an address says it. The address of a submission carries it on
(`dari=`), with where its row stood, so that *save and next* finds what follows."""

from datetime import UTC, datetime
from typing import cast, get_args
from urllib.parse import urlencode

import msgspec

from desk.store.submissions.queue_filter import Key, QueueFilter, View
from desk.web.forms import Malformed, parse_fields
from desk.web.links import VIEW_OF, VIEWS
from desk.web.visit import Form
from redaksi.states import State

NONE = "tanpa"  # without a province, without findings
_STATES: tuple[State, ...] = get_args(State)
_MOST = 60  # characters of a word of ours in an address
_MOST_ID = 2**31 - 1  # what a column of ids holds
_MICROSECONDS = 1_000_000


def read_list(query: Form, account: int) -> QueueFilter | None:
    """What an address asks for; None for what no page of ours links to."""
    view = VIEW_OF.get(query.get("tampilan", "tindakan"))
    after = query.get("setelah")
    key = read_key(after) if after else None
    state, order = query.get("keadaan"), query.get("urut", "terlama")
    is_known = view is not None and order in ("terlama", "terbaru")
    if not is_known or (after and key is None) or (state and state not in _STATES):
        return None
    return QueueFilter(
        view=cast("View", view),
        account=account,
        states=tuple(each for each in _STATES if each == state),
        province=_narrow(query.get("provinsi")),
        finding=_narrow(query.get("temuan")),
        newest_first=order == "terbaru",
        after=key,
    )


def read_came_from(text: str, account: int) -> QueueFilter | None:
    """The list that a submission was opened from; None for what is none."""
    try:
        return read_list(parse_fields(text), account)
    except Malformed:
        return None


def write_list(wanted: QueueFilter, after: Key | None = None) -> str:
    """The query of a list's address, from `after` on."""
    fields = {
        "tampilan": VIEWS[wanted.view],
        "provinsi": _word(wanted.province),
        "temuan": _word(wanted.finding),
        "keadaan": wanted.states[0] if wanted.states else "",
        "urut": "terbaru" if wanted.newest_first else "",
        "setelah": write_key(after) if after else "",
    }
    return urlencode({name: value for name, value in fields.items() if value})


def without_page(wanted: QueueFilter) -> QueueFilter:
    """The same list from its beginning."""
    return msgspec.structs.replace(wanted, after=None)


def write_key(key: Key) -> str:
    """ "1764500000000000.17": microseconds since 1970, and the id; behind them since when it calls,
    where the list begins with what calls."""
    called = (key.called,) if key.called else ()
    moments = [write_instant(at) for at in (key.at, *called)]
    return ".".join([moments[0], str(key.id), *moments[1:]])


def write_instant(at: datetime) -> str:
    """Microseconds since 1970."""
    return str(round(at.timestamp() * _MICROSECONDS))


def read_key(text: str) -> Key | None:
    """The key that was written so; None for anything else."""
    parts = text.split(".")
    is_one = len(parts) in (2, 3) and all(part.isascii() and part.isdecimal() for part in parts)
    if not is_one or len(text) > _MOST or int(parts[1]) > _MOST_ID:
        return None
    moments = [_read_moment(part) for part in (parts[0], *parts[2:])]
    if moments[0] is None or moments[-1] is None:
        return None
    return Key(at=moments[0], id=int(parts[1]), called=moments[1] if len(moments) == 2 else None)


def _read_moment(text: str) -> datetime | None:
    try:
        seconds, rest = divmod(int(text), _MICROSECONDS)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
    except (OverflowError, ValueError, OSError):
        return None


def _narrow(word: str) -> str | None:
    if not word:
        return None
    return "" if word == NONE else word[:_MOST]


def _word(narrowed: str | None) -> str:
    return "" if narrowed is None else narrowed or NONE
