"""What an open page asks every twenty seconds; the question itself says who is looking."""

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from starlette.responses import Response

from desk.store.editors import pulse
from desk.store.submissions.queue_filter import counts
from desk.web.links import VIEWS
from desk.web.visit import Visit, WebRoute


def tell_pulse(visit: Visit) -> Response:
    """Counts, the inbox, and the submission that is open; 304 where nothing is another."""
    body = msgspec.json.encode(_look(visit))
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if visit.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _look(visit: Visit) -> dict[str, Any]:
    app, number, now = visit.app, visit.query.get("kiriman"), visit.app.clock()
    with app.store.read() as tx:
        newest = pulse.find_newest(tx)
        counted = counts(tx, visit.who.id)
        standing = pulse.find_standing(tx, number, now) if number else None
    late = max(box.poll for box in app.config.mailbox) * 3
    told: dict[str, Any] = {
        "counts": {word: getattr(counted, view) for view, word in VIEWS.items()},
        "polled": _instant(newest.polled),
        "trouble": newest.polled is None or now - newest.polled > late,
    }
    if standing is not None:
        others = visit.desk.presence.look(number, visit.who.id, visit.who.name, now)
        told["kiriman"] = {
            "revisi": standing.revision,
            "versi": standing.version,
            "pemegang": standing.holder,
            "sampai": _instant(standing.until),
            "melihat": list(others),
            "diminta": standing.is_asked,
        }
    return told


def _instant(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


ROUTES = (WebRoute(path="/pulse", answer=tell_pulse),)
