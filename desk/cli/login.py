"""`redaksi login`: a mailbox's OAuth2 login, once; tokens are kept in a file only we can read."""

from pathlib import Path

import click

from desk.app import open_app
from desk.cli.common import HAND, config_option, require_configuration, words_of
from desk.cli.speech import HELP, spoken
from desk.inbound.accounts import imap_account, oauth_client, oauth_provider, token_file
from ingest.fetch import oauth
from ingest.fetch.mailbox import open_mailbox
from redaksi import catalog
from redaksi.config.schema import Config, Mailbox
from redaksi.errors import ConfigError


@click.command()
@click.argument("mailbox", metavar=HELP.say("help.metavar", "mailbox"))
@config_option
def login(*, mailbox: str, config_path: Path) -> None:
    """Ask for a token and keep it. Raises ConfigError for a mailbox that has none."""
    config = require_configuration(config_path, secrets=True)
    box = chosen(config, mailbox)
    with open_app(config, roles=HAND) as app:
        tokens = oauth.log_in(
            oauth_provider(box),
            oauth_client(app, box),
            mailbox=box.id,
            show=show,
            language=config.language,
        )
        oauth.write(token_file(app, box), tokens)
        with open_mailbox(imap_account(app, box)):
            file = token_file(app, box)
            done = {"box": box.id, "user": box.user, "host": box.host, "file": file}
            click.echo(words_of(app.config).say("cli.login", "done", **done))


def chosen(config: Config, mailbox: str) -> Mailbox:
    """The mailbox named. Raises ConfigError when there is none or it logs in by password."""
    box = next((one for one in config.mailbox if one.id == mailbox), None)
    if box is None:
        known = ", ".join(one.id for one in config.mailbox)
        raise ConfigError("unknown_mailbox", box=mailbox, known=known)
    if box.auth != "oauth2":
        raise ConfigError("logs_in_by_password", box=mailbox)
    return box


def show(address: str, code: str) -> None:
    """What the person is to do."""
    words = catalog.load(spoken())
    click.echo(words.say("cli.login", "open", address=address))
    if code:
        click.echo(words.say("cli.login", "code", code=code))
