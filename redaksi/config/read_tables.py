"""Tables into structs: every key that is unknown, lacking or wrong is collected, and what is right
is read, so that the mistakes that no key shows alone are found in the same pass."""

import difflib
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from redaksi.catalog import Sentence
from redaksi.config.fields import Mistake, explain_key, kind_of, make_mistake
from redaksi.config.secrets import is_secret
from redaksi.errors import find_mismatch, show_value

_UNITS = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NOT_SO = {  # by how a key is written: the mistake
    "secret": "secret_written",
    "duration": "no_duration",
    "size": "no_size",
}


class TableReader:
    """Reads the tables of one file, whose shape is `root`; `mistakes` grows."""

    def __init__(self, root: type[Struct]) -> None:
        self.root = root
        self.mistakes: list[Mistake] = []

    def read(self, table: object) -> Any:
        """The struct of the whole file; what is wrong or lacking has its default, or ""."""
        return self._struct(self.root, table, "")

    def _struct(self, shape: type[Struct], table: object, where: str) -> Any:
        fields = {f.encode_name: f for f in msgspec.structs.fields(shape)}
        if not isinstance(table, dict):
            key = where.rstrip(".")
            self._add(key, "no_table", where=key, value=show_value(table))
            table = {}
            fields = {key: spec for key, spec in fields.items() if not spec.required}
        for key in (key for key in table if key not in fields):
            self._unknown(shape, key, table[key], where, sorted(fields))
        made: dict[str, object] = {}
        for key, spec in fields.items():
            if key in table:
                value = self._value(shape, key, table[key], f"{where}{key}")
                made |= {} if value is None else {key: value}
            elif spec.required:
                self._add(
                    f"{where}{key}",
                    "missing",
                    where=f"{where}{key}",
                    meaning=explain_key(shape, key),
                )
        lacking = {f.name: "" for f in msgspec.structs.fields(shape) if f.required}
        return shape(**{**lacking, **made})

    def _value(self, shape: type[Struct], key: str, value: object, where: str) -> object:
        """What the key says; None, and a mistake more, where that cannot be read."""
        hint = get_type_hints(shape)[key]
        nested = _nested(hint)
        if nested is not None and get_origin(hint) is tuple:
            rows = value if isinstance(value, list) else [value]
            return tuple(
                self._struct(nested, row, f"{where}.{_name_row(row, place)}.")
                for place, row in enumerate(rows, 1)
            )
        if nested is not None:
            return self._struct(nested, value, f"{where}.")
        try:
            return _scalar(hint, value, kind_of(shape, key))
        except ValueError:  # msgspec's ValidationError is one
            meaning = explain_key(shape, key)
            if code := _NOT_SO.get(kind_of(shape, key)):
                self._add(where, code, where=where, value=show_value(value), meaning=meaning)
            else:
                self.mistakes.append(Mistake(where, find_mismatch(where, value, hint, meaning)))
            return None

    def _unknown(
        self, shape: type[Struct], key: str, value: object, where: str, fields: Sequence[str]
    ) -> None:
        """A key of no meaning here: the nearest that has one in this table, or the table that
        knows it."""
        full = f"{where}{key}"
        shown = f"[{full}]" if isinstance(value, dict | list) and not where else full
        near = _find_near(key.lower(), fields)
        homes = [] if near else _homes(self.root, key)
        if near:
            meaning = explain_key(shape, near)
            self._add(full, "unknown_key_near", where=shown, near=near, meaning=meaning)
        elif homes:
            self._add(full, "key_elsewhere", where=shown, home=homes)
        else:
            self._add(full, "unknown_key", where=shown, known=", ".join(fields))

    def _add(self, place: str, code: str, /, **facts: object) -> None:
        self.mistakes.append(make_mistake(place, code, **facts))


def _find_near(key: str, known: Sequence[str]) -> str:
    """The known key that is meant, "" for none: of equally near ones the one that begins alike
    ("replies" is "reply", not "rules")."""
    near = difflib.get_close_matches(key, known, 3)
    return max(near, key=lambda one: _count_alike(one, key), default="")


def _count_alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _name_row(row: object, place: int) -> str:
    """What a table among several is called: its id, else its place, from 1."""
    named = row.get("id") if isinstance(row, dict) else None
    return named if isinstance(named, str) and named else str(place)


def _homes(root: type[Struct], key: str) -> list[object]:
    """The tables that know a key: "[reply]", or words for the file's top."""
    found: list[object] = []
    for field in msgspec.structs.fields(root):
        hint = get_type_hints(root)[field.name]
        shape, several = _nested(hint), get_origin(hint) is tuple
        if field.encode_name == key and shape is None:
            found.append(Sentence(section="toml_place", key="top"))
        if shape and key in {inner.encode_name for inner in msgspec.structs.fields(shape)}:
            found.append(f"[[{field.encode_name}]]" if several else f"[{field.encode_name}]")
    return found


def _nested(hint: Any) -> type[Struct] | None:
    kinds = [hint, *get_args(hint)]
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Struct)), None)


def _scalar(hint: Any, value: object, written: str) -> object:
    if written == "secret" and not (value == "" or is_secret(value)):
        raise ValueError('a secret is never written here; use "env:NAME" or "file:PATH"')
    if written == "duration":
        return parse_duration(value)
    if written == "size":
        return parse_size(value)
    return msgspec.convert(value, hint)


def parse_duration(value: object) -> timedelta:
    """ "90s", "2m", "1h", "3d" as a time span. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,9})\s*([smhd])", value) if isinstance(value, str) else None
    if not found:
        raise ValueError(f'{value!r} is no duration; write "30s", "2m", "1h" or "3d"')
    try:
        return timedelta(seconds=int(found[1]) * _SPANS[found[2]])
    except OverflowError as error:
        raise ValueError(f"{value!r} is no duration that ever ends") from error


def parse_size(value: object) -> int:
    """ "40MB" or a number of bytes. Raises ValueError."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    found = re.fullmatch(r"(\d{1,15})\s*([KMG]?B)", value) if isinstance(value, str) else None
    if not found:
        raise ValueError(f'{value!r} is no size; write "500KB", "40MB" or "2GB"')
    return int(found[1]) * _UNITS[found[2]]
