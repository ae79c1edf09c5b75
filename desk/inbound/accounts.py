"""How a mailbox of ours is entered: its account, its OAuth2 tokens, this installation as the
provider knows it."""

from pathlib import Path

from desk.app import App
from ingest.fetch import oauth
from ingest.fetch.listing import Account
from redaksi.config.schema import Mailbox
from redaksi.config.secrets import read_secret


def imap_account(app: App, box: Mailbox) -> Account:
    """How to enter a mailbox; with OAuth2 its access token is renewed when need be.

    Raises ConfigError when its secret is missing, LoginRefused when the login has died,
    Unreachable.
    """
    by_token = box.auth == "oauth2"
    password = (
        access_token(app, box)
        if by_token
        else read_secret(f"mailbox.{box.id}.password", box.password, app.environment)
    )
    return Account(
        id=box.id,
        host=box.host,
        port=box.port,
        security=box.security,
        user=box.user,
        password=password,
        auth="xoauth2" if by_token else "password",
        tls_ca=box.tls_ca,
        connect_timeout=box.connect_timeout.total_seconds(),
        read_timeout=box.read_timeout.total_seconds(),
    )


def access_token(app: App, box: Mailbox) -> str:
    """The mailbox's access token, renewed when need be. Raises LoginRefused, Unreachable."""
    return oauth.access_token(
        token_file(app, box),
        oauth_provider(box),
        oauth_client(app, box),
        mailbox=box.id,
        now=app.clock().timestamp(),
    )


def token_file(app: App, box: Mailbox) -> Path:
    """Where the tokens of a mailbox lie."""
    return Path(box.token_file) if box.token_file else app.config.home / f"{box.id}.token"


def oauth_client(app: App, box: Mailbox) -> oauth.Client:
    """This installation as the mailbox's provider knows it. Raises ConfigError when the secret is
    missing."""
    key = f"mailbox.{box.id}.client_secret"
    secret = read_secret(key, box.client_secret, app.environment)
    return oauth.Client(client_id=box.client_id, client_secret=secret)


def oauth_provider(box: Mailbox) -> oauth.Provider:
    """Whose login a mailbox uses."""
    return oauth.GOOGLE if box.provider == "google" else oauth.microsoft(box.tenant)
