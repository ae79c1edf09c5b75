"""Reads config.toml. Every mistake is reported at once, each with the line that says what the
key means."""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.errors import ConfigError
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text.workdays import is_working

_UNITS = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_HOURS = re.compile(rf"{_HOUR.pattern}\s*-\s*{_HOUR.pattern}")
_SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
RulesCheck = Callable[[Mapping[str, Mapping[str, object]]], None]


def load(path: Path, check_rules: RulesCheck) -> Config:
    """Read a file. Raises ConfigError with every mistake in it, a line each."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; start from config.example.toml") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}") from error
    return parse(text, check_rules, str(path))


def parse(text: str, check_rules: RulesCheck, name: str = "config.toml") -> Config:
    """Read TOML text. Raises ConfigError with every mistake in it, a line each."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    mistakes: list[str] = []
    rules = tables.get("rules", {})
    config: Config | None = _struct(
        Config, {k: v for k, v in tables.items() if k != "rules"}, "", mistakes
    )
    if not isinstance(rules, dict) or not all(isinstance(v, dict) for v in rules.values()):
        mistakes.append("rules: sections are written [rules.<section>]; docs/rules.md lists them")
    else:
        try:
            check_rules(rules)
        except ConfigError as error:
            mistakes.extend(str(error).splitlines())
    if config is not None:
        mistakes.extend(_across(config))
    if mistakes or config is None:
        raise ConfigError("\n".join(f"{name}: {mistake}" for mistake in mistakes))
    return msgspec.structs.replace(config, rules=rules)


def _across(config: Config) -> list[str]:
    """Mistakes that no key shows alone."""
    wrong = []
    try:
        ZoneInfo(config.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        wrong.append(f'timezone: no such zone "{config.timezone}" – {describe(Config, "timezone")}')
    ids = [box.id for box in config.mailbox]
    if len(set(ids)) != len(ids):
        wrong.append(f"mailbox.id: two mailboxes share an id – {describe(Mailbox, 'id')}")
    wrong += [mistake for box in config.mailbox for mistake in _login_mistakes(box)]
    wrong += _time_mistakes(config)
    wrong += _number_mistakes(config)
    wrong += _address_mistakes(config)
    local = ("127.0.0.1", "::1", "localhost")
    doors = [(f"mailbox {b.id}", b.security, b.host) for b in config.mailbox]
    doors.append(("reply", config.reply.security, config.reply.host or "127.0.0.1"))
    wrong.extend(
        f'{door}.security: "none" would send the password in the clear to {host}'
        for door, security, host in doors
        if security == "none" and host not in local
    )
    return wrong


def _time_mistakes(config: Config) -> list[str]:
    """Hours that are none, and a country whose holidays nobody knows."""
    wrong = []
    if config.reply.quiet and not _HOURS.fullmatch(config.reply.quiet):
        wrong.append(
            f'reply.quiet: "{config.reply.quiet}" are no hours – {describe(Reply, "quiet")}'
        )
    if not _HOUR.fullmatch(config.queue.digest_at):
        wrong.append(f'queue.digest_at: write "07:30" – {describe(Queue, "digest_at")}')
    try:
        is_working(date(2026, 1, 1), config.queue.holidays)
    except NotImplementedError:
        wrong.append(
            f'queue.holidays: no country "{config.queue.holidays}" – {describe(Queue, "holidays")}'
        )
    return wrong


def _number_mistakes(config: Config) -> list[str]:
    """Counts below what makes sense: a limit of 0 letters, a port that is none."""
    least = {"per_sender_per_day": 1, "per_hour": 1, "per_day": 1, "max_auto_returns": 0}
    wrong = [
        f"reply.{key}: {getattr(config.reply, key)} is below {bound} – {describe(Reply, key)}"
        for key, bound in least.items()
        if getattr(config.reply, key) < bound
    ]
    if config.queue.sla_days < 0:
        wrong.append(
            f"queue.sla_days: {config.queue.sla_days} is below 0 – {describe(Queue, 'sla_days')}"
        )
    ports = [
        ("reply.port", config.reply.port),
        *((f"mailbox {box.id}.port", box.port) for box in config.mailbox),
    ]
    return wrong + [f"{where}: {port} is no port" for where, port in ports if not 0 < port < 65536]


def _address_mistakes(config: Config) -> list[str]:
    """What letters are sent from and to that is not plainly one address."""
    told = [("reply.address", config.reply.address, describe(Reply, "address"))]
    told += [
        (f"mailbox {box.id}.address", box.address, describe(Mailbox, "address"))
        for box in config.mailbox
    ]
    told += [
        ("queue.digest_to", one, describe(Queue, "digest_to")) for one in config.queue.digest_to
    ]
    return [
        f'{where}: "{address}" is no address – {meaning}'
        for where, address, meaning in told
        if address and not _is_address(address)
    ]


def _is_address(told: str) -> bool:
    found = mailboxes(told)
    return len(found) == 1 and found[0] is not None and found[0].address == told.strip()


def _login_mistakes(box: Mailbox) -> list[str]:
    """A way to log in without what it needs."""
    if box.auth == "oauth2" and not box.client_id:
        return [f"mailbox {box.id}.client_id: missing – {describe(Mailbox, 'client_id')}"]
    if box.auth == "password" and not box.password:
        return [f"mailbox {box.id}.password: missing – {describe(Mailbox, 'password')}"]
    return []


def describe(struct: type[Struct], key: str) -> str:
    """The one line of meaning of a key."""
    return next((m.description or "" for m in _metas(struct, key) if m.description), "")


def kind_of(struct: type[Struct], key: str) -> str:
    """How a key is written: "secret", "duration", "size" or ""."""
    return next(
        (m.extra["kind"] for m in _metas(struct, key) if m.extra and m.extra.get("kind")), ""
    )


def _metas(struct: type[Struct], key: str) -> list[Meta]:
    hint = get_type_hints(struct, include_extras=True)[key]
    return [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Meta)]


def _struct(shape: type[Struct], table: object, where: str, mistakes: list[str]) -> Any:
    """One table, field by field; mistakes are collected, None stands for a table that cannot be
    made."""
    if not isinstance(table, dict):
        mistakes.append(f"{where or 'the file'}: expected a table")
        return None
    fields = {f.encode_name: f for f in msgspec.structs.fields(shape)}
    before = len(mistakes)
    for key in table.keys() - fields.keys():
        near = difflib.get_close_matches(key, fields, 1)
        hint = (
            f'; did you mean "{near[0]}" – {describe(shape, near[0])}'
            if near
            else f"; known: {', '.join(sorted(fields))}"
        )
        mistakes.append(f"{where}{key}: unknown key{hint}")
    made: dict[str, object] = {}
    for key, spec in fields.items():
        if key in table:
            made[key] = _value(shape, key, table[key], f"{where}{key}", mistakes)
        elif spec.required:
            mistakes.append(f"{where}{key}: missing – {describe(shape, key) or f'write [[{key}]]'}")
    return shape(**made) if len(mistakes) == before else None


def _value(shape: type[Struct], key: str, told: object, where: str, mistakes: list[str]) -> object:
    hint = get_type_hints(shape)[key]
    nested = _nested(hint)
    if nested is not None and get_origin(hint) is tuple:
        rows = told if isinstance(told, list) else [told]
        return tuple(_struct(nested, row, f"{where}[{i}].", mistakes) for i, row in enumerate(rows))
    if nested is not None:
        return _struct(nested, told, f"{where}.", mistakes)
    try:
        return _scalar(hint, told, kind_of(shape, key))
    except (msgspec.ValidationError, ValueError) as error:
        mistakes.append(f"{where}: {error} – {describe(shape, key)}")
        return None


def _nested(hint: Any) -> type[Struct] | None:
    kinds = [hint, *get_args(hint)]
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Struct)), None)


def _scalar(hint: Any, told: object, written: str) -> object:
    if written == "secret" and not (isinstance(told, str) and re.match(r"(env|file):.|$", told)):
        raise ValueError('a secret is never written here; use "env:NAME" or "file:PATH"')
    if written == "duration":
        return parse_duration(told)
    if written == "size":
        return parse_size(told)
    return msgspec.convert(told, hint)


def parse_duration(told: object) -> timedelta:
    """ "90s", "2m", "1h", "3d" as a time span. Raises ValueError."""
    found = re.fullmatch(r"(\d+)\s*([smhd])", told) if isinstance(told, str) else None
    if not found:
        raise ValueError(f'{told!r} is no duration; write "30s", "2m", "1h" or "3d"')
    return timedelta(seconds=int(found[1]) * _SPANS[found[2]])


def parse_size(told: object) -> int:
    """ "40MB" or a number of bytes. Raises ValueError."""
    if isinstance(told, int) and not isinstance(told, bool) and told >= 0:
        return told
    found = re.fullmatch(r"(\d+)\s*([KMG]?B)", told) if isinstance(told, str) else None
    if not found:
        raise ValueError(f'{told!r} is no size; write "500KB", "40MB" or "2GB"')
    return int(found[1]) * _UNITS[found[2]]
