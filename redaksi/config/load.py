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

from redaksi.catalog import Language, Sentence
from redaksi.config.schema import Config, Mailbox, Queue, Reply
from redaksi.errors import ConfigError, find_mismatch
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text.workdays import is_working

_UNITS = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_HOURS = re.compile(rf"{_HOUR.pattern}\s*-\s*{_HOUR.pattern}")
_SPANS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_NOT_SO = {  # by how a key is written: the mistake
    "secret": "secret_written",
    "duration": "no_duration",
    "size": "no_size",
}
RulesCheck = Callable[[Mapping[str, Mapping[str, object]]], None]


def load(path: Path, check_rules: RulesCheck) -> Config:
    """Read a file. Raises ConfigError with every mistake in it, a line each."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError("no_file", path=path) from error
    except OSError as error:
        raise ConfigError("not_found", path=path, fault=error.strerror) from error
    except UnicodeDecodeError as error:
        raise ConfigError("not_utf8", path=path, n=error.start) from error
    return parse(text, check_rules, str(path))


def language_of(path: Path) -> Language | None:
    """The language a file asks for, whatever else is wrong with it; None when that cannot be
    read."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8")).get("language", "id")
    except (OSError, ValueError):
        return None
    return told if told in get_args(Language) else None


def parse(text: str, check_rules: RulesCheck, name: str = "config.toml") -> Config:
    """Read TOML text. Raises ConfigError with every mistake in it, a line each."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("not_toml", name=name, fault=error) from error
    mistakes: list[Sentence] = []
    rules = tables.get("rules", {})
    config: Config | None = _struct(
        Config, {k: v for k, v in tables.items() if k != "rules"}, "", mistakes
    )
    if not isinstance(rules, dict) or not all(isinstance(v, dict) for v in rules.values()):
        mistakes.append(_wrong("rules_shape"))
    else:
        try:
            check_rules(rules)
        except ConfigError as error:
            mistakes.extend(error.sentences)
    if config is not None:
        mistakes.extend(_across(config))
    if mistakes or config is None:
        raise ConfigError.of([_wrong("in_file", name=name, mistake=one) for one in mistakes])
    return msgspec.structs.replace(config, rules=rules)


def _wrong(code: str, **facts: object) -> Sentence:
    return Sentence(section="error", key=code, facts=facts)


def _explain(shape: type[Struct], key: str) -> Sentence | str:
    """What a key means, behind a dash; English stands in the schema, the rest in the catalog."""
    meaning = describe(shape, key)
    if not meaning:
        return ""
    section = f"meaning.{shape.__name__.lower()}"
    words = Sentence(section=section, key=key, facts={"otherwise": meaning})
    return _wrong("meaning", meaning=words)


def _across(config: Config) -> list[Sentence]:
    """Mistakes that no key shows alone."""
    wrong = []
    try:
        ZoneInfo(config.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        meaning = _explain(Config, "timezone")
        wrong.append(_wrong("no_zone", zone=config.timezone, meaning=meaning))
    ids = [box.id for box in config.mailbox]
    if len(set(ids)) != len(ids):
        wrong.append(_wrong("same_ids", meaning=_explain(Mailbox, "id")))
    wrong += [mistake for box in config.mailbox for mistake in _login_mistakes(box)]
    wrong += _time_mistakes(config)
    wrong += _number_mistakes(config)
    wrong += _address_mistakes(config)
    local = ("127.0.0.1", "::1", "localhost")
    doors = [(f"mailbox {b.id}", b.security, b.host) for b in config.mailbox]
    doors.append(("reply", config.reply.security, config.reply.host or "127.0.0.1"))
    wrong.extend(
        _wrong("clear_text", door=door, host=host)
        for door, security, host in doors
        if security == "none" and host not in local
    )
    return wrong


def _time_mistakes(config: Config) -> list[Sentence]:
    """Hours that are none, and a country whose holidays nobody knows."""
    wrong = []
    quiet, country = config.reply.quiet, config.queue.holidays
    if quiet and not _HOURS.fullmatch(quiet):
        wrong.append(_wrong("no_hours", told=quiet, meaning=_explain(Reply, "quiet")))
    if not _HOUR.fullmatch(config.queue.digest_at):
        wrong.append(_wrong("no_hour", meaning=_explain(Queue, "digest_at")))
    try:
        is_working(date(2026, 1, 1), country)
    except NotImplementedError:
        meaning = _explain(Queue, "holidays")
        wrong.append(_wrong("no_country", country=country, meaning=meaning))
    return wrong


def _number_mistakes(config: Config) -> list[Sentence]:
    """Counts below what makes sense: a limit of 0 letters, a port that is none."""
    least = {"per_sender_per_day": 1, "per_hour": 1, "per_day": 1, "max_auto_returns": 0}
    counts: list[tuple[str, int, int, Sentence | str]] = [
        (f"reply.{key}", getattr(config.reply, key), bound, _explain(Reply, key))
        for key, bound in least.items()
    ]
    counts.append(("queue.sla_days", config.queue.sla_days, 0, _explain(Queue, "sla_days")))
    ports = [
        ("reply.port", config.reply.port),
        *((f"mailbox {box.id}.port", box.port) for box in config.mailbox),
    ]
    return [
        *(
            _wrong("below", where=where, value=value, bound=bound, meaning=meaning)
            for where, value, bound, meaning in counts
            if value < bound
        ),
        *(
            _wrong("no_port", where=where, port=port)
            for where, port in ports
            if not 0 < port < 65536
        ),
    ]


def _address_mistakes(config: Config) -> list[Sentence]:
    """What letters are sent from and to that is not plainly one address."""
    written = [("reply.address", config.reply.address, _explain(Reply, "address"))]
    written += [
        (f"mailbox {box.id}.address", box.address, _explain(Mailbox, "address"))
        for box in config.mailbox
    ]
    written += [
        ("queue.digest_to", to, _explain(Queue, "digest_to")) for to in config.queue.digest_to
    ]
    return [
        _wrong("no_address", where=where, address=address, meaning=meaning)
        for where, address, meaning in written
        if address and not _is_address(address)
    ]


def _is_address(told: str) -> bool:
    found = mailboxes(told)
    return len(found) == 1 and found[0] is not None and found[0].address == told.strip()


def _login_mistakes(box: Mailbox) -> list[Sentence]:
    """A way to log in without what it needs."""
    needs = "client_id" if box.auth == "oauth2" else "password"
    if getattr(box, needs):
        return []
    where = f"mailbox {box.id}.{needs}"
    return [_wrong("missing", where=where, meaning=_explain(Mailbox, needs))]


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


def _struct(shape: type[Struct], table: object, where: str, mistakes: list[Sentence]) -> Any:
    """One table, field by field; mistakes are collected, None stands for a table that cannot be
    made."""
    if not isinstance(table, dict):
        mistakes.append(_wrong("no_table", where=where) if where else _wrong("no_table_file"))
        return None
    fields = {f.encode_name: f for f in msgspec.structs.fields(shape)}
    before = len(mistakes)
    strange = table.keys() - fields.keys()
    mistakes += [_unknown(shape, key, where, sorted(fields)) for key in strange]
    made: dict[str, object] = {}
    for key, spec in fields.items():
        if key in table:
            made[key] = _value(shape, key, table[key], f"{where}{key}", mistakes)
        elif spec.required:
            mistakes.append(_missing(shape, key, where))
    return shape(**made) if len(mistakes) == before else None


def _unknown(shape: type[Struct], key: str, where: str, fields: list[str]) -> Sentence:
    near = difflib.get_close_matches(key, fields, 1)
    if not near:
        return _wrong("unknown_key", where=f"{where}{key}", known=", ".join(fields))
    meaning = _explain(shape, near[0])
    return _wrong("unknown_key_near", where=f"{where}{key}", near=near[0], meaning=meaning)


def _missing(shape: type[Struct], key: str, where: str) -> Sentence:
    if meaning := _explain(shape, key):
        return _wrong("missing", where=f"{where}{key}", meaning=meaning)
    return _wrong("missing_table", where=f"{where}{key}", key=key)


def _value(
    shape: type[Struct], key: str, told: object, where: str, mistakes: list[Sentence]
) -> object:
    hint = get_type_hints(shape)[key]
    nested = _nested(hint)
    if nested is not None and get_origin(hint) is tuple:
        rows = told if isinstance(told, list) else [told]
        return tuple(_struct(nested, row, f"{where}[{i}].", mistakes) for i, row in enumerate(rows))
    if nested is not None:
        return _struct(nested, told, f"{where}.", mistakes)
    try:
        return _scalar(hint, told, kind_of(shape, key))
    except ValueError:  # msgspec's ValidationError is one
        meaning = _explain(shape, key)
        if code := _NOT_SO.get(kind_of(shape, key)):
            mistakes.append(_wrong(code, where=where, told=repr(told), meaning=meaning))
        else:
            mistakes.append(find_mismatch(where, told, hint, meaning))
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
