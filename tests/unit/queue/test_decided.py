"""A decision in words."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk.presentation.publication.decided import describe_decision
from desk.store.publications.decisions import StoredDecision
from redaksi.model import Language

NOON = datetime(2026, 11, 26, 5, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


def shown(language: Language = "id", **facts: Any) -> list[str]:
    values = {"event_id": 1, "event": "schedule", "at": NOON, "editor": "Nina", **facts}
    return list(describe_decision(StoredDecision(**values), (), language, JAKARTA))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, []),
        ({"publish_at": NOON}, ["Tayang: Kamis, 26 November 2026, pukul 12.00 WIB"]),
        ({"headline": "Gotong\nRoyong"}, ["Judul tayang: Gotong Royong"]),
        ({"url": "https://warta.example/1"}, ["Tautan: https://warta.example/1"]),
        ({"reason": "Sudah basi."}, ["Alasan: Sudah basi."]),
        ({"remarks": ({"ask": "Sebutkan dusunnya.", "title": "Paragraf 2"},)},
         ["Diminta: Paragraf 2: Sebutkan dusunnya."]),
        ({"silent": True}, ["Tanpa surat kepada kontributor"]),
    ],
)  # fmt: skip
def test_each_word_of_a_decision_is_a_line(facts: dict[str, Any], words: list[str]) -> None:
    assert shown(**facts) == words


def test_what_is_set_aside_names_who_why_and_what_and_the_reason_stands_once() -> None:
    aside = tuple(
        {"code": code, "subject": subject, "reason": "Foto lama."}
        for code, subject in (("F02", "a.jpg"), ("N03", ""))
    )
    assert shown(overrides=aside, reason="Foto lama.") == [
        "dikesampingkan Nina: Foto lama. (F02 (a.jpg) dan N03)"
    ]


def test_an_editor_without_a_name_is_an_editor() -> None:
    aside = ({"code": "F02", "subject": "", "reason": "Old."},)
    assert shown("en", overrides=aside, editor="") == ["set aside by an editor: Old. (F02)"]
