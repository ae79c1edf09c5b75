"""Templates are tried before the first letter: a broken one is an error with file and line at start, not at sending."""

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from publisher.letters import samples
from publisher.letters.compose import compose
from publisher.letters.occasion import KINDS
from publisher.letters.stationery import LANGUAGES, PAGE, Templates, templates
from redaksi import paths
from redaksi.errors import ConfigError


def load(overrides: Path | None = None) -> Templates:
    """Our templates with those of the folder `overrides` laid over them; with an override all are proofread.

    Raises redaksi.errors.ConfigError with a line for every template that is unknown, broken, or fails on a sample.
    """
    loaded = templates(overrides)
    if overrides is None:
        return loaded  # ours are proofread by the tests; half a second less at every start
    if mistakes := [*_strangers(overrides), *proofread(loaded)]:
        raise ConfigError("\n".join(dict.fromkeys(mistakes)))
    return loaded


def proofread(loaded: Templates) -> list[str]:
    """A line for every template that does not compile, or, if all do, for every sample that cannot be written."""
    mistakes = _uncompiled(loaded.page, [PAGE])
    for environment in loaded.bodies.values():
        mistakes += _uncompiled(environment, environment.list_templates(extensions=["j2"]))
    return mistakes or _unwritable(loaded)


def _strangers(overrides: Path) -> list[str]:
    """Files of an override folder that no letter would ever use."""
    if not overrides.is_dir():
        return [f"{overrides}: no such folder of letter templates"]
    ours = paths.templates() / "letters"
    known = sorted(file.relative_to(ours).as_posix() for file in ours.rglob("*.j2"))
    found = sorted(file for file in overrides.rglob("*.j2") if not file.name.startswith("_"))
    return [
        f"{file}: no letter uses this template; there are {', '.join(known)}"
        for file in found
        if file.relative_to(overrides).as_posix() not in known
    ]


def _uncompiled(environment: SandboxedEnvironment, names: list[str]) -> list[str]:
    mistakes = []
    for name in names:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            mistakes.append(f"{error.filename or error.name}, line {error.lineno}: {error.message}")
        except (TemplateError, UnicodeDecodeError) as error:
            mistakes.append(f"{name}: {error}")
    return mistakes


def _unwritable(loaded: Templates) -> list[str]:
    mistakes = []
    for kind in KINDS:
        for language in LANGUAGES:
            stationery = samples.stationery(loaded, language)
            for occasion in samples.occasions(kind, language):
                try:
                    compose(kind, occasion, stationery)
                except Exception as error:  # noqa: BLE001  an expression in a redaksi's own template can raise anything
                    mistakes.append(_told(error, f"{language}/{kind}.j2"))
    return mistakes


def _told(error: Exception, template: str) -> str:
    """Where in a template an error was raised: the innermost frame of its traceback that is a template."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    where = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else template
    return f"{where}: {error}"
