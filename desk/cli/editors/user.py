"""`redaksi user`: who may sign in at the desk."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast, get_args

import click
import msgspec

from desk.app import App, open_app, open_reading
from desk.cli.common import HAND, config_option, require_configuration, words_of
from desk.cli.speech import HELP
from desk.store import Transaction
from desk.store.editors import accounts, sessions
from desk.store.editors.accounts import Account, NewAccount
from desk.store.tables.account import Role
from desk.workflow.deciding.check import check_initials
from redaksi.errors import ConfigError, RedaksiError
from redaksi.sender_policy.header_fields import mailboxes

try:
    from desk.web import passwords
except ImportError:
    passwords = None  # type: ignore[assignment] # without the extra [web] nobody signs in

_LOGIN = HELP.say("help.metavar", "login")
_ROLES = click.Choice(get_args(Role))


@click.group()
def user() -> None:
    """The group of verbs about accounts."""


@user.command(help=HELP.say("help.user", "add"))
@click.argument("login", metavar=_LOGIN)
@click.option("--name", required=True, help=HELP.say("help.user", "name"))
@click.option("--role", type=_ROLES, default="editor", help=HELP.say("help.user", "role"))
@click.option("--initials", default="", help=HELP.say("help.decide", "initials"))
@click.option("--password-stdin", is_flag=True, help=HELP.say("help.user", "stdin"))
@config_option
def add(
    *,
    login: str,
    name: str,
    role: str,
    initials: str,
    password_stdin: bool,
    config_path: Path,
) -> None:
    """Add an account; without a password of its own it gets one that is shown once."""
    login = login.strip().lower()
    if [box.address if box else "" for box in mailboxes(login)] != [login]:
        raise RedaksiError("no_login", login=login)
    check_initials(initials)
    password = _read_password(login, name, from_stdin=password_stdin)
    with open_app(require_configuration(config_path), roles=HAND) as app:
        wanted = NewAccount(
            login=login,
            name=name.strip(),
            role=cast("Role", role),
            initials=initials,
            password_hash=_hash(password),
            must_change=not password_stdin,
        )
        with app.store.begin() as tx:
            if accounts.by_login(tx, login) is not None:
                raise RedaksiError("login_taken", login=login)
            accounts.add(tx, wanted, app.clock())
        _tell_password(app, "added", login, password, is_shown=not password_stdin)


@user.command(help=HELP.say("help.user", "passwd"))
@click.argument("login", metavar=_LOGIN)
@click.option("--password-stdin", is_flag=True, help=HELP.say("help.user", "stdin"))
@config_option
def passwd(*, login: str, password_stdin: bool, config_path: Path) -> None:
    """Another password; every browser is signed out."""
    with open_app(require_configuration(config_path), roles=HAND) as app:
        with app.store.read() as tx:
            account = _find(tx, login)
        password = _read_password(account.login, account.name, from_stdin=password_stdin)
        hashed = _hash(password)
        with app.store.begin() as tx:
            accounts.set_password(tx, account.id, hashed, must_change=not password_stdin)
            sessions.end_all(tx, account.id)
        _tell_password(app, "changed", account.login, password, is_shown=not password_stdin)


@user.command(help=HELP.say("help.user", "role"))
@click.argument("login", metavar=_LOGIN)
@click.argument("role_name", metavar=HELP.say("help.metavar", "role"), type=_ROLES)
@config_option
def role(*, login: str, role_name: str, config_path: Path) -> None:
    """Another role; it holds from the next request on."""

    def change(account: Account) -> Account:
        return msgspec.structs.replace(account, role=cast("Role", role_name))

    _change(config_path, login, change, "role_changed")


@user.command(help=HELP.say("help.user", "disable"))
@click.argument("login", metavar=_LOGIN)
@config_option
def disable(*, login: str, config_path: Path) -> None:
    """Nobody signs in with it any more; history keeps its name."""
    with open_app(require_configuration(config_path), roles=HAND) as app:
        now = app.clock()
        with app.store.begin() as tx:
            account = _find(tx, login)
            accounts.change_kept(tx, msgspec.structs.replace(account, disabled_at=now))
            sessions.end_all(tx, account.id)
        click.echo(words_of(app.config).say("cli.user", "disabled", login=account.login))


@user.command("list", help=HELP.say("help.user", "list"))
@config_option
def list_(*, config_path: Path) -> None:
    """Every account, a line each."""
    with open_reading(require_configuration(config_path)) as app, app.store.read() as tx:
        found, words = accounts.list_all(tx), words_of(app.config)
    for account in found:
        role_text = words.say("desk.role", account.role)
        ended = f" · {words.say('cli.user', 'is_disabled')}" if account.disabled_at else ""
        initials = f" ({account.initials})" if account.initials else ""
        click.echo(f"{account.login}  {account.name}{initials} · {role_text}{ended}")
    click.echo(words.say("cli.user", "count", n=len(found)))


@user.command("sign-out", help=HELP.say("help.user", "sign_out"))
@click.argument("login", metavar=_LOGIN)
@config_option
def sign_out(*, login: str, config_path: Path) -> None:
    """End every session of an account."""
    with open_app(require_configuration(config_path), roles=HAND) as app:
        with app.store.begin() as tx:
            account = _find(tx, login)
            sessions.end_all(tx, account.id)
        click.echo(words_of(app.config).say("cli.user", "signed_out", login=account.login))


def _change(config_path: Path, login: str, change: Callable[[Account], Account], key: str) -> None:
    with open_app(require_configuration(config_path), roles=HAND) as app:
        with app.store.begin() as tx:
            account = change(_find(tx, login))
            accounts.change_kept(tx, account)
        words = words_of(app.config)
        role_text = words.say("desk.role", account.role)
        click.echo(words.say("cli.user", key, login=account.login, role=role_text))


def _find(tx: Transaction, login: str) -> Account:
    found = accounts.by_login(tx, login.strip().lower())
    if found is None:
        raise RedaksiError("no_account", login=login)
    return found[0]


def _read_password(login: str, name: str, *, from_stdin: bool) -> str:
    if passwords is None:
        raise ConfigError("no_web")
    if not from_stdin:
        return passwords.make_password()
    password = sys.stdin.readline().rstrip("\n")
    passwords.check_password(password, login, name)
    return password


def _hash(password: str) -> str:
    return passwords.hash_password(password, threading.Lock())


def _tell_password(app: App, key: str, login: str, password: str, *, is_shown: bool) -> None:
    words = words_of(app.config)
    click.echo(words.say("cli.user", key, login=login))
    if is_shown:
        click.echo(words.say("cli.user", "password", password=password))
