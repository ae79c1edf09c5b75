"""How a key of the configuration says what it means and how it is written."""

from datetime import timedelta
from typing import Annotated

from msgspec import Meta

Duration = Annotated[timedelta, Meta(extra={"kind": "duration"})]


def mean(text: str, kind: str = "") -> Meta:
    """The one line of meaning of a key; `kind`: "secret", "duration" or "size"."""
    return Meta(description=text, extra={"kind": kind})
