"""`redaksi correct`: another edition of what is published, and why."""

from pathlib import Path

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, require_configuration, words_of
from desk.cli.editors.who import find_editor
from desk.cli.publishing.given import read_body, read_captions
from desk.cli.speech import HELP
from desk.workflow.deciding.check import check_initials
from desk.workflow.publishing import correct as correcting
from publisher.articles.edition import Amendments
from redaksi.errors import RedaksiError


@click.command()
@click.argument("number", metavar=HELP.say("help.metavar", "number"))
@click.option("--headline", default="", help=HELP.say("help.correct", "headline"))
@click.option(
    "--body", "body_path", type=click.Path(path_type=Path), help=HELP.say("help.correct", "body")
)
@click.option("--caption", "captioned", multiple=True, help=HELP.say("help.correct", "caption"))
@click.option("--reason", default="", help=HELP.say("help.correct", "reason"))
@click.option("--tell", is_flag=True, help=HELP.say("help.correct", "tell"))
@click.option("--editor", default="", help=HELP.say("help", "editor"))
@click.option("--initials", default="", help=HELP.say("help.correct", "initials"))
@config_option
def correct(  # noqa: PLR0913 - an option each
    *,
    number: str,
    headline: str,
    body_path: Path | None,
    captioned: tuple[str, ...],
    reason: str,
    tell: bool,
    editor: str,
    initials: str,
    config_path: Path,
) -> None:
    """File the correction; it is delivered at the next pass. Raises RedaksiError."""
    config, number = require_configuration(config_path), number.upper()
    body = read_body(body_path)
    if not (headline or body or captioned):
        raise RedaksiError("nothing_to_correct")
    check_initials(initials)
    with open_app(config, roles=HAND) as app:
        who = find_editor(app, editor, initials)
        edition = correcting.correct(
            app,
            number,
            Amendments(headline=headline or None, body=body or None),
            captions=dict(read_captions(captioned)),
            reason=reason,
            editor=who.name,
            account=who.account,
            initials=who.initials,
            tell=tell,
        )
    key = "corrected_told" if tell else "corrected"
    click.echo(words_of(config).say("cli.publish", key, number=number, n=edition.number))
