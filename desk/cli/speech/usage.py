"""Click's own sentences, and what stands for options and values, in the language of the help."""

from types import ModuleType

import click

from desk.cli.speech import HELP
from redaksi import catalog
from redaksi.catalog import Catalog


def translate_click(words: Catalog, *modules: ModuleType) -> None:
    """Click's own sentences in the help's language, put where its modules look for gettext's."""
    table = dict(zip(_click(catalog.load("en")), _click(words), strict=True))

    def translate(sentence: str) -> str:
        return table.get(sentence, sentence)

    def translate_counted(one: str, many: str, count: int) -> str:
        return translate(one if count == 1 else many)

    for module in modules:
        for name, function in (("_", translate), ("ngettext", translate_counted)):
            if hasattr(module, name):
                setattr(module, name, function)


def _click(words: Catalog) -> list[str]:
    """The raw sentences, with click's own placeholders."""
    return [str(sentence) for sentence in words.sections["click"].values()]


def word_usage(command: click.Command) -> click.Command:
    """What stands for options and values in the usage of a command and those below it."""
    command.options_metavar = HELP.say("help", "options")
    if isinstance(command, click.Group):
        command.subcommand_metavar = HELP.say("help", "subcommand")
        for below in command.commands.values():
            word_usage(below)
    names = {"text": "text", "integer": "integer", "path": "path", "file": "file"}
    for parameter in command.params:
        key = names.get(parameter.type.name)
        takes_value = not getattr(parameter, "is_flag", False)
        if isinstance(parameter, click.Option) and key and takes_value and not parameter.metavar:
            parameter.metavar = HELP.say("help", key)
    return command
