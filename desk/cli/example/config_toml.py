"""Writes config.example.toml: every key with its default and one line of meaning (`make docs`; a
test compares)."""

import textwrap
from collections.abc import Iterator
from datetime import date, timedelta

import click
import msgspec
from msgspec import Struct

from redaksi.config.bounds import Caps, Retention, Sandboxed
from redaksi.config.fields import describe, kind_of
from redaksi.config.metrics import Metrics
from redaksi.config.publish import Publish, PublishTarget
from redaksi.config.scanner.address import Scan
from redaksi.config.schema import Config, Log, Mailbox, Queue, Reply, Storage, Web
from validators.registry import list_settings

HEAD = """\
# Redaksi: every key, its default and its meaning.
#   redaksi example config > config.toml && chmod 600 config.toml
# Secrets are never written here: "env:NAME" reads the environment, "file:PATH" a file, "cred:NAME" a file of
# systemd's LoadCredential.
# A key that is unknown or wrong is an error, and all errors are told at once.
"""
FILLED = {
    "id": "warta",
    "address": "redaksi@example.org",
    "host": "imap.gmail.com",
    "user": "redaksi@example.org",
    "password": "env:REDAKSI_IMAP_PASSWORD",
    "since": date(2026, 11, 1),
}
FILLED_IN: dict[type[Struct], dict[str, object]] = {Mailbox: FILLED, PublishTarget: {"id": "situs"}}
TABLES: tuple[tuple[str, type[Struct]], ...] = (
    ("reply", Reply),
    ("queue", Queue),
    ("publish", Publish),
    ("publish.target", PublishTarget),
    ("web", Web),
    ("retention", Retention),
    ("storage", Storage),
    ("safety", Caps),
    ("sandbox", Sandboxed),
    ("scan", Scan),
    ("log", Log),
    ("metrics", Metrics),
)


def render_example() -> str:
    """The whole file."""
    lines = [HEAD]
    lines += _keys(Config, [f for f in _names(Config) if f in ("language", "timezone", "data_dir")])
    lines += ["", "[[mailbox]]  # one table a mailbox", *_keys(Mailbox, _names(Mailbox))]
    for name, shape in TABLES:
        lines += ["", _head(name, shape), *_keys(shape, _names(shape))]
    section = ""
    lines += ["", "# The rules. docs/rules.md tells what each looks at."]
    for setting in list_settings():
        if setting.section != section:
            section = setting.section
            lines += ["", f"[rules.{section}]"]
        lines += _line(setting.key, setting.default, setting.meaning)
    return "\n".join(lines) + "\n"


def _head(name: str, shape: type[Struct]) -> str:
    return f"[[{name}]]  # one table a target" if shape is PublishTarget else f"[{name}]"


def _names(shape: type[Struct]) -> list[str]:
    """Its keys, but for those that are tables of their own."""
    names = [field.name for field in msgspec.structs.fields(shape)]
    return [name for name in names if (shape, name) != (Publish, "target")]


def _keys(shape: type[Struct], names: list[str]) -> Iterator[str]:
    for spec in msgspec.structs.fields(shape):
        if spec.name in names:
            value = FILLED_IN.get(shape, {}).get(spec.name, spec.default)
            yield from _line(
                spec.name, value, describe(shape, spec.name), kind_of(shape, spec.name)
            )


def _line(key: str, value: object, meaning: str, kind: str = "") -> list[str]:
    told = f"{key} = {literal(value, kind)}"
    beside = f"{told:<38}  # {meaning}"
    if len(beside) <= 118:
        return [beside]
    return [*textwrap.wrap(meaning, 110, initial_indent="# ", subsequent_indent="# "), told]


def literal(value: object, kind: str = "") -> str:
    """A TOML literal."""
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        span, unit = next(
            (s, u) for s, u in ((86400, "d"), (3600, "h"), (60, "m"), (1, "s")) if seconds % s == 0
        )
        return f'"{seconds // span}{unit}"'
    if kind == "size" and isinstance(value, int):
        size, unit = next(
            (s, u)
            for s, u in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"), (1, "B"))
            if value % s == 0
        )
        return f'"{value // size}{unit}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:_}" if isinstance(value, int) and value >= 100_000 else str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(one) for one in value)}]"
    if isinstance(value, date):
        return value.isoformat()
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    click.echo(render_example(), nl=False)
