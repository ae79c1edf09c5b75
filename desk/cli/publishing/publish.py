"""`redaksi publish`: what publishing would do, and what failed or waits begun anew."""

from pathlib import Path

import click

from desk.app import App, open_app
from desk.cli.common import HAND, config_option, fold, require_configuration, words_of
from desk.cli.editors.who import find_editor
from desk.cli.speech import HELP
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.workflow.publishing import correct
from desk.workflow.publishing.look_ahead import Ahead, look_ahead, write_out
from publisher.targets.target import word_step
from redaksi.catalog import Catalog


@click.command()
@click.argument("number", metavar=HELP.say("help.metavar", "number"))
@click.option("--target", default="", help=HELP.say("help.publish", "target"))
@click.option("--dry-run", is_flag=True, help=HELP.say("help.publish", "dry_run"))
@click.option("--retry", is_flag=True, help=HELP.say("help.publish", "retry"))
@click.option("--now", is_flag=True, help=HELP.say("help.publish", "now"))
@click.option("--overwrite", is_flag=True, help=HELP.say("help.publish", "overwrite"))
@click.option("--leave", is_flag=True, help=HELP.say("help.publish", "leave"))
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), help=HELP.say("help.publish", "out")
)
@click.option("--editor", default="", help=HELP.say("help", "editor"))
@config_option
def publish(  # noqa: PLR0913 - an option each
    *,
    number: str,
    target: str,
    dry_run: bool,
    retry: bool,
    now: bool,
    overwrite: bool,
    leave: bool,
    folder: Path | None,
    editor: str,
    config_path: Path,
) -> None:
    """One of the things that can be done about a submission's publication. Raises RedaksiError."""
    chosen = [dry_run, retry, now, overwrite, leave, folder is not None]
    if sum(chosen) != 1:
        raise click.UsageError(HELP.say("cli.publish", "choose"))
    number = number.upper()
    config = require_configuration(config_path, secrets=dry_run)
    with open_app(config, roles=HAND) as app:
        who = find_editor(app, editor)
        if dry_run:
            _tell_ahead(app, number, target)
        elif folder is not None:
            _write_out(app, number, folder)
        elif leave:
            left = correct.leave_as_is(app, number, target, editor=who.name, account=who.account)
            _tell(app, "left", number, left)
        else:
            begun = correct.try_again(
                app,
                number,
                target=target,
                overwrite=overwrite,
                early=now,
                editor=who.name,
                account=who.account,
            )
            _tell(app, "begun", number, [row.target for row in begun])


def _tell(app: App, key: str, number: str, targets: list[str]) -> None:
    words = words_of(app.config)
    click.echo(words.say("cli.publish", key, number=number, targets=targets))


def _tell_ahead(app: App, number: str, target: str) -> None:
    words = words_of(app.config)
    with Sandbox(sandbox_limits_of(app.config.sandbox)) as sandbox:
        edition, found = look_ahead(app, sandbox, number, target)
    click.echo(fold(f"{number}  {edition.headline}"))
    for ahead in found:
        for line in word_ahead(ahead, words):
            click.echo(line)
    click.echo(words.say("cli.publish", "untouched"))


def word_ahead(ahead: Ahead, words: Catalog) -> list[str]:
    """The steps at a target, in words; 80 columns."""
    steps = [words.render(word_step(step)) for step in ahead.steps]
    shown = " · ".join(steps) or words.say("cli.publish", "nothing")
    return fold(shown, f"{ahead.target}  ").splitlines()


def _write_out(app: App, number: str, folder: Path) -> None:
    with Sandbox(sandbox_limits_of(app.config.sandbox)) as sandbox:
        place = write_out(app, sandbox, number, folder)
    click.echo(words_of(app.config).say("cli.publish", "written", number=number, place=place))
