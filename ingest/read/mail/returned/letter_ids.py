"""The Message-IDs of letters of ours, wherever they stand in a text: in the copy of a returned
mail, in a status field, in a sentence. Only the outbox knows which of them were sent."""

import re
from collections.abc import Iterator

# publisher.letters.messageid makes them; angle brackets may have become entities, or be left out.
_OURS = re.compile(
    r"redaksi-[a-z0-9][a-z0-9._-]{4,160}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}", re.IGNORECASE
)
# A line broken within it: folded, quoted, or softly in quoted-printable.
_BROKEN = re.compile(r"=?\r?\n[ \t>]{0,20}")
_MOST = 20


def find_letter_ids(text: str) -> Iterator[str]:
    """Each in angle brackets, those in one piece first, at most 20 of either."""
    for rendering in (text, _BROKEN.sub("", text)):
        for found, match in enumerate(_OURS.finditer(rendering)):
            if found >= _MOST:
                break
            yield f"<{match[0]}>"
