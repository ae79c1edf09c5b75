"""docs/check-json.md names every key that `redaksi check --json` prints, and no other."""

import re
from pathlib import Path
from typing import Any

import pytest

from desk.presentation.check_json import plain_examination
from redaksi.arrival import Mail
from redaksi.model import (
    Answer,
    Assessment,
    Caption,
    Examination,
    Finding,
    Other,
    Place,
    Unread,
)
from redaksi.reasons import ReasonCode, explain
from redaksi.sender_rule import SenderRule
from tests.builders import document, photo, submission

TEXT = (Path(__file__).parents[2] / "docs" / "check-json.md").read_text(encoding="utf-8")
CHAPTERS = dict(re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", TEXT, re.MULTILINE))
WHY = explain(ReasonCode.CAPTIONS_FILE)


def everything() -> Any:
    """An examination in which no list is empty, as it is printed."""
    whole = submission(
        documents=(document(),),
        photos=(photo(caption=Caption(text="Warga.", source="body", evidence="name")),),
        others=(Other(name="keterangan.pdf", kind="pdf", sha256="", why=WHY),),
        unread=(Unread(may_be="caption", kind="file", text="keterangan.pdf"),),
    )
    finding = Finding(
        code="N009",
        rule="byline-missing",
        severity="advice",
        subject="Naskah.docx",
        places=(Place(paragraph=1, quote="Warga"),),
    )
    judged = Assessment(submission=whole, findings=(finding,), decision="review", reason=WHY)
    rule = next(iter(SenderRule))
    examination = Examination(
        source="kiriman.eml",
        mail=Mail(headers=()),
        mail_kind="normal",
        assessments=(judged,),
        others=(),
        decision="review",
        answer=Answer(send=False, letter="", to="a@b.example", reason=WHY, rule=rule),
    )
    return plain_examination(examination, "id", full=True, milliseconds=1.0)


PRINTED = everything()
OBJECTS: dict[str, Any] = {
    "the whole": PRINTED,
    "mail": PRINTED["mail"],
    "answer": PRINTED["answer"],
    "caption": PRINTED["photos"][0]["caption"],
    **{
        name: PRINTED[name][0]
        for name in ("submissions", "unread", "findings", "documents", "photos", "others")
    },
}


def test_every_chapter_is_an_object() -> None:
    assert set(CHAPTERS) == set(OBJECTS)


@pytest.mark.parametrize("name", OBJECTS)
def test_the_keys_are_those_that_are_printed(name: str) -> None:
    cells = re.findall(r"^\| (`[^|]*) \|", CHAPTERS[name], re.MULTILINE)
    named = {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}
    assert named == set(OBJECTS[name])


def test_documents_and_photos_say_each_why_they_were_not_judged() -> None:
    died = explain(ReasonCode.READER_DIED, file="b.jpg", kind="jpeg")
    late = explain(ReasonCode.BUDGET, which="processor")
    whole = submission(
        documents=(document(judged=False, unjudged=late),),
        photos=(photo(name="a.jpg"), photo(name="b.jpg", judged=False, unjudged=died)),
    )
    judged = Assessment(submission=whole, findings=(), decision="review", reason=late)
    examination = Examination(
        source="kiriman.eml",
        mail=None,
        mail_kind=None,
        assessments=(judged,),
        others=(),
        decision="review",
        answer=None,
    )
    printed = plain_examination(examination, "id", full=False, milliseconds=1.0)
    assert [
        (each["judged"], each["unjudged"], each["unjudged_facts"])
        for each in (*printed["documents"], *printed["photos"])
    ] == [
        (False, "budget", {"which": "processor"}),
        (True, None, {}),
        (False, "reader_died", {"file": "b.jpg", "kind": "jpeg"}),
    ]
