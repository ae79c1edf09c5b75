"""Reads config.toml. Every mistake is reported at once, each with its key, what stands there, what
is wanted, and what the key means."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from redaksi.catalog import Language, Sentence
from redaksi.config.fields import Mistake
from redaksi.config.installed import find_unfit
from redaksi.config.mistakes import find_mistakes
from redaksi.config.read_tables import TableReader
from redaksi.config.schema import Config
from redaksi.config.toml_text import find_language, read_toml
from redaksi.errors import ConfigError
from redaksi.fault import name_fault

RulesCheck = Callable[[Mapping[str, Mapping[str, object]]], None]
Look = Callable[[Config], Iterable[Mistake]]


def load(path: Path, check_rules: RulesCheck) -> Config:
    """Read a file as `check` needs it: nothing but the file itself is looked at. Raises
    ConfigError with every mistake in it, a line each."""
    return parse(_read(path), check_rules, str(path))


def load_installed(path: Path, check_rules: RulesCheck, *, secrets: bool) -> Config:
    """Read a file for a verb that works on mailboxes here: modes, folders, the database's secret
    too, and with `secrets` all of them. Raises ConfigError with every mistake, a line each."""
    environment = os.environ
    return parse(
        _read(path),
        check_rules,
        str(path),
        lambda config: find_unfit(config, path, environment, secrets=secrets),
    )


def language_of(path: Path) -> Language | None:
    """The language a file asks for, whatever else is wrong with it; None when that cannot be
    read."""
    try:
        return find_language(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None


def parse(
    text: str, check_rules: RulesCheck, name: str = "config.toml", look: Look | None = None
) -> Config:
    """Read TOML text; `look` finds what else is wrong with it. Raises ConfigError with every
    mistake in it, a line each."""
    tables = read_toml(text, name)
    rules = tables.pop("rules", {})
    reader = TableReader(Config)
    config: Config = reader.read(tables)
    mistakes, named = reader.mistakes, {mistake.where for mistake in reader.mistakes}
    more = [*find_mistakes(config), *(look(config) if look else ())]
    mistakes += [mistake for mistake in more if not _follows(mistake.where, named)]
    sentences = [mistake.sentence for mistake in mistakes]
    sentences += _rule_mistakes(rules, check_rules)
    if sentences:
        raise ConfigError.of([_in_file(name, sentence) for sentence in sentences])
    return msgspec.structs.replace(config, rules=rules)


def _read(path: Path) -> str:
    """The text, without the mark that some editors begin it with."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError("no_file", path=path) from error
    except OSError as error:
        raise ConfigError("not_found", path=path, fault=name_fault(error)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError("not_utf8", path=path, n=line) from error
    except ValueError as error:  # a NUL in the path
        raise ConfigError("no_file", path=path) from error


def _follows(where: str, named: set[str]) -> bool:
    """Whether a mistake stands at a key that is named already, or follows from one that is: a
    login is not lacking where its kind could not be read."""
    table = where.rpartition(".")[0]
    return where in named or (where.endswith(".password") and f"{table}.auth" in named)


def _rule_mistakes(rules: object, check_rules: RulesCheck) -> list[Sentence]:
    if not isinstance(rules, dict) or not all(isinstance(v, dict) for v in rules.values()):
        return [Sentence(section="error", key="rules_shape")]
    try:
        check_rules(rules)
    except ConfigError as error:
        return list(error.sentences)
    return []


def _in_file(name: str, mistake: Sentence) -> Sentence:
    return Sentence(section="error", key="in_file", facts={"name": name, "mistake": mistake})
