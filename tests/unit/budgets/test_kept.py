"""Kept bytes: three times the mail and 20 MB. What would unpack to more stays closed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.budget import Budget
from ingest.read.parcel import read_email, read_files
from redaksi.limits import MB, Safety
from redaksi.reasons import ReasonCode
from tests import builders
from tests.unit.budgets.reading import (
    WORD,
    assert_left,
    forwarded,
    look,
    picture,
    subjects,
    whole,
    zipped,
)
from tests.unit.read_mail.mails import winmail

# each unpacks to a hundred times its size, under every limit made against bombs
LARGE = [(f"foto-{n}.bin", bytes([n]) * (MB - 1)) for n in range(1, 31)]
WRAPPED = {
    "zip": [("foto.zip", zipped(LARGE))],
    "zip in zip": [("luar.zip", zipped([("foto.zip", zipped(LARGE))]))],
    "two zips": [("a.zip", zipped(LARGE[:15])), ("b.zip", zipped(LARGE[15:]))],
    "zip in winmail": [("winmail.dat", winmail(("foto.zip", zipped(LARGE))))],
    "zip called docx": [("naskah.docx", zipped(LARGE))],
}


def is_within(raw: bytes) -> bool:
    files = {file.sha256: file.size for file in read_email(raw, "m", Safety()).files}
    return sum(files.values()) <= 3 * len(raw) + 20 * MB


@pytest.mark.parametrize("files", WRAPPED.values(), ids=WRAPPED.keys())
def test_an_archive_that_would_pass_it_stays_closed(files: list[tuple[str, bytes]]) -> None:
    raw = builders.mail(attachments=[("naskah-1.docx", WORD), *files])
    found = look(raw)
    assert_left(found, "budget", which="kept")
    assert is_within(raw)
    assert subjects(found) <= {"naskah-1.docx"}


def test_in_a_forwarded_mail_too() -> None:
    raw = forwarded(builders.mail(attachments=WRAPPED["zip"]), 2)
    assert_left(look(raw), "budget", which="kept")
    assert is_within(raw)


def test_the_archive_itself_is_kept_and_says_why() -> None:
    found = look(builders.mail(attachments=WRAPPED["zip"]))
    (other,) = whole(found).others
    assert (other.name, other.why.code) == ("foto.zip", ReasonCode.BUDGET)


def test_what_fits_is_opened() -> None:
    inner = zipped([("naskah.docx", WORD), ("foto.jpg", picture("JPEG"))])
    found = look(builders.mail(attachments=[("semua.zip", inner)]))
    assert [each.name for each in whole(found).photos] == ["foto.jpg"]
    assert whole(found).unjudged == ()


def test_files_named_together_have_as_much() -> None:
    budget = Budget(Safety())
    parcel = read_files(WRAPPED["zip"], "web", Safety(), budget)
    assert [file.name for file in parcel.files] == ["foto.zip"]
    assert [reason.facts["which"] for reason in parcel.unjudged] == ["kept"]


def test_pictures_for_people_have_what_the_files_leave() -> None:
    budget = Budget(Safety())
    budget.allow(1000)
    budget.keep(1000)
    assert budget.take_bytes(2000 + 20 * MB)
    assert not budget.take_bytes(1)
    assert budget.reasons == []  # one that is left out leaves nothing unjudged


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 4))
@settings(max_examples=15, deadline=None)
def test_however_it_is_nested(counts: list[int], deep: int) -> None:
    zips = [(f"{n}.zip", zipped(LARGE[:count])) for n, count in enumerate(counts)]
    assert is_within(forwarded(builders.mail(attachments=zips), deep))
