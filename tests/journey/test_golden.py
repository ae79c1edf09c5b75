"""Golden mails: every pair in mails/ is judged as its .json says. Drop a new pair in and it is
tested.

The .json names a part of what `redaksi check --json` prints; what it leaves out is not looked at.
- An object is compared by the keys it names; a list by length and order; texts after Unicode normalisation (NFC).
- For photos, documents and submissions an object stands for a list by name, and names all; for others, some.
- Findings are compared as a whole, in any order. {"any": [...]} is met by any of its members.
"""

import base64
import email
import hashlib
import json
import unicodedata
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from desk.presentation.check_json import plain_examination
from redaksi.limits import Identity, Limits
from tests.readings import examine_believed

MAILS = Path(__file__).parent / "mails"
PAIRS = sorted(path.stem for path in MAILS.glob("*.json"))
LIMITS = Limits(
    identity=Identity(authserv_id="mx.warta.example", addresses=("redaksi@warta.example",))
)
NAMES_ALL = {"photos": "name", "documents": "name", "submissions": "document"}


def judged(name: str) -> dict[str, Any]:
    """What the pipeline says of one mail."""
    raw = (MAILS / f"{name}.eml").read_bytes()
    found = examine_believed(raw, f"{name}.eml", LIMITS)
    return plain_examination(found, "id", full=False, milliseconds=0.0)


def differences(expected: Any, found: Any, at: str = "") -> list[str]:
    """Where `found` is not what `expected` names, one line each."""
    if isinstance(expected, dict) and "any" in expected:
        return (
            []
            if any(not differences(one, found) for one in expected["any"])
            else [f"{at}: {found!r}, not any of {expected['any']!r}"]
        )
    if isinstance(expected, dict) and isinstance(found, list):
        return _by_name(expected, found, at)
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{at}: {found!r}, not {expected!r}"]
        return [
            line
            for key, value in expected.items()
            for line in differences(value, found.get(key), f"{at}.{key}")
        ]
    if isinstance(expected, list) and isinstance(found, list):
        if at == ".findings":
            expected, found = _sorted(expected), _sorted(found)
        if len(expected) != len(found):
            return [f"{at}: {len(found)} instead of {len(expected)}: {found!r}"]
        return [
            line
            for i, pair in enumerate(zip(expected, found, strict=True))
            for line in differences(*pair, f"{at}[{i}]")
        ]
    same = normal(expected) == normal(found) and isinstance(expected, bool) == isinstance(
        found, bool
    )
    return [] if same else [f"{at}: {found!r}, not {expected!r}"]


def _by_name(expected: dict[str, Any], found: list[dict[str, Any]], at: str) -> list[str]:
    key = NAMES_ALL.get(at.lstrip("."), "name")
    there = {normal(one[key]): one for one in found}
    asked = {normal(name): value for name, value in expected.items()}
    if (
        len(there) != len(found)
        or (at.lstrip(".") in NAMES_ALL and set(asked) != set(there))
        or not set(asked) <= set(there)
    ):
        return [f"{at}: {[one[key] for one in found]!r}, not {list(expected)!r}"]
    return [
        line
        for name, value in asked.items()
        for line in differences(value, there[name], f"{at}.{name}")
    ]


def _sorted(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(findings, key=lambda one: (one["rule"], one.get("subject", "")))


def normal(value: Any) -> Any:
    """Text in NFC, so that a decomposed name is the name it shows."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def streams(message: Message) -> list[bytes]:
    """The standard library's own view: every file of a mail, through attached mails and not into
    archives."""
    if message.get_content_type() == "message/rfc822":
        inner = [part for part in message.get_payload() if isinstance(part, Message)]
        if str(message.get("Content-Transfer-Encoding", "")).lower() == "base64":
            inner = [email.message_from_bytes(base64.b64decode(part.as_bytes())) for part in inner]
        return [one for part in inner for one in streams(part)]
    if message.is_multipart():
        return [
            one
            for part in message.get_payload()
            if isinstance(part, Message)
            for one in streams(part)
        ]
    if (
        message.get_filename()
        or message.get_content_maintype() != "text"
        or message.get_content_subtype() == "calendar"
    ):
        return [message.get_payload(decode=True) or b""]  # type: ignore[list-item]
    return []


def test_there_are_golden_mails() -> None:
    assert len(PAIRS) >= 36
    assert sorted(path.stem for path in MAILS.glob("*.eml")) == PAIRS


@pytest.mark.parametrize("name", PAIRS)
def test_golden(name: str) -> None:
    expected = json.loads((MAILS / f"{name}.json").read_text(encoding="utf-8"))
    wrong = differences(expected, judged(name))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PAIRS)
def test_every_stream_is_accounted_for_once(name: str) -> None:
    mail = email.message_from_bytes((MAILS / f"{name}.eml").read_bytes())
    found = judged(name)
    told = [one["sha256"] for key in ("documents", "photos", "others") for one in found[key]]
    there = [hashlib.sha256(content).hexdigest() for content in streams(mail)]
    assert {one: told.count(one) for one in there} == {one: there.count(one) for one in there}
