"""An attachment is decoded once, for its hash and for whoever reads it; what is beyond the bound is
decoded anew rather than held."""

import pytest

from desk.demo.makers import mail
from ingest.read.mail import attachments, body_part
from ingest.read.parcel import read_email
from redaksi.limits import Safety

FILES = [("a.jpg", b"\xff\xd8\xff\xe0" + b"a" * 5000), ("b.jpg", b"\xff\xd8\xff\xe0" + b"b" * 3000)]


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of what was decoded, in order."""
    sizes: list[int] = []
    decode = body_part.decode_octets

    def counted(raw: body_part.Raw, start: int, end: int, transfer: str) -> bytes:
        octets = decode(raw, start, end, transfer)
        sizes.append(len(octets))
        return octets

    monkeypatch.setattr(body_part, "decode_octets", counted)
    return sizes


def test_each_part_is_decoded_once(decoded: list[int]) -> None:
    parcel = read_email(
        mail(("Ani", "ani@x.example"), "Naskah", "Terlampir.\n", FILES), "m", Safety()
    )
    assert [file.load() for file in parcel.files for _ in range(3)] == [
        content for _, content in FILES for _ in range(3)
    ]
    assert decoded == [5004, 3004]


def test_what_does_not_fit_is_decoded_at_each_call(
    decoded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "HELD", 4000)
    parcel = read_email(
        mail(("Ani", "ani@x.example"), "Naskah", "Terlampir.\n", FILES), "m", Safety()
    )
    assert [file.load() for file in parcel.files for _ in range(2)] == [
        content for _, content in FILES for _ in range(2)
    ]
    assert decoded == [5004, 3004, 5004, 5004]
