"""Mistakes that no key shows alone: zones, hours, ports, addresses, a login without its secret."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from redaksi.catalog import Sentence
from redaksi.config.bounds import LEAST_KEPT, MOST_KEPT, Caps, Retention, Sandboxed
from redaksi.config.fields import Mistake, explain_key, make_mistake
from redaksi.config.metrics_mistakes import find_metrics_mistakes
from redaksi.config.scanner.address import find_scan_mistakes
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.config.target_mistakes import find_target_mistakes
from redaksi.config.web_mistakes import find_web_mistakes
from redaksi.config.zones import is_zone, suggest_zone
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text.workdays import is_working

LONGEST_EXAMINATION = timedelta(minutes=2)
SHORTEST_REPLY = 1024**2  # bytes: less would hold no usual mail's answer
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_HOURS = re.compile(rf"{_HOUR.pattern}\s*-\s*{_HOUR.pattern}")
_HERE = ("127.0.0.1", "::1", "localhost")


def find_mistakes(config: Config) -> Iterator[Mistake]:
    """Each with its key. What merely contradicts (`auto` without `authserv_id`) is no mistake:
    `status` and `doctor` tell of it."""
    if not is_zone(config.timezone):
        facts = {"zone": config.timezone, "near": suggest_zone(config.timezone)}
        yield make_mistake("timezone", "no_zone", **facts, meaning=explain_key(Config, "timezone"))
    ids = [box.id for box in config.mailbox if box.id]
    for twice in sorted({name for name in ids if ids.count(name) > 1}):
        yield make_mistake("mailbox.id", "same_ids", id=twice, meaning=explain_key(Mailbox, "id"))
    for box in config.mailbox:
        yield from _login_mistakes(box)
    yield from _time_mistakes(config)
    yield from _number_mistakes(config)
    yield from _address_mistakes(config)
    yield from _clear_text(config)
    yield from find_target_mistakes(config)
    yield from find_web_mistakes(config)
    yield from find_metrics_mistakes(config)
    yield from _retention_mistakes(config.retention)
    yield from find_scan_mistakes(config.scan)


def _login_mistakes(box: Mailbox) -> Iterator[Mistake]:
    """A way to log in without what it needs."""
    needs = "client_id" if box.auth == "oauth2" else "password"
    if not getattr(box, needs):
        where = f"mailbox.{box.id}.{needs}"
        yield make_mistake(where, "missing", where=where, meaning=explain_key(Mailbox, needs))


def _time_mistakes(config: Config) -> Iterator[Mistake]:
    """Hours that are none, a country whose holidays nobody knows, a limit nobody waits for."""
    quiet, queue = config.reply.quiet, config.queue
    if quiet and not _HOURS.fullmatch(quiet):
        yield make_mistake(
            "reply.quiet", "no_hours", value=quiet, meaning=explain_key(Reply, "quiet")
        )
    if not _HOUR.fullmatch(queue.digest_at):
        facts = {"value": queue.digest_at, "meaning": explain_key(Queue, "digest_at")}
        yield make_mistake("queue.digest_at", "no_hour", **facts)
    try:
        is_working(date(2026, 1, 1), queue.holidays)
    except NotImplementedError:
        facts = {"country": queue.holidays, "meaning": explain_key(Queue, "holidays")}
        yield make_mistake("queue.holidays", "no_country", **facts)
    if config.sandbox.wall_clock > LONGEST_EXAMINATION:
        seconds = int(config.sandbox.wall_clock.total_seconds())
        value = f"{seconds}s" if seconds % 60 else f"{seconds // 60}m"
        facts = {"value": value, "meaning": explain_key(Sandboxed, "wall_clock")}
        yield make_mistake("sandbox.wall_clock", "too_long", **facts)


def _number_mistakes(config: Config) -> Iterator[Mistake]:
    """Counts below what makes sense: a limit of 0 letters, a port that is none, no time at all."""
    least = {"per_sender_per_day": 1, "per_hour": 1, "per_day": 1, "max_auto_returns": 0}
    counts: list[tuple[str, int, int, Sentence | str]] = [
        (f"reply.{key}", getattr(config.reply, key), bound, explain_key(Reply, key))
        for key, bound in least.items()
    ]
    counts.append(("queue.sla_days", config.queue.sla_days, 0, explain_key(Queue, "sla_days")))
    sandbox = config.sandbox
    for key, bound in {"attempts": 1, "pool": 0, "reply": SHORTEST_REPLY}.items():
        meaning = explain_key(Sandboxed, key)
        counts.append((f"sandbox.{key}", getattr(sandbox, key), bound, meaning))
    for key in ("sender_mails", "sender_kept", "mail_pixels"):
        value, meaning = getattr(config.safety, key), explain_key(Caps, key)
        counts.append((f"safety.{key}", value, 1, meaning))
    for where, value, bound, meaning in counts:
        if value < bound:
            facts = {"value": value, "bound": bound, "meaning": meaning}
            yield make_mistake(where, "below", where=where, **facts)
    ports = [("reply.port", config.reply.port)]
    ports += [(f"mailbox.{box.id}.port", box.port) for box in config.mailbox]
    for where, port in ports:
        if not 0 < port < 65536:
            yield make_mistake(where, "no_port", where=where, port=port)
    for where, span in _spans(config):
        if not span:
            yield make_mistake(where, "no_time", where=where)


def _retention_mistakes(kept: Retention) -> Iterator[Mistake]:
    """Days that nobody can name in a letter."""
    for key, span in kept.periods().items():
        if span % timedelta(days=1) or not LEAST_KEPT <= span <= MOST_KEPT:
            facts = {"most": MOST_KEPT.days, "meaning": explain_key(Retention, key)}
            yield make_mistake(f"retention.{key}", "no_days", where=f"retention.{key}", **facts)


def _spans(config: Config) -> Iterator[tuple[str, timedelta]]:
    """Spans that may not be nothing."""
    yield "sandbox.wall_clock", config.sandbox.wall_clock
    yield "sandbox.processor", config.sandbox.processor
    yield "safety.sender_processor", config.safety.sender_processor
    yield "reply.timeout", config.reply.timeout
    for box in config.mailbox:
        for key in ("poll", "connect_timeout", "read_timeout"):
            yield f"mailbox.{box.id}.{key}", getattr(box, key)


def _address_mistakes(config: Config) -> Iterator[Mistake]:
    """What letters are sent from and to that is not plainly one address."""
    written = [("reply.address", config.reply.address, explain_key(Reply, "address"))]
    written += [
        (f"mailbox.{box.id}.address", box.address, explain_key(Mailbox, "address"))
        for box in config.mailbox
    ]
    written += [
        ("queue.digest_to", to, explain_key(Queue, "digest_to")) for to in config.queue.digest_to
    ]
    for where, address, meaning in written:
        if address and not _is_address(address):
            yield make_mistake(where, "no_address", where=where, address=address, meaning=meaning)


def _is_address(value: str) -> bool:
    found = mailboxes(value)
    return len(found) == 1 and found[0] is not None and found[0].address == value.strip()


def _clear_text(config: Config) -> Iterator[Mistake]:
    """A password that would cross a net where everybody reads it."""
    doors = [(f"mailbox.{box.id}.security", box.security, box.host) for box in config.mailbox]
    doors.append(("reply.security", config.reply.security, config.reply.host))
    for where, security, host in doors:
        if security == "none" and host and host not in _HERE:
            yield make_mistake(where, "clear_text", where=where, host=host)
