"""A receiver of our webhooks as others would write it: it checks each signature by the reference
library, keeps the ids it has seen, takes an event once, and can be told to fail."""

import base64
import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import standardwebhooks

from publisher.targets.http import Http
from publisher.targets.webhook import Webhook
from tests.listener import Asked, Listener, Says, answer, listening

SECRET = "whsec_" + base64.b64encode(b"a secret of 32 bytes, for tests.").decode()
MEDIA_KEY = b"the key of the links to photos.."
Said = bytes | list[bytes | float]


class Receiver:
    """`events` by webhook-id, `tries` of each; `fails` answers instead of us, in turn: before the
    event is taken, or after it where it is wrapped in `after`."""

    def __init__(self, secret: str = SECRET) -> None:
        self.secret = secret
        self.events: dict[str, dict[str, Any]] = {}
        self.tries: list[str] = []
        self.forged: list[str] = []
        self.fails: list[tuple[bool, Said]] = []  # whether the event was taken, and the answer
        self.answers: Callable[[dict[str, Any]], bytes] = answer_with_url

    def __call__(self, asked: Asked) -> Said:
        try:
            event = standardwebhooks.Webhook(self.secret).verify(asked.body, asked.headers)
        except standardwebhooks.WebhookVerificationError as error:
            self.forged.append(str(error))
            return answer(b"forged", "401 Unauthorized")
        key = asked.headers["webhook-id"]
        self.tries.append(key)
        is_taken, failure = self.fails.pop(0) if self.fails else (True, None)
        if is_taken:
            self.events.setdefault(key, event)
        return self.answers(event) if failure is None else failure

    def list_standing(self) -> list[dict[str, Any]]:
        """The news objects that stand, as the events have it."""
        standing = {event["data"]["uri"]: event["data"] for event in self.events.values()}
        return [news for news in standing.values() if news["pubStatus"] == "usable"]


def answer_with_url(event: dict[str, Any]) -> bytes:
    """As a receiver that puts the article on a page at once."""
    if event["type"] == "warta.withdrawn":
        return answer(b"")
    slug = next(each["value"] for each in event["data"]["altIds"] if each["role"] == "slug")
    return answer(json.dumps({"url": f"https://warta.example/{slug}", "id": 7}).encode())


def make_webhook(listener: Listener, secrets: tuple[bytes, ...] | None = None) -> Webhook:
    """The target that speaks to a listener."""
    return Webhook(
        id="pemda",
        url=listener.url("/hook?token=x"),
        secrets=secrets or (base64.b64decode(SECRET.removeprefix("whsec_")),),
        media_key=MEDIA_KEY,
        base_url="https://redaksi.example",
        http=Http(private=True),
    )


@contextlib.contextmanager
def receiving(receiver: Says) -> Iterator[tuple[Webhook, Listener]]:
    """A target, and the listener it speaks to."""
    with listening(receiver) as listener:
        yield make_webhook(listener), listener


def read_end(exp: str) -> timedelta:
    """How long from now a link is good."""
    return datetime.fromtimestamp(int(exp), UTC) - datetime.now(UTC)
