"""The quick way through base64 gives what binascii gives, or leaves it to it."""

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.mail.body_part import _decode_clean, decode_octets

OCTETS = bytes(range(256)) * 200


@given(st.lists(st.sampled_from(list(b'ABab01+/=-_ \t\r\n"\\u!\0\x80')), max_size=40).map(bytes))
def test_the_quick_way_is_never_different(octets: bytes) -> None:
    quick = _decode_clean(octets)
    assert quick is None or quick == binascii.a2b_base64(octets)


@pytest.mark.parametrize("line", [b"\r\n", b"\n", b""])
def test_what_mailers_write_goes_the_quick_way(line: bytes) -> None:
    written = base64.encodebytes(OCTETS).replace(b"\n", line)
    assert _decode_clean(written) == OCTETS
    assert decode_octets(written, 0, len(written), "base64") == OCTETS


@pytest.mark.parametrize(
    "written",
    [
        base64.encodebytes(OCTETS).replace(b"\n", b"\n "),
        base64.b64encode(OCTETS + b"1").rstrip(b"="),
        base64.b64encode(OCTETS) + b"A",
        b"!" + base64.b64encode(OCTETS),
    ],
    ids=["blanks", "no padding", "cut", "noise"],
)
def test_what_they_do_not_write_is_read_all_the_same(written: bytes) -> None:
    read = decode_octets(written, 0, len(written), "base64")
    assert read.startswith(OCTETS)
