"""A webhook as Standard Webhooks 1.0 has it: the very bytes are signed, one id an action at every try,
and what each answer means."""

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
import standardwebhooks
from msgspec import structs

from publisher.targets import http as spoken
from publisher.targets.http import CUT_REST, Http
from publisher.targets.media_links import GOOD_FOR, verify_media
from publisher.targets.target import Asks, Delivered, Known, NotNow, Outcome, Refused
from publisher.targets.webhook import MOST_SECRETS, Webhook, read_secret
from tests.drill import webhook as drill
from tests.editions import make_article, make_edition
from tests.listener import Asked, answer, listening
from tests.ninjs_shape import find_faults
from tests.receiver import MEDIA_KEY, SECRET, Receiver, make_webhook, read_end, receiving

KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
OLD = "whsec_" + base64.b64encode(b"the secret that was before it...").decode()


def publish(target: Webhook) -> Outcome:
    return target.publish(make_article(), None)


def test_the_event() -> None:
    receiver = Receiver()
    with receiving(receiver) as (target, listener):
        assert isinstance(publish(target), Delivered)
    (asked,) = listener.asked
    event = json.loads(asked.body)
    assert (asked.method, asked.path) == ("POST", "/hook?token=x")
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["webhook-id"] == make_article().key
    assert abs(int(asked.headers["webhook-timestamp"]) - time.time()) < 60
    assert set(event) == {"type", "timestamp", "data"}
    assert (event["type"], event["timestamp"]) == ("warta.published", "2026-11-26T09:35:00Z")
    assert find_faults(event["data"]) == []


def test_each_action_has_its_type() -> None:
    receiver = Receiver()
    with receiving(receiver) as (target, _):
        publish(target)
        target.correct(make_article(make_edition(2), "correct"), Known())
        target.take_down(make_article(make_edition(2), "take_down"), Known())
    assert [event["type"] for event in receiver.events.values()] == [
        "warta.published",
        "warta.corrected",
        "warta.withdrawn",
    ]
    assert receiver.list_standing() == []


def test_bytes_that_are_no_ascii_are_signed_as_they_are_sent() -> None:
    receiver = Receiver()
    with receiving(receiver) as (target, listener):
        target.publish(make_article(make_edition(headline="Éntah “apa” — 🏚\u2028😀")), None)
    assert (receiver.forged, len(receiver.events)) == ([], 1)
    assert "Éntah “apa” — 🏚".encode() in listener.asked[0].body


@pytest.mark.parametrize("held", [SECRET, OLD])
def test_while_both_secrets_are_good_each_opens_it(held: str) -> None:
    receiver = Receiver(held)
    both = tuple(base64.b64decode(each.removeprefix("whsec_")) for each in (SECRET, OLD))
    with listening(receiver) as listener:
        outcome = publish(make_webhook(listener, both))
    assert isinstance(outcome, Delivered)
    assert len(listener.asked[0].headers["webhook-signature"].split()) == MOST_SECRETS


def test_a_secret_that_is_not_theirs_is_refused() -> None:
    receiver = Receiver(OLD)
    with receiving(receiver) as (target, _):
        assert publish(target) == Refused(code="login_refused", detail="HTTP 401")
    assert receiver.events == {}


def test_photos_are_links_that_are_good_for_seven_days() -> None:
    receiver = Receiver()
    with receiving(receiver) as (target, _):
        publish(target)
    (news,) = receiver.list_standing()
    for number, photo in enumerate(news["associations"], 1):
        link = urlsplit(photo["renditions"][0]["href"])
        query = {name: values[0] for name, values in parse_qs(link.query).items()}
        assert f"{link.scheme}://{link.netloc}" == "https://redaksi.example"
        assert link.path == f"/media/W-2026-0143-1/{number}.jpg"
        assert abs(read_end(query["exp"]) - GOOD_FOR) < timedelta(minutes=1)
        assert verify_media(
            MEDIA_KEY, "W-2026-0143-1", number, query["exp"], query["sig"], datetime.now(UTC)
        )
        assert not verify_media(
            KEY, "W-2026-0143-1", number, query["exp"], query["sig"], datetime.now(UTC)
        )


URL = "https://warta.example/2026/gotong-royong"
TOLD: dict[str, tuple[bytes, str]] = {
    "a url": (json.dumps({"url": URL}).encode(), URL),
    "nothing": (b"", ""),
    "no JSON": (b"OK", ""),
    "a list": (b"[]", ""),
    "a url that is none": (b'{"url": 7}', ""),
    "a script": (b'{"url": "javascript:alert(1)"}', ""),
    "a url with a user": (b'{"url": "https://a:b@warta.example/"}', ""),
    "a url that is too long": (json.dumps({"url": URL + "x" * 500}).encode(), ""),
    "a url elsewhere": (b'{"url": "https://other.example/"}', ""),
    "too much": (json.dumps({"url": URL, "x": "x" * 70_000}).encode(), ""),
    "too deep": (b'{"url":' + b"[" * 60_000, ""),
    "no UTF-8": (b'{"url": "\xff"}', ""),
}


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted"])
@pytest.mark.parametrize("name", TOLD)
def test_where_it_stands_is_what_the_answer_says_or_an_editor(name: str, status: str) -> None:
    body, url = TOLD[name]
    with listening(answer(body, status)) as listener:
        outcome = publish(structs.replace(make_webhook(listener), hosts=("Warta.example",)))
    assert outcome == (Delivered(known=Known(url=url, version="1")) if url else Asks())


def test_without_a_new_address_a_correction_stands_at_the_old_one() -> None:
    with listening(answer(b"", "204 No Content")) as listener:
        article = make_article(make_edition(2), "correct")
        outcome = make_webhook(listener).correct(article, Known(url=URL))
    assert outcome == Delivered(known=Known(url=URL, version="2"))


def test_what_was_taken_down_is_looked_for_where_it_stood() -> None:
    known = Known(url=URL, external_id="7", version="1")
    with listening(answer()) as listener:
        outcome = make_webhook(listener).take_down(make_article(action="take_down"), known)
    assert outcome == Delivered(known=known)


HOUR = timedelta(hours=1)
MEANS: dict[str, tuple[bytes, Outcome]] = {
    "301": (
        answer(b"", "301 Moved", "Location: https://warta.example/"),
        Refused(code="rejected", detail="HTTP 301"),
    ),
    "307": (
        answer(b"", "307 Moved", "Location: /elsewhere"),
        Refused(code="rejected", detail="HTTP 307"),
    ),
    "400": (answer(b"", "400 Bad"), Refused(code="rejected", detail="HTTP 400")),
    "403": (answer(b"", "403 No"), Refused(code="not_allowed", detail="HTTP 403")),
    "410": (answer(b"", "410 Gone"), Refused(code="gone", detail="HTTP 410")),
    "429": (
        answer(b"", "429 Slow", "Retry-After: 3600"),
        NotNow(code="throttled", retry_after=HOUR, detail="HTTP 429"),
    ),
    "429 for a week": (
        answer(b"", "429 Slow", "Retry-After: 604800"),
        NotNow(code="throttled", retry_after=6 * HOUR, detail="HTTP 429"),
    ),
    "500": (answer(b"", "500 Oh"), NotNow(code="server_error", detail="HTTP 500")),
    "503": (
        answer(b"", "503 Busy", "Retry-After: 3600"),
        NotNow(code="throttled", retry_after=HOUR, detail="HTTP 503"),
    ),
    "503 without a time": (
        answer(b"", "503 Busy"),
        NotNow(code="server_error", detail="HTTP 503"),
    ),
}


@pytest.mark.parametrize("name", MEANS)
def test_what_an_answer_means(name: str) -> None:
    said, outcome = MEANS[name]
    with listening(said) as listener:
        target = make_webhook(listener)
        known = Known(url=URL)
        outcomes = [
            publish(target),
            target.correct(make_article(action="correct"), known),
            target.take_down(make_article(action="take_down"), known),
        ]
    assert outcomes == [outcome] * 3
    assert len(listener.asked) == 3  # no redirect was followed


def test_a_silent_receiver_is_tried_later() -> None:
    def keep_silent(_: Asked) -> list[bytes | float]:
        return [1.0]

    with listening(keep_silent) as listener, mock.patch.object(spoken, "SILENCE", 0.2):
        outcome = publish(make_webhook(listener))
    assert isinstance(outcome, NotNow)
    assert (outcome.code, outcome.retry_after) == ("timeout", CUT_REST)


def test_a_neighbour_is_spoken_to_only_where_it_may_be_one() -> None:
    with listening(answer()) as listener:
        target = make_webhook(listener)
        url = listener.url(scheme="https")
        outcome = publish(structs.replace(target, http=Http(), url=url))
    assert isinstance(outcome, Refused) and outcome.code == "blocked_address"
    assert listener.connections == 0


def test_a_plan_names_no_query() -> None:
    with listening(answer()) as listener:
        (step,) = make_webhook(listener).plan(make_article(), "publish", None)
    assert step.facts["url"] == listener.url("/hook")


def test_without_all_its_photos_nothing_is_sent() -> None:
    with listening(answer()) as listener:
        outcome = make_webhook(listener).publish(make_article(photos=()), None)
    assert outcome == Refused(code="photo_failed")
    assert listener.connections == 0


SECRETS = {
    SECRET: KEY,
    SECRET.rstrip("="): KEY,
    f" {SECRET}\n": KEY,
    "whsec_": None,
    "whsec_*": None,
    "whsec_a": None,
    "whsec_é": None,
    SECRET.removeprefix("whsec_"): None,
    "": None,
}


@pytest.mark.parametrize("written", SECRETS)
def test_a_secret_as_it_is_written(written: str) -> None:
    assert read_secret(written) == SECRETS[written]


def test_the_reference_library_reads_a_secret_alike() -> None:
    moment = datetime.now(UTC)
    made = standardwebhooks.Webhook(SECRET).sign("id", moment, "body")
    headers = {
        "webhook-id": "id",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": made,
    }
    assert standardwebhooks.Webhook(SECRET.rstrip("=")).verify(
        b"body", headers, json_parse=False
    ) is None  # fmt: skip


def test_a_tenth_of_the_drill_an_action_has_one_id_however_often_it_is_cut() -> None:
    figures = drill.cut(drill.ACTIONS // 10)
    assert figures["tries"] > figures["actions"] == drill.ACTIONS // 10


def test_what_the_documentation_says_of_a_signature_holds() -> None:
    page = (Path(__file__).parents[2] / "docs/folder-and-webhook.md").read_text("utf-8")
    said: dict[str, Any] = {}
    exec(page.split("```python\n")[1].split("```")[0], said)
    receiver = Receiver()
    with receiving(receiver) as (target, listener):
        publish(structs.replace(target, secrets=(KEY, b"another")))
    (asked,) = listener.asked
    assert said["is_ours"](SECRET, asked.headers, asked.body)
    assert not said["is_ours"](OLD, asked.headers, asked.body)
    assert not said["is_ours"](SECRET, asked.headers, asked.body + b" ")
    late = asked.headers | {"webhook-timestamp": "1"}
    assert not said["is_ours"](SECRET, late, asked.body)
