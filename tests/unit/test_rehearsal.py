"""The mail that a fork server reads before it forks is one that is understood."""

from desk.pipeline import examine
from desk.sandbox.rehearsal import make_mail
from ingest.read.parcel import read_email
from redaksi.limits import Limits


def test_it_brings_what_most_mails_bring() -> None:
    parcel = read_email(make_mail(), "rehearsal", Limits().safety)
    (judged,) = examine(parcel, Limits()).assessments
    assert judged.submission.document
    assert judged.submission.document.title == "Warga Memperbaiki Saluran"
    assert [photo.caption.text for photo in judged.submission.photos if photo.caption] == [
        "Warga bekerja bakti."
    ]
