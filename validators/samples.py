"""Submissions the rules' examples are made of: a good one, and what differs."""

from typing import Any

from redaksi.model import Caption, Document, Person, Photo, Submission


def make_document(**rest: Any) -> Document:
    """A good document: Times New Roman 12, single, well within the length."""
    good: dict[str, Any] = {
        "name": "Warta.docx",
        "kind": "docx",
        "sha256": "d" * 64,
        "characters": 1800,
        "pages": 0.8,
        "title": "Warga Bangun Saluran Air",
        "byline": Person(name="Rahmawati", role="Fasilitator"),
    }
    return Document(**{**good, **rest})


def make_photo(**rest: Any) -> Photo:
    """A good photo with its caption."""
    good: dict[str, Any] = {
        "name": "IMG_2041.jpg",
        "kind": "jpeg",
        "sha256": "f" * 64,
        "size": 400_000,
        "width": 1600,
        "height": 1200,
        "caption": Caption(text="Warga bergotong royong.", source="document", evidence="name"),
    }
    return Photo(**{**good, **rest})


def make_submission(**rest: Any) -> Submission:
    """A submission every rule passes."""
    good: dict[str, Any] = {
        "documents": (make_document(),),
        "photos": (make_photo(),),
        "title": "Warga Bangun Saluran Air",
    }
    return Submission(**{**good, **rest})
