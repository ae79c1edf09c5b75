"""What a configuration needs on this machine: secrets that can be read, files that nobody else
writes, folders where they may stand. Read by the verbs that work on mailboxes, not by `check`."""

import grp
import os
import pwd
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from redaksi.config.fields import Mistake, make_mistake
from redaksi.config.publish import PublishTarget
from redaksi.config.schema import Config, address_of
from redaksi.config.secrets import CREDENTIALS, find_secret_file, is_secret, read_secret
from redaksi.errors import ConfigError

_GROUP = "queue.group"
_MOUNTED = "/run/secrets"  # a container's secrets are 0444 there, and the container's alone


def find_unfit(
    config: Config, path: Path, environment: Mapping[str, str], *, secrets: bool
) -> Iterator[Mistake]:
    """What does not fit this machine. `secrets`: whether the verb needs them all."""
    yield from _mailboxes(config)
    yield from _modes(config, path, environment)
    if secrets:
        yield from _secrets(config, environment)
        yield from find_group_mistakes(config)
    else:  # whatever a verb does, it opens the database
        yield from _secret("storage.database", config.storage.database, environment)
    yield from _folders(config)


def list_secrets(config: Config) -> Iterator[tuple[str, str]]:
    """Each key that names a secret somebody needs, and what it says."""
    for box in config.mailbox:
        if box.auth == "password":
            yield f"mailbox.{box.id}.password", box.password
        else:
            yield f"mailbox.{box.id}.client_secret", box.client_secret
    if config.reply.mode != "off" and config.reply.host and config.reply.user:
        yield "reply.password", config.reply.password
    for target in config.publish.targets:
        yield from _target_secrets(target)
    yield "storage.database", config.storage.database


def _target_secrets(target: PublishTarget) -> Iterator[tuple[str, str]]:
    where = f"publish.target.{target.id}"
    if target.kind == "wordpress":
        yield f"{where}.password", target.password
    if target.kind == "webhook":
        yield f"{where}.secret", target.secret
        yield f"{where}.old_secret", target.old_secret


def _mailboxes(config: Config) -> Iterator[Mistake]:
    if not config.mailbox:
        yield make_mistake("mailbox", "no_mailbox")
    for box in config.mailbox:
        if box.user and not address_of(box):
            where = f"mailbox.{box.id}.address"
            yield make_mistake(where, "no_own_address", where=where, value=box.user)


def _secrets(config: Config, environment: Mapping[str, str]) -> Iterator[Mistake]:
    for key, value in list_secrets(config):
        yield from _secret(key, value, environment)


def _secret(key: str, value: str, environment: Mapping[str, str]) -> Iterator[Mistake]:
    if not is_secret(value):
        return
    try:
        read_secret(key, value, environment)
    except ConfigError as error:
        yield Mistake(key, error.sentence)


def _modes(config: Config, path: Path, environment: Mapping[str, str]) -> Iterator[Mistake]:
    """Who else may write what we obey, or read what only we may know."""
    yield from _mode("", path, is_private=_holds_password(config))
    for key, value in list_secrets(config):
        if value.startswith(("file:", "cred:")):
            try:
                file = find_secret_file(key, value, environment)
            except ConfigError:
                continue
            yield from _mode(key, file, is_private=not _is_handed_in(file, environment))


def _mode(key: str, file: Path, *, is_private: bool) -> Iterator[Mistake]:
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return  # reading it tells why
    if not stat.S_ISREG(mode):
        return
    facts = {"where": key, "path": file, "mode": f"{stat.S_IMODE(mode):04o}"}
    if mode & stat.S_IWOTH:
        yield make_mistake(key, "writable" if key else "own_writable", **facts)
    elif is_private and mode & stat.S_IROTH:
        yield make_mistake(key, "readable" if key else "own_readable", **facts)


def _holds_password(config: Config) -> bool:
    """Whether the database's address, with its password, stands in the configuration itself."""
    value = config.storage.database
    return not is_secret(value) and ":" in value.partition("://")[2].rpartition("@")[0]


def _is_handed_in(file: Path, environment: Mapping[str, str]) -> bool:
    """Whether a secret lies where whoever started us put it for us alone."""
    real = file.resolve()
    handed = [_MOUNTED, environment.get(CREDENTIALS, "")]
    return any(real.is_relative_to(Path(folder).resolve()) for folder in handed if folder)


def _folders(config: Config) -> Iterator[Mistake]:
    """The pages are served; nothing else of data_dir may be."""
    if not config.queue.folder:
        return
    home, pages = config.home.resolve(), config.queue_folder.resolve()
    allowed = pages == home / "queue"
    if not allowed and (pages.is_relative_to(home) or home.is_relative_to(pages)):
        facts = {"value": config.queue.folder, "home": config.data_dir}
        yield make_mistake("queue.folder", "folder_inside", **facts)


def find_group(name: str) -> int | None:
    """The number of a group; None for one that is not there."""
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        return None


def find_group_mistakes(config: Config) -> Iterator[Mistake]:
    """A group that is not there, that we are not in, or that could not reach its folder."""
    name = config.queue.group
    if not name:
        return
    group = find_group(name)
    if group is None:
        yield make_mistake(_GROUP, "no_group", group=name)
    elif os.geteuid() != 0 and group not in (os.getegid(), *os.getgroups()):
        yield make_mistake(_GROUP, "not_in_group", group=name, user=_name_user())
    if not config.queue.folder:
        yield make_mistake(_GROUP, "group_inside", home=config.data_dir)


def _name_user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
