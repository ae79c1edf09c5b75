"""The demo's configuration as a file, so that every verb can be tried on its data while it runs."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from redaksi.config.schema import Config


@contextmanager
def leave_config(path: Path, config: Config, password: str) -> Iterator[None]:
    """What config.toml would say, and beside it the password it names; both gone at the end."""
    secret = path.with_name("password")
    _write(secret, password)
    _write(path, render(config, secret.absolute()))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        secret.unlink(missing_ok=True)


def render(config: Config, secret: Path) -> str:
    """The keys that the demo sets, as TOML."""
    lines = _write_keys(config, ("language", "timezone", "data_dir"))
    for box in config.mailbox:
        named = msgspec.structs.replace(box, password=f"file:{secret}")
        keys = (
            "id",
            "address",
            "host",
            "port",
            "user",
            "password",
            "security",
            "authserv_id",
            "mark",
        )
        lines += [
            "",
            "[[mailbox]]",
            f"since = {box.since}",
            'poll = "1s"',
            *_write_keys(named, keys),
        ]
    lines += [
        "",
        "[reply]",
        *_write_keys(config.reply, ("mode", "host", "port", "security", "per_sender_per_day")),
    ]
    lines += ["", "[queue]", *_write_keys(config.queue, ("folder",)), 'settle = "0s"']
    lines += ["", "[sandbox]", *_write_keys(config.sandbox, ("require",))]
    for target in config.publish.target:
        named_keys = ("id", "kind", "private", "folder", "base_url")
        lines += ["", "[[publish.target]]", *_write_keys(target, named_keys)]
    return "\n".join(lines) + "\n"


def _write_keys(table: Struct, keys: tuple[str, ...]) -> list[str]:
    return [f"{key} = {json.dumps(getattr(table, key))}" for key in keys]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
