"""From the configuration to the target itself."""

import os
import secrets as randomness
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from publisher.targets.copy_desk import CopyDesk
from publisher.targets.folder import Folder
from publisher.targets.http import Http
from publisher.targets.target import Target
from publisher.targets.webhook import Webhook, read_secret
from publisher.targets.wordpress import WordPress
from redaksi.config.publish import PublishTarget
from redaksi.config.schema import Config
from redaksi.errors import ConfigError, StoreError
from redaksi.fault import name_fault

MEDIA_KEY = "media.key"
_KEY_SIZE = 32  # bytes


def make_target(config: Config, target: PublishTarget, secrets: Mapping[str, str]) -> Target:
    """The target of this table; `secrets`: what its keys `password`, `secret`, `old_secret` name.
    Raises ConfigError for a secret that is none of a webhook's, StoreError where the key of the
    links to photos cannot be read."""
    if target.kind == "folder":
        return Folder(id=target.id, folder=target.folder, base_url=target.base_url)
    http = Http(private=target.private)
    if target.kind == "webhook":
        return _make_webhook(config, target, secrets, http)
    if target.kind == "wordpress":
        password = secrets.get("password", "")
        return WordPress.at(target.id, target.url, target.user, password, http)
    return CopyDesk(id=target.id)


def load_media_key(home: Path) -> bytes:
    """The key of the links to photos (media_links): random bytes in a file of the data folder, made
    where it is first needed. Whoever removes it ends every link that was sent. Two that make it at
    once have the same. Raises StoreError."""
    path = home / MEDIA_KEY
    try:
        if not path.exists():
            _make_key(path)
        return path.read_bytes()
    except OSError as error:
        raise StoreError("data_folder", fault=name_fault(error)) from error


def read_media_key(home: Path) -> bytes:
    """The key as it is; b"" where none was made, for then nothing was signed. Raises StoreError."""
    try:
        return (home / MEDIA_KEY).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise StoreError("data_folder", fault=name_fault(error)) from error


def _make_key(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{randomness.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(randomness.token_bytes(_KEY_SIZE))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _make_webhook(
    config: Config, target: PublishTarget, secrets: Mapping[str, str], http: Http
) -> Webhook:
    read = {name: read_secret(secrets.get(name, "")) for name in ("secret", "old_secret")}
    for name, secret in read.items():
        if secret is None and (name == "secret" or secrets.get(name)):
            raise ConfigError("no_webhook_secret", key=f"publish.target.{target.id}.{name}")
    return Webhook(
        id=target.id,
        url=target.url,
        secrets=tuple(secret for secret in read.values() if secret),
        media_key=load_media_key(config.home),
        base_url=config.web.base_url,
        hosts=config.publish.hosts,
        http=http,
    )
