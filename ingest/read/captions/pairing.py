"""Which caption belongs to which photo, and how sure that is.

    captions and photos ─► evidence ─► one assignment ─► contradictions ─► what is left, in order

Certain ("auto") by name, number or words alone, when nothing speaks against it; all else is for an
editor to confirm: a caption under the wrong photo is worse than a question.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from ingest.read.captions.matching.assignment import assign
from ingest.read.captions.matching.contradictions import Doubt, examine
from ingest.read.captions.matching.evidence import Table, collect, names_a_file
from ingest.read.captions.matching.leftovers import find_shared_label, pair_by_order
from ingest.read.captions.matching.own_captions import caption_in_metadata, caption_in_name
from ingest.read.captions.photo_names import has_ending, name_form, squeeze
from ingest.read.photo.formats import STILL_KINDS
from redaksi.model import Caption, CaptionAction, Evidence, Label, Photo, Unread
from redaksi.text import clean

_MOST_LABELS, _MOST_PHOTOS = 1000, 500
_MOST_OFFERED = 6


class Paired(Struct, frozen=True, kw_only=True):
    """`orphans`: captions of a file that is not attached, for certain; `loose`: captions left over
    otherwise; `unread`: those of them that may be what a photo without a caption lacks."""

    photos: tuple[Photo, ...]
    action: CaptionAction
    orphans: tuple[Label, ...] = ()
    loose: tuple[Label, ...] = ()
    unread: tuple[Unread, ...] = ()


def pair(
    photos: Sequence[Photo], labels: Sequence[Label], own: Mapping[str, str] | None = None
) -> Paired:
    """Give each photo its caption. `own` holds captions out of the photos themselves, by SHA-256;
    they fill gaps.

    No label is used twice, but one that is for all photos; no photo gets two.
    """
    table = collect(photos[:_MOST_PHOTOS], drop_duplicates(labels)[:_MOST_LABELS])
    pairs = assign(table.weigh_all())
    doubts = examine(table, pairs)
    superseded = _find_superseded(table, pairs)
    ordered = pair_by_order(table, pairs, superseded)
    free = [j for j in _free(table, {**pairs, **ordered}) if j not in superseded]
    captions = {i: _caption(table, i, j, doubts[i], free) for i, j in pairs.items()}
    captions |= {i: _in_order(table, j, free) for i, j in ordered.items()}
    shared = find_shared_label(table, captions, free)
    captions |= _fill(table, captions, own or {}, shared)
    free = [j for j in free if j != shared and table.labels[j].kind != "shared"]
    return _finish(table, [*photos], captions, free)


def may_pair_all(photos: Sequence[Photo], labels: Sequence[Label]) -> bool:
    """Whether `pair` looks at all of them."""
    return len(photos) <= _MOST_PHOTOS and len(drop_duplicates(labels)) <= _MOST_LABELS


def drop_duplicates(labels: Sequence[Label]) -> list[Label]:
    """The same caption in the document and in the mail is one; the first stands, with the better
    key."""
    seen: dict[str, int] = {}
    kept: list[Label] = []
    for label in labels:
        if not label.text.strip():
            continue
        form = squeeze(label.text) + ("|" + name_form(label.key) if label.key else "")
        plain = squeeze(label.text)
        if form in seen or (not label.key and plain in seen):
            continue
        if plain in seen and not kept[seen[plain]].key:
            kept[seen[plain]] = msgspec.structs.replace(
                kept[seen[plain]], key=label.key, kind=label.kind, sure=label.sure
            )
            seen[form] = seen[plain]
            continue
        seen.setdefault(plain, len(kept))
        seen[form] = len(kept)
        kept.append(label)
    return kept


def _find_superseded(table: Table, pairs: Mapping[int, int]) -> frozenset[int]:
    """Captions that speak of a photo which has a better one, and of no other."""
    used = set(pairs.values())
    return frozenset(
        j
        for j, photos in table.of_label.items()
        if j not in used
        and any(i in pairs and table.clue(i, j).is_claim for i in photos)
        and all(i in pairs for i in photos)
    )


def _free(table: Table, pairs: Mapping[int, int]) -> list[int]:
    used = set(pairs.values())
    return [j for j in range(len(table.labels)) if j not in used]


# ── captions ──────────────────────────────────────────────────────────────────────────────────────


def _caption(table: Table, photo: int, label: int, doubt: Doubt, free: Sequence[int]) -> Caption:
    clue, found = table.clue(photo, label), table.labels[label]
    rivals = doubt.rivals or (() if clue.is_claim else tuple(free))
    return Caption(
        text=found.text,
        source=found.source,
        evidence=clue.evidence,
        action="confirm" if doubt.confirm else "auto",
        offered=_texts(table, rivals, found) if doubt.confirm else (),
    )


def _in_order(table: Table, label: int, free: Sequence[int]) -> Caption:
    found = table.labels[label]
    return Caption(
        text=found.text,
        source=found.source,
        evidence="order",
        action="confirm",
        offered=_texts(table, free, found),
    )


def _texts(table: Table, labels: Iterable[int], own: Label) -> tuple[str, ...]:
    texts = dict.fromkeys(table.labels[j].text for j in labels)
    return tuple(text for text in texts if text != own.text)[:_MOST_OFFERED]


def _fill(
    table: Table, captions: Mapping[int, Caption], own: Mapping[str, str], shared: int | None
) -> dict[int, Caption]:
    """For photos that nothing was written for: their twin's caption, the one for all, their name,
    their metadata."""
    filled: dict[int, Caption] = {}
    for i, photo in enumerate(table.photos):
        if i in captions or photo.kind not in STILL_KINDS:
            continue
        twin = captions.get(table.twins.of.get(i, -1)) or _namesake(table, captions, i)
        name, inside = caption_in_name(photo.name), caption_in_metadata(own.get(photo.sha256, ""))
        if twin is not None:
            filled[i] = _unsure(twin.text, twin.source, "shared")
        elif shared is not None:
            label = table.labels[shared]
            filled[i] = _unsure(label.text, label.source, "shared")
        elif name:
            filled[i] = _unsure(name, "file", "file_name", inside)
        elif inside:
            filled[i] = _unsure(inside, "metadata", "metadata")
    return filled


def _namesake(table: Table, captions: Mapping[int, Caption], photo: int) -> Caption | None:
    """The caption of a photo of the same name, when the name was what it was found by."""
    name = table.photos[photo].name.casefold()
    if not name:
        return None
    return next(
        (
            caption
            for i, caption in captions.items()
            if caption.evidence == "name" and table.photos[i].name.casefold() == name
        ),
        None,
    )


def _unsure(text: str, source: str, evidence: Evidence, other: str = "") -> Caption:
    return msgspec.convert(
        {
            "text": text,
            "source": source,
            "evidence": evidence,
            "action": "confirm",
            "offered": (other,) if other and other != text else (),
        },
        Caption,
    )


# ── what is left ──────────────────────────────────────────────────────────────────────────────────


def _finish(
    table: Table, photos: list[Photo], captions: Mapping[int, Caption], free: Sequence[int]
) -> Paired:
    for i, caption in captions.items():
        photos[i] = msgspec.structs.replace(photos[i], caption=caption)
    bare = [i for i in table.twins.principals if i not in captions]
    used = {squeeze(caption.text) for caption in captions.values()}
    left = [j for j in free if squeeze(table.labels[j].text) not in used]
    orphans = [] if bare else [j for j in left if _is_orphan(table, j)]
    slips = [j for j in left if _names_nothing_here(table, j)] if bare else []
    return Paired(
        photos=tuple(photos),
        action=_action(bare, captions.values(), len(left)),
        orphans=tuple(table.labels[j] for j in orphans),
        loose=tuple(table.labels[j] for j in left if j not in orphans),
        unread=tuple(_as_unread(table.labels[j]) for j in slips),
    )


def _action(bare: Sequence[int], captions: Iterable[Caption], spare: int) -> CaptionAction:
    """A question to the contributor only where captions lack for certain."""
    if bare and spare < len(bare):
        return "ask"
    if bare or any(caption.action == "confirm" for caption in captions):
        return "editor_confirm"
    return "auto"


def _names_nothing_here(table: Table, label: int) -> bool:
    """Its key is a name or number of no photo: of the one that has no caption, perhaps."""
    return bool(table.labels[label].key) and not any(
        table.clue(i, label).is_claim for i in table.of_label.get(label, ())
    )


def _is_orphan(table: Table, label: int) -> bool:
    """The caption of a file that is not attached, and of no photo under another name. Where none
    is attached, none is missed by name."""
    found = table.labels[label]
    whole = found.sure and names_a_file(found) and has_ending(found.key)
    return bool(table.photos) and whole and not table.of_label.get(label)


def _as_unread(label: Label) -> Unread:
    text = clean.line(f"{label.key}: {label.text}" if label.key else label.text, 200)
    return Unread(may_be="caption", kind="line", text=text, place=label.place)
