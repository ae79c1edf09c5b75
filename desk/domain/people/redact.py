"""What is said of others goes from what one person is given: addresses that are not his, and the
names of who works here, for which initials stand."""

import re
from collections.abc import Collection, Mapping
from typing import Any

ADDRESS_OF_ANOTHER = "[…@…]"
_ADDRESS = re.compile(
    r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,64}@[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,253}"
)
_SHORTEST = 3  # letters of a name that is looked for


def redact(value: Any, own: Collection[str], names: Mapping[str, str]) -> Any:
    """`value` (of JSON) with every address but his `own` (in lower case) put out of sight, and each
    of `names` as its initials."""
    if isinstance(value, str):
        return _redact_text(value, own, names)
    if isinstance(value, dict):
        return {key: redact(each, own, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [redact(each, own, names) for each in value]
    return value


def _redact_text(text: str, own: Collection[str], names: Mapping[str, str]) -> str:
    shown = _ADDRESS.sub(
        lambda found: found[0] if found[0].lower().strip(".") in own else ADDRESS_OF_ANOTHER, text
    )
    wanted = sorted((name for name in names if len(name) >= _SHORTEST), key=len, reverse=True)
    for name in wanted:
        shown = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", names[name], shown)
    return shown


def abbreviate(name: str) -> str:
    """Initials of a name that has none written down: "Eka Putri N" -> "EPN"."""
    return "".join(word[0] for word in name.split() if word[0].isalnum()).upper() or "—"
