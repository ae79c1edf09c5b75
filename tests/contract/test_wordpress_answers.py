"""Sites that answer otherwise than a WordPress, or with more or less than was asked for."""

import json

import pytest
from msgspec import structs

from publisher.articles.edition import Edition
from publisher.targets.target import NotNow, Refused
from publisher.targets.wordpress import WordPress
from tests.editions import make_article
from tests.listener import Asked, answer, listening
from tests.wp_hands import edition as edition  # noqa: PLC0414 - a fixture
from tests.wp_hands import take
from tests.wp_target import NEIGHBOUR

CREATED = {"id": 7, "status": "publish", "link": "https://x.example/7", "modified_gmt": "x"}


def says(asked: Asked, **differs: bytes) -> bytes:
    """A site where nothing is yet; `differs` by the last word of the route, "post" for a new post."""
    route = asked.path.partition("rest_route=")[2].partition("&")[0].rpartition("%2F")[2]
    if asked.method == "POST" and route == "posts":
        return differs.get("post", answer(json.dumps(CREATED).encode(), "201 Created"))
    if route in differs:
        return differs[route]
    if route == "categories":
        return answer(b'[{"id":3,"name":"Warta"}]')
    return answer(b'{"id":5,"name":"x"}' if route == "tags" else b"[]")


WARNING = b"<br />\n<b>Warning</b>:  Undefined array key [x] in a.php\n"


HTML = b"<html>Situs sedang diperbarui [sebentar] {x}</html>"


@pytest.mark.parametrize(
    ("differs", "code"),
    [
        ({}, "delivered"),
        ({"post": answer(WARNING + json.dumps(CREATED).encode(), "201 Created")}, "delivered"),
        ({"categories": answer(b'\xef\xbb\xbf[{"id":3,"name":"Warta"}]<!-- cached -->')}, "delivered"),
        ({"post": answer(json.dumps({**CREATED, "status": "pending"}).encode())}, "not_allowed"),
        ({"post": answer(json.dumps({**CREATED, "status": "future"}).encode())}, "not_allowed"),
        ({"post": answer(HTML)}, "server_error"),
        ({"post": answer(b"", "504 Gateway Timeout")}, "server_error"),
        ({"post": answer(b"", "301 Moved", "Location: https://www.x.example/")}, "rejected"),
        ({"post": answer(b'{"code":"rest_cannot_publish"}', "403 Forbidden")}, "not_allowed"),
        ({"posts": answer(HTML)}, "rejected"),
        ({"posts": answer(b'{"a":1}')}, "rejected"),
        ({"posts": answer(b"[" * 100_000)}, "rejected"),
        ({"categories": answer(b"no", "404 Not Found")}, "rejected"),
        ({"categories": answer(b"", "503 Later", "Retry-After: 90")}, "throttled"),
        ({"categories": answer(b"[]")}, "no_category"),
        ({"categories": b"HTTP/1.1 200 OK\r\n\r\n[{"}, "unreachable"),
        ({"categories": b"HTTP/1.1 200 OK\r\n\r\n"}, "unreachable"),
        ({"categories": b"HTTP/1.1 400 No\r\n\r\n{"}, "unreachable"),
        ({"tags": answer(b'{"code":"term_exists","data":{"term_id":"9"}}', "400 No")}, "delivered"),
        ({"tags": answer(b'{"code":"term_exists","data":[]}', "400 No")}, "rejected"),
    ],
)  # fmt: skip
def test_a_site_may_answer_otherwise(
    edition: Edition, differs: dict[str, bytes], code: str
) -> None:
    plain = structs.replace(edition, photos=())
    with listening(lambda asked: says(asked, **differs)) as site:
        target = WordPress.at("situs", site.url(""), "u", "p", NEIGHBOUR)
        outcome = target.publish(make_article(plain), None)
    assert (outcome.code if isinstance(outcome, NotNow | Refused) else "delivered") == code


def test_a_tag_that_may_not_be_made_is_left_out(edition: Edition) -> None:
    """It is no reason to keep an article from its readers."""

    def refuse(asked: Asked) -> bytes:
        if asked.method == "POST" and "tags" in asked.path:
            return answer(b'{"code":"rest_cannot_create"}', "403 Forbidden")
        found = answer(b'[{"id":8,"name":"kalbar"},{"id":9,"name":"Kalbar Raya"}]')
        return says(asked, tags=found)

    with listening(refuse) as site:
        target = WordPress.at("situs", site.url(""), "u", "p", NEIGHBOUR)
        plain = structs.replace(edition, photos=(), tags=("Kalbar", "Sungai"))
        take(target.publish(make_article(plain), None))
    sent = json.loads(next(each.body for each in site.asked if b'"status"' in each.body))
    assert sent["tags"] == [8]


def test_no_date_is_sent_for_we_own_the_clock(edition: Edition) -> None:
    with listening(says) as site:
        target = WordPress.at("situs", site.url("/blog/"), "u", "p", NEIGHBOUR)
        target.publish(make_article(structs.replace(edition, photos=())), None)
    sent = json.loads(next(each.body for each in site.asked if b'"status"' in each.body))
    assert set(sent) == {
        "title", "content", "slug", "excerpt", "categories", "tags", "featured_media", "status",
    }  # fmt: skip
    assert all(each.path.startswith("/blog/?rest_route=") for each in site.asked)
