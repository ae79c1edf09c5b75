"""Judged submissions as bytes that can be read back: JSON, compressed. Pages are made anew from
them."""

import zlib
from typing import Any

import msgspec

from desk.store.columns import storable
from desk.store.legacy_reasons import translate_parts
from redaksi.model import Assessment


def freeze(judged: Assessment) -> bytes:
    """`judged` as zlib over JSON. A lone surrogate, which JSON in UTF-8 cannot hold, becomes
    U+FFFD."""
    try:
        plain = msgspec.json.encode(judged)
    except UnicodeEncodeError:
        plain = msgspec.json.encode(_clean(msgspec.to_builtins(judged)))
    return zlib.compress(plain)


def thaw(frozen: bytes) -> Assessment:
    """What `freeze` was given, whichever release froze it."""
    plain = zlib.decompress(frozen)
    try:
        return msgspec.json.decode(plain, type=Assessment)
    except msgspec.ValidationError:  # 0.1 wrote sentences where codes are now
        return msgspec.convert(translate_parts(msgspec.json.decode(plain)), Assessment)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value
