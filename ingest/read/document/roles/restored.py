"""A guard: what was set aside is article after all when it is too much of the text to be anything
else.

A text of 3,400 characters must not pass as one of 280 because a line in its middle looked like the
heading of captions.
"""

from collections.abc import Sequence

from ingest.read.captions.labels import find_labels
from ingest.read.document.roles.role_map import Sheet, is_prose
from redaksi.model import Label, Unread
from redaksi.text import clean

_MOST_SHARE = 5  # a fifth of the running text
_MOST_AT_ALL = 400  # characters that a letter above the text, or a note on its author, may have
_MOST_CAPTIONS, _LONGEST_CAPTION = 6, 140  # lines of a block, characters without spaces of one


def restore_prose(
    sheet: Sheet, captions: Sequence[Label], numbers: Sequence[int]
) -> tuple[list[Label], list[Unread]]:
    """Give running text back to the article when more than a fifth of it was set aside as labels
    or captions.

    The captions that are left, and those taken back, which an editor sees as perhaps captions.
    """
    under = [i for i in range(len(sheet.lines)) if _is_under_place(sheet, i)]
    prose = [i for i in range(len(sheet.lines)) if _is_running(sheet, i)]
    aside = [i for i in prose if sheet.roles[i] is not None and not _may_be_captions(sheet, i)]
    taken = sum(sheet.lines[i].weight for i in aside)
    if taken <= _MOST_AT_ALL or taken * _MOST_SHARE <= sum(sheet.lines[i].weight for i in prose):
        aside = under
    else:
        aside = sorted({*aside, *under})
    back = {
        str(numbers[sheet.lines[i].paragraph] or ""): i
        for i in aside
        if sheet.roles[i] == "caption"
    }
    for i in aside:
        sheet.roles[i] = None
    unread = [_unread(sheet.lines[i].text, place) for place, i in back.items()]
    return [label for label in captions if label.place not in back], unread


def _is_running(sheet: Sheet, index: int) -> bool:
    """Reads as text, whatever its role, and does not say itself that it is a caption."""
    line = sheet.lines[index]
    role = sheet.roles[index]
    if role not in {None, "label", "caption"} or line.style == "caption":
        return False
    if not (is_prose(line) or sheet.is_wrapped(index)):
        return False
    return role is None or not find_labels(line.text, "document")


def _is_under_place(sheet: Sheet, index: int) -> bool:
    """A whole paragraph right under "[Foto 1]": where it stands is a photo's place, and what it
    says the article's."""
    block = sheet.paragraph_of(index)
    above = block[0] - 1
    if above < 0 or (sheet.roles[above], sheet.roles[index]) != ("label", "caption"):
        return False
    is_place = sheet.lines[above].text.startswith(("[", "(", "<", "{"))
    weight = sum(sheet.lines[i].weight for i in block)
    return is_place and weight >= _LONGEST_CAPTION and _is_running(sheet, index)


def _may_be_captions(sheet: Sheet, index: int) -> bool:
    """One of a few short captions in a row."""
    if sheet.roles[index] != "caption":
        return False
    first = end = index
    while first > 0 and sheet.roles[first - 1] == "caption":
        first -= 1
    while end < len(sheet.roles) and sheet.roles[end] == "caption":
        end += 1
    lines = sheet.lines[first:end]
    return len(lines) <= _MOST_CAPTIONS and all(line.weight < _LONGEST_CAPTION for line in lines)


def _unread(text: str, place: str) -> Unread:
    return Unread(may_be="caption", kind="line", text=clean.line(text, 200), place=place)
