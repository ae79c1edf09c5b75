"""How many values an answer makes is known before one is made."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.sandbox.protocol import ProtocolError
from desk.sandbox.receive import decode
from desk.sandbox.trust import weigh
from redaksi.arrival import Report

leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.floats(allow_nan=False),
    st.text(max_size=300), st.binary(max_size=300),
)  # fmt: skip
values = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=40), inner)
)


def count(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(1 + count(each) for each in value.values())
    return 1 + sum(map(count, value)) if isinstance(value, list) else 1


@given(values)
def test_every_value_is_counted_once(value: object) -> None:
    body = msgspec.msgpack.encode(value)
    at = found = 0
    while at < len(body):
        at += weigh._measure(body, at)
        found += 1
    assert (found, at) == (count(value), len(body))


@pytest.mark.parametrize("one", [b"\x80", b"\x90", b"\xa0", b"\xc0"], ids=["map", "list", "", "0"])
def test_eight_megabytes_of_nothing_are_not_decoded(one: bytes) -> None:
    many = 7_000_000
    body = b"\x81\xaadeliveries\xdd" + many.to_bytes(4, "big") + one * many
    with pytest.raises(ProtocolError, match="too many"):
        decode(body, Report)


def test_much_text_is_light() -> None:
    body = msgspec.msgpack.encode(["x" * 10_000] * 800)
    assert not weigh.is_too_heavy(body)
