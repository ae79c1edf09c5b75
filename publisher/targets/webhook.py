"""A receiver of signed JSON: Standard Webhooks 1.0 (https://www.standardwebhooks.com).

`webhook-id` is the action's key at every try, so a receiver that keeps the ids it has seen takes an
action once. It cannot be asked what stands there.
"""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from msgspec import Struct

from publisher.articles import html, markdown
from publisher.articles.ninjs import Json, Rendition, make_canceled, make_ninjs, write_moment
from publisher.targets.http import Answer, Http, Response, find_failure, read_url
from publisher.targets.media_links import GOOD_FOR, name_edition, sign_media
from publisher.targets.target import (
    Action,
    Article,
    Asks,
    Delivered,
    Known,
    Outcome,
    Refused,
    Step,
    has_its_photos,
)

TYPES: dict[Action, str] = {
    "publish": "warta.published",
    "correct": "warta.corrected",
    "take_down": "warta.withdrawn",
}
PREFIX = "whsec_"
MOST_SECRETS = 2  # the new one and the one before it
_MOST_URL = 500
_MOST_ID = 200


class Webhook(Struct, frozen=True, kw_only=True):
    """`secrets`: at most two, the newest first; `media_key` and `base_url`: of the links to photos;
    `hosts`: where articles may stand by the receiver's word, empty: anywhere."""

    id: str
    url: str
    secrets: tuple[bytes, ...]
    media_key: bytes
    base_url: str
    hosts: tuple[str, ...] = ()
    http: Http = Http()
    clock: Callable[[], float] = time.time  # seconds since 1970
    has_page: bool = True

    def publish(self, article: Article, known: Known | None) -> Outcome:
        """Send `warta.published`."""
        return self._deliver(article, "publish", known)

    def correct(self, article: Article, known: Known) -> Outcome:
        """Send `warta.corrected`."""
        return self._deliver(article, "correct", known)

    def take_down(self, article: Article, known: Known) -> Outcome:
        """Send `warta.withdrawn`."""
        answer = self._send(article, "take_down", make_canceled(article.edition, article.now))
        if not isinstance(answer, Response):
            return answer
        return find_failure(answer) or Delivered(known=known, is_public=not known.url)

    def find(self, article: Article) -> Known:
        """It cannot be asked: it may stand. What is sent again has the same id."""
        return Known()

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:
        """What would be sent where; of the address no query, for it may hold a password."""
        parts = urlsplit(self.url)
        photos = 0 if action == "take_down" else len(article.photos)
        where = f"{parts.scheme}://{parts.netloc}{parts.path}"
        return (
            Step(code="webhook_post", facts={"type": TYPES[action], "url": where, "n": photos}),
        )

    def _deliver(self, article: Article, action: Action, known: Known | None) -> Outcome:
        if not has_its_photos(article):
            return Refused(code="photo_failed")
        answer = self._send(article, action, self._make_news(article))
        if not isinstance(answer, Response):
            return answer
        failure = find_failure(answer)
        if failure is not None:
            return failure
        told = _read_known(answer, self.hosts)
        url = told.url or (known.url if known else "")
        if not url:
            return Asks()
        version = str(article.edition.number)
        return Delivered(known=Known(external_id=told.external_id, version=version, url=url))

    def _make_news(self, article: Article) -> Json:
        edition = article.edition
        end = datetime.fromtimestamp(self.clock(), UTC) + GOOD_FOR
        name = name_edition(edition)
        renditions = [
            Rendition(
                href=sign_media(self.media_key, self.base_url, name, number, end),
                width=photo.width,
                height=photo.height,
                size=photo.size,
            )
            for number, photo in enumerate(article.photos, 1)
        ]
        return make_ninjs(
            edition,
            html=html.print_blocks(edition.body),
            markdown=markdown.print_blocks(edition.body),
            renditions=renditions,
        )

    def _send(self, article: Article, action: Action, news: Json) -> Answer:
        event = {"type": TYPES[action], "timestamp": write_moment(article.now), "data": news}
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "replace"
        )
        moment = str(int(self.clock()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": article.key,
            "webhook-timestamp": moment,
            "webhook-signature": sign(self.secrets, article.key, moment, body),
        }
        return self.http.request("POST", self.url, headers, body)


def sign(secrets: tuple[bytes, ...], key: str, moment: str, body: bytes) -> str:
    """A signature by each secret, parted by spaces."""
    message = b".".join((key.encode(), moment.encode(), body))
    digests = (hmac.new(secret, message, hashlib.sha256).digest() for secret in secrets)
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)


def read_secret(written: str) -> bytes | None:
    """The bytes of "whsec_" and base64, with or without its padding; None: it is none."""
    text = written.strip()
    if not text.startswith(PREFIX):
        return None
    try:
        secret = base64.b64decode(_pad(text.removeprefix(PREFIX)), validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret or None


def _pad(text: str) -> str:
    bare = text.rstrip("=")
    return bare + "=" * (-len(bare) % 4)


def _read_known(answer: Response, hosts: tuple[str, ...]) -> Known:
    """What the receiver says of the article: `url`, where it may stand, and its own `id`."""
    try:
        told = json.loads(answer.body) if answer.is_whole else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return Known()
    url, own = told.get("url"), told.get("id")
    return Known(
        url=url if isinstance(url, str) and _may_stand_at(url, hosts) else "",
        external_id=str(own)[:_MOST_ID] if isinstance(own, str | int) else "",
    )


def _may_stand_at(url: str, hosts: tuple[str, ...]) -> bool:
    place = read_url(url) if len(url) <= _MOST_URL else None
    return place is not None and (not hosts or place.name.lower() in {h.lower() for h in hosts})
