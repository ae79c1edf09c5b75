"""What the schema says of a key: its meaning, how it is written, and the sentence of a mistake."""

from typing import NamedTuple, get_type_hints

from msgspec import Meta, Struct

from redaksi.catalog import Sentence


class Mistake(NamedTuple):
    """One thing that is wrong, and the key it is wrong at ("mailbox.warta.port")."""

    where: str
    sentence: Sentence


def make_mistake(place: str, code: str, /, **facts: object) -> Mistake:
    """A mistake at a key, by a code of the catalog's [error]."""
    return Mistake(place, Sentence(section="error", key=code, facts=facts))


def describe(struct: type[Struct], key: str) -> str:
    """The one line of meaning of a key."""
    return next((m.description or "" for m in _metas(struct, key) if m.description), "")


def kind_of(struct: type[Struct], key: str) -> str:
    """How a key is written: "secret", "duration", "size" or ""."""
    return next(
        (m.extra["kind"] for m in _metas(struct, key) if m.extra and m.extra.get("kind")), ""
    )


def explain_key(shape: type[Struct], key: str) -> Sentence | str:
    """What a key means, behind a dash; English stands in the schema, the rest in the catalog."""
    meaning = describe(shape, key)
    if not meaning:
        return ""
    section = f"meaning.{shape.__name__.lower()}"
    words = Sentence(section=section, key=key, facts={"otherwise": meaning})
    return Sentence(section="error", key="meaning", facts={"meaning": words})


def _metas(struct: type[Struct], key: str) -> list[Meta]:
    hint = get_type_hints(struct, include_extras=True)[key]
    return [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Meta)]
