"""`redaksi login`: a mailbox's OAuth2 login, once; tokens are kept in a file only we can read."""

from pathlib import Path

import click

from desk.app import opened
from desk.cli.common import config_option, required
from desk.inbound.accounts import imap_account, oauth_client, oauth_provider, token_file
from ingest.fetch import oauth
from ingest.fetch.mailbox import open_mailbox
from redaksi.config.schema import Config, Mailbox
from redaksi.errors import ConfigError


@click.command()
@click.argument("mailbox")
@config_option
def login(*, mailbox: str, config_path: Path) -> None:
    """Ask for a token and keep it. Raises ConfigError for a mailbox that has none."""
    config = required(config_path)
    box = chosen(config, mailbox)
    with opened(config) as app:
        tokens = oauth.log_in(
            oauth_provider(box), oauth_client(app, box), mailbox=box.id, show=show
        )
        oauth.write(token_file(app, box), tokens)
        with open_mailbox(imap_account(app, box)):
            click.echo(
                f"{box.id}: {box.user} masuk ke {box.host}; token tersimpan di {token_file(app, box)}"
            )


def chosen(config: Config, mailbox: str) -> Mailbox:
    """The mailbox named. Raises ConfigError when there is none or it logs in by password."""
    box = next((one for one in config.mailbox if one.id == mailbox), None)
    if box is None:
        known = ", ".join(one.id for one in config.mailbox)
        raise ConfigError(f"there is no mailbox {mailbox}; config.toml has {known}")
    if box.auth != "oauth2":
        raise ConfigError(f'mailbox {mailbox} logs in by password; set auth = "oauth2" first')
    return box


def show(address: str, code: str) -> None:
    """What the person is to do."""
    click.echo(f"Buka di peramban: {address}")
    if code:
        click.echo(f"Ketik kode:       {code}")
