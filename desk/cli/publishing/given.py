"""What an editor types, as the workflow takes it."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from redaksi.errors import RedaksiError

NOW = "now"
MOST_BODY = 200_000  # bytes of a body that are read: some thirty pages


def read_captions(written: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """ "2=Warga meratakan beton" as a place and a caption. Raises RedaksiError."""
    read = []
    for each in written:
        place, equals, caption = each.partition("=")
        if not equals or not place.strip().isdecimal() or not caption.strip():
            raise RedaksiError("no_caption", value=each)
        read.append((int(place), caption.strip()))
    return tuple(read)


def read_body(path: Path | None) -> str:
    """The Markdown of a file; "" for none. Raises RedaksiError for what is no text, too long or
    empty, OSError for what cannot be read."""
    if path is None:
        return ""
    with path.open("rb") as file:
        raw = file.read(MOST_BODY + 1)
    if len(raw) > MOST_BODY:
        raise RedaksiError("body_too_long", path=path, most=MOST_BODY // 1000)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RedaksiError("body_not_utf8", path=path) from error
    if not text.strip():
        raise RedaksiError("body_empty", path=path)
    return text


def read_moment(written: str, zone: tzinfo, now: datetime, undo: timedelta) -> datetime | None:
    """The publication date: ISO 8601, in the newsroom's zone where it names none; "now" leaves
    the time in which a decision can be taken back. Raises RedaksiError."""
    if not written:
        return None
    if written == NOW:
        return now + undo
    try:
        when = datetime.fromisoformat(written)
    except ValueError as error:
        raise RedaksiError("no_moment", value=written) from error
    return when if when.tzinfo else when.replace(tzinfo=zone)
