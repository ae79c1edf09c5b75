"""In which language the command speaks: help and usage by REDAKSI_LANGUAGE, the rest by config.toml."""

import os
from collections.abc import Mapping

import click

from redaksi import catalog
from redaksi.catalog import Catalog, Language

VARIABLE = "REDAKSI_LANGUAGE"
_SPOKEN = "redaksi.language"  # key of the context's notes


def asked_language(environment: Mapping[str, str]) -> Language:
    """English where REDAKSI_LANGUAGE begins with "en", else Indonesian."""
    return "en" if environment.get(VARIABLE, "").lower().startswith("en") else "id"


HELP: Catalog = catalog.load(asked_language(os.environ))


def speak(language: Language) -> Catalog:
    """From here on the command speaks `language`, its errors too; its words."""
    if context := click.get_current_context(silent=True):
        context.meta[_SPOKEN] = language
    return catalog.load(language)


def spoken() -> Language:
    """What the command speaks now: the configuration's language once it was read, else the
    help's."""
    context = click.get_current_context(silent=True)
    language: Language = context.meta.get(_SPOKEN, HELP.language) if context else HELP.language
    return language
