"""What `redaksi init` has to know: asked at a terminal, or read from a file."""

import stat
import sys
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import click
import msgspec
from msgspec import Struct

from redaksi.catalog import Catalog, Language, Sentence
from redaksi.config.key import mean
from redaksi.config.read_tables import TableReader
from redaksi.config.secrets import is_secret, read_secret
from redaksi.errors import ConfigError
from redaksi.fault import name_fault
from redaksi.sender_policy.header_fields import mailboxes


class Answers(Struct, frozen=True, kw_only=True):
    """Three that are asked; what stands here otherwise is found out, unless it is said."""

    address: Annotated[str, mean("address contributors write to")]
    since: Annotated[date, mean("first day")]
    password: Annotated[str, mean("app password, or where it is")] = ""
    client_id: Annotated[str, mean("OAuth2: instead of a password")] = ""
    client_secret: str = ""
    user: str = ""
    host: str = ""
    port: int = 0
    security: Literal["tls", "starttls", "none", ""] = ""
    tls_ca: str = ""
    smtp_host: str = ""
    smtp_port: int = 0
    smtp_security: Literal["tls", "starttls", "none", ""] = ""
    smtp_login: bool = True
    sent: str = ""
    authserv_id: str = ""
    timezone: str = ""
    data_dir: str = ""
    language: Literal["id", "en", ""] = ""

    def __repr__(self) -> str:
        return f"Answers(address={self.address!r})"


def read_answers(path: Path, environment: Mapping[str, str]) -> Answers:
    """Those of a file. Raises ConfigError with every mistake, and for a password in it that others
    could read."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError("answers_unread", path=path, fault=name_fault(error)) from error
    except ValueError as error:
        raise ConfigError("answers_no_toml", path=path, fault=str(error)) from error
    reader = TableReader(Answers)
    answers: Answers = reader.read(table)
    sentences = [mistake.sentence for mistake in reader.mistakes]
    if not sentences and not is_address(answers.address):
        sentences.append(_name_no_address(answers.address))
    if sentences:
        raise ConfigError.of(
            [Sentence("error", "in_file", {"name": path, "mistake": each}) for each in sentences]
        )
    return _with_secrets(answers, path, environment)


def _with_secrets(answers: Answers, path: Path, environment: Mapping[str, str]) -> Answers:
    """What a secret's place names is read; one that is written here belongs to its owner."""
    found: dict[str, str] = {}
    for key in ("password", "client_secret"):
        value = getattr(answers, key)
        if is_secret(value):
            found[key] = read_secret(key, value, environment)
        elif value and path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            mode = f"{stat.S_IMODE(path.stat().st_mode):04o}"
            raise ConfigError("readable", where=key, path=path, mode=mode)
    return msgspec.structs.replace(answers, **found)


def is_address(value: str) -> bool:
    """Whether it is plainly one address."""
    found = mailboxes(value)
    return len(found) == 1 and found[0] is not None and found[0].address == value.strip()


def _name_no_address(value: str) -> Sentence:
    return Sentence("error", "no_address", {"where": "address", "address": value, "meaning": ""})


def ask_answers(words: Catalog, today: date, language: Language) -> Answers:
    """The three questions, at a terminal."""

    def read_address(value: str) -> str:
        if not is_address(value):
            raise click.BadParameter(words.render(_name_no_address(value)))
        return value.strip()

    def read_day(value: str) -> date:
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise click.BadParameter(words.say("cli.init", "no_day")) from None

    address = click.prompt(words.say("cli.init", "address"), value_proc=read_address)
    password, client_id, client_secret = ask_login(words)
    since = click.prompt(
        words.say("cli.init", "since"), default=today.isoformat(), value_proc=read_day
    )
    return Answers(
        address=address,
        password=password,
        client_id=client_id,
        client_secret=client_secret,
        since=since,
        language=language,
    )


def ask_login(words: Catalog) -> tuple[str, str, str]:
    """The app password; or, where it is left empty, this program's id and secret at the
    provider."""
    question = words.say("cli.init", "password")
    password = click.prompt(question, hide_input=True, default="", show_default=False)
    if password:
        return password.strip(), "", ""
    client_id = click.prompt(words.say("cli.init", "client_id"))
    secret = words.say("cli.init", "client_secret")
    return "", client_id.strip(), click.prompt(secret, hide_input=True, default="").strip()


def has_person() -> bool:
    """Whether somebody can be asked again."""
    return sys.stdin is not None and sys.stdin.isatty()
