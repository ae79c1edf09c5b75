"""ninjs 3.1 of editions: what it says, what it leaves out, and that generated ones are valid."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from publisher.articles.edition import Byline, Edition
from publisher.articles.ninjs import Rendition, make_canceled, make_ninjs, write_moment
from tests.editions import EDITIONS, HEADLINE, NOW, make_edition
from tests.ninjs_shape import NEWS, find_faults

JAKARTA = timezone(timedelta(hours=7))


def make(edition: Edition) -> dict[str, Any]:
    renditions = [
        Rendition(href=f"foto-{n}.jpg", width=1600, height=1200, size=240_000)
        for n, _ in enumerate(edition.photos, 1)
    ]
    return make_ninjs(edition, html="<p>Isi</p>", markdown="Isi", renditions=renditions)


def test_the_shape_is_a_schema() -> None:
    Draft202012Validator.check_schema(NEWS)


def test_what_an_edition_says() -> None:
    news = make(make_edition(2, embargo=datetime(2026, 12, 1, 7, tzinfo=JAKARTA)))
    photo = news["associations"][0]
    assert find_faults(news) == []
    assert (news["uri"], news["version"]) == ("tag:warta.example,2026:W-2026-0143", "2")
    assert (news["firstCreated"], news["versionCreated"]) == (
        "2026-11-26T09:30:00Z",
        "2026-11-26T10:30:00Z",
    )
    assert (news["pubStatus"], news["embargoedUntil"]) == ("usable", "2026-12-01T00:00:00Z")
    assert news["headlines"] == [{"role": "main", "value": HEADLINE}]
    assert [body["contentType"] for body in news["bodies"]] == ["text/html", "text/markdown"]
    assert news["people"] == [
        {"name": "Inayatullah", "rel": "author"},
        {"name": "EPN", "rel": "editor"},
    ]
    assert (news["located"], news["places"]) == (
        "Kalimantan Barat",
        [{"name": "Kalimantan Barat", "literal": "Kalbar"}],
    )
    assert (photo["type"], photo["uri"]) == (
        "picture",
        "tag:warta.example,2026:W-2026-0143#foto-1",
    )
    assert [words["role"] for words in photo["descriptions"]] == ["caption", "alt"]
    assert photo["renditions"][0]["href"] == "foto-1.jpg"


def test_what_an_edition_lacks_is_left_out() -> None:
    bare = make_edition(
        photos=0, tags=(), dateline="", province="", byline=Byline(), editor="", category=""
    )
    lacking = {"by", "people", "located", "places", "subjects", "associations", "embargoedUntil"}
    assert lacking & make(bare).keys() == set()


def test_of_a_withdrawn_one_not_a_word_is_said() -> None:
    edition = make_edition(2)
    canceled = make_canceled(edition, NOW)
    assert find_faults(canceled) == []
    assert (canceled["pubStatus"], canceled["uri"]) == ("canceled", edition.uri)
    written = json.dumps(canceled)
    assert [w for w in (HEADLINE, "Inayatullah", "gotong", "foto", "Kalbar") if w in written] == []


def test_a_photo_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        make_ninjs(make_edition(photos=1), html="", markdown="", renditions=[])


@settings(max_examples=300, deadline=None)
@given(EDITIONS)
def test_every_edition_is_valid(edition: Edition) -> None:
    assert find_faults(make(edition)) == []
    assert find_faults(make_canceled(edition, edition.made_at)) == []


MOMENTS = {
    "in UTC": (datetime(2026, 11, 26, 9, 30, 15, 999, tzinfo=UTC), "2026-11-26T09:30:15Z"),
    "elsewhere": (datetime(2026, 11, 26, 3, tzinfo=JAKARTA), "2026-11-25T20:00:00Z"),
    "without a zone": (datetime(2026, 11, 26), "2026-11-26T00:00:00Z"),
    "long ago": (datetime(7, 1, 2, tzinfo=UTC), "0007-01-02T00:00:00Z"),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_a_moment(name: str) -> None:
    moment, written = MOMENTS[name]
    assert write_moment(moment) == written


Spoil = Callable[[dict[str, Any]], object]
SPOILED: dict[str, Spoil] = {
    "no uri": lambda news: news.pop("uri"),
    "a uri without a scheme": lambda news: news.update(uri="W-2026-0143"),
    "a version that is a number": lambda news: news.update(version=1),
    "another type": lambda news: news.update(type="component"),
    "pubStatus of NewsML": lambda news: news.update(pubStatus="stat:canceled"),
    "a moment without a zone": lambda news: news.update(versionCreated="2026-11-26T09:30:00"),
    "a day alone": lambda news: news.update(embargoedUntil="2026-11-26"),
    "a key of our own": lambda news: news.update(dateline="Kalbar"),
    "headline, as 1.x had it": lambda news: news.update(headline="Judul"),
    "a headline without a value": lambda news: news["headlines"].append({"role": "main"}),
    "bodies by name": lambda news: news.update(bodies={"html": "<p>Isi</p>"}),
    "people by name": lambda news: news.update(people=["Inayatullah"]),
    "a key of our own in a person": lambda news: news["people"][0].update(role="Penulis"),
    "a place with a point": lambda news: news["places"][0].update(geoJSON={"type": "Point"}),
    "an associated object by name": lambda news: news.update(associations={"foto-1": {}}),
    "an associated object without a uri": lambda news: news["associations"][0].pop("uri"),
    "an associated object without a name": lambda news: news["associations"][0].pop("name"),
    "renditions by name": lambda news: news["associations"][0].update(renditions={"main": {}}),
    "a rendition without a name": lambda news: news["associations"][0]["renditions"][0].pop("name"),
    "a width that is text": lambda news: news["associations"][0]["renditions"][0].update(width="1"),
    "a resource in a rendition": lambda news: news["associations"][0]["renditions"][0].update(
        resources=[]
    ),
    "an empty list": lambda news: news.update(subjects=[]),
    "no standard": lambda news: news.pop("standard"),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILED)
def test_what_is_not_of_the_standard_is_seen(how: str) -> None:
    news = copy.deepcopy(make(make_edition()))
    SPOILED[how](news)
    assert find_faults(news)
