"""Templates are tried before the first letter: a broken one is an error with file and line at
start, not at sending."""

import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct

from publisher.letters import samples
from publisher.letters.compose import compose
from publisher.letters.grammar import CONTEXT, blocks, referred, slips
from publisher.letters.letter_context import KINDS
from publisher.letters.load import load_templates
from publisher.letters.stationery import LANGUAGES, PAGE, Templates
from redaksi import paths
from redaksi.catalog import Sentence
from redaksi.errors import ConfigError

PAGE_CONTEXT = frozenset({"blocks", "subject", "language", "sign"})


class OwnTemplate(Struct, frozen=True, kw_only=True):
    """A template of the redaksi's: `folder` is its language, "" for the page."""

    file: Path
    folder: str
    environment: SandboxedEnvironment
    source: str


def load(overrides: Path | None = None) -> Templates:
    """Our templates with those of the folder `overrides` laid over them; with an override all are
    proofread.

    Raises redaksi.errors.ConfigError with a line for every template that is unknown, broken, or
    fails on a sample.
    """
    loaded = load_templates(overrides)
    if overrides is None:
        return loaded  # ours are proofread by the tests; half a second less at every start
    if not overrides.is_dir():
        raise ConfigError("no_templates", path=overrides)
    own = _own(overrides, loaded)
    if mistakes := [*_strangers(overrides, own), *_slips(own), *proofread(loaded)]:
        raise ConfigError.of([one for i, one in enumerate(mistakes) if one not in mistakes[:i]])
    return loaded


def proofread(loaded: Templates) -> list[Sentence]:
    """A line for every template that does not compile, or, if all do, for every sample that
    cannot be written."""
    mistakes = _uncompiled(loaded.page, [PAGE])
    for environment in loaded.bodies.values():
        mistakes += _uncompiled(environment, environment.list_templates(extensions=["j2"]))
    return mistakes or _unwritable(loaded)


def _strangers(overrides: Path, own: list[OwnTemplate]) -> list[Sentence]:
    """Files of an override folder that no letter would ever use."""
    ours = paths.templates() / "letters"
    known = {file.relative_to(ours).as_posix() for file in ours.rglob("*.j2")}
    used = {
        (Path(one.folder) / name).as_posix()
        for one in own
        for name in referred(one.environment, one.source)
    }
    found = sorted(
        file for file in overrides.rglob("*") if file.is_file() and not file.name.startswith(".")
    )
    return [
        _mistake("unused", file=file, known=", ".join(sorted(known)))
        for file in found
        if file.relative_to(overrides).as_posix() not in known | used
    ]


def _slips(own: list[OwnTemplate]) -> list[Sentence]:
    """Names, attributes and blocks in the redaksi's own templates that no letter has, in
    whatever branch they stand."""
    mistakes = []
    for one in own:
        context = CONTEXT if one.folder else PAGE_CONTEXT
        with suppress(TemplateError):  # `proofread` tells it
            found = list(slips(one.environment, one.source, context))
            mistakes += [_at(one.file, line, mistake) for line, mistake in found]
            mistakes += _unknown_blocks(one.environment, one.source, one.file)
    return mistakes


def _unknown_blocks(environment: SandboxedEnvironment, source: str, file: Path) -> list[Sentence]:
    """Blocks of a template that extends one of ours, and which ours does not have: they would
    never be seen."""
    parents = [name for name in referred(environment, source) if name.startswith("ours/")]
    if not parents or environment.loader is None or "extends" not in source:
        return []
    ours = {
        block
        for name in parents
        for block in blocks(environment, environment.loader.get_source(environment, name)[0])
    }
    return [
        _at(file, line, _mistake("unknown_block", name=repr(name), known=", ".join(sorted(ours))))
        for name, line in blocks(environment, source).items()
        if name not in ours
    ]


def _own(overrides: Path, loaded: Templates) -> list[OwnTemplate]:
    """The redaksi's own templates that parse; what does not is told by `proofread`."""
    bodies: Mapping[str, SandboxedEnvironment] = {
        str(key): value for key, value in loaded.bodies.items()
    }
    own = []
    for file in sorted(overrides.rglob("*.j2")):
        folder = file.parent.relative_to(overrides).as_posix()
        environment = loaded.page if folder == "." else bodies.get(folder)
        with suppress(TemplateError, UnicodeDecodeError):
            source = file.read_text(encoding="utf-8")
            if environment is not None:
                environment.parse(source)
                told = "" if folder == "." else folder
                own.append(
                    OwnTemplate(file=file, folder=told, environment=environment, source=source)
                )
    return own


def _uncompiled(environment: SandboxedEnvironment, names: list[str]) -> list[Sentence]:
    mistakes = []
    for name in names:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            mistakes.append(_at(error.filename or error.name, error.lineno, error.message))
        except (TemplateError, UnicodeDecodeError) as error:
            mistakes.append(_mistake("fails", where=f"{name}: {error}"))
    return mistakes


def _unwritable(loaded: Templates) -> list[Sentence]:
    mistakes = []
    for kind in KINDS:
        for language in LANGUAGES:
            stationery = samples.stationery(loaded, language)
            for context in samples.letter_contexts(kind, language):
                try:
                    letter = compose(kind, context, stationery)
                    if not letter.text.strip() or not letter.subject.strip():
                        mistakes.append(_mistake("empty", file=f"{language}/{kind}.j2"))
                except Exception as error:  # noqa: BLE001  an expression in a redaksi's own template can raise anything
                    at = where(error, f"{language}/{kind}.j2")
                    mistakes.append(_mistake("fails", where=at))
    return mistakes


def _mistake(key: str, **facts: object) -> Sentence:
    return Sentence(section="template", key=key, facts=facts)


def _at(file: object, line: int, mistake: object) -> Sentence:
    return _mistake("at", file=file, line=line, mistake=mistake)


def where(error: Exception, template: str) -> str:
    """Where in a template an error was raised: the innermost frame of its traceback that is a
    template."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    where = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else template
    return f"{where}: {error}"
