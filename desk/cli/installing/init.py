"""`redaksi init`: three questions, tried on the servers themselves, then config.toml and the secret
beside it. What is there already stays as it is."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import msgspec

from desk.cli.common import check_rules, config_option, fold
from desk.cli.installing import tries
from desk.cli.installing.answers import Answers, ask_answers, ask_login, has_person, read_answers
from desk.cli.installing.plan import Plan, find_zone, make_plan, render_config
from desk.cli.installing.write import refuse_existing, write_files
from desk.cli.login import show
from desk.cli.speech import HELP, speak
from desk.sandbox.confinement.confine import become_undumpable
from ingest.fetch import oauth
from ingest.fetch.listing import Account
from ingest.fetch.oauth import Tokens
from publisher.smtp.session import SmtpServer
from redaksi.catalog import Catalog
from redaksi.config import load
from redaksi.config.schema import Mailbox, address_of, read_environment
from redaksi.errors import LoginRefused

AGAIN = 3  # logins that may be refused while somebody can be asked anew


@click.command()
@click.option(
    "--answers",
    "answers_path",
    type=click.Path(path_type=Path),
    default=None,
    help=HELP.say("help.init", "answers"),
)
@config_option
def init(*, answers_path: Path | None, config_path: Path) -> None:
    """Ask, try, write. Raises ConfigError for what is there already or cannot be, and what a server
    says."""
    become_undumpable()  # what it reads from here on is a secret
    refuse_existing(config_path)
    words = speak(HELP.language)
    if answers_path is not None:
        answers = read_answers(answers_path, read_environment())
        words = speak(answers.language or HELP.language)
    else:
        today = datetime.now(ZoneInfo(find_zone())).date()
        answers = ask_answers(words, today, HELP.language)
    plan, tokens, border = _try(answers, config_path, words, asks=answers_path is None)
    plan = _name_border(plan, border, words, asks=answers_path is None)
    load.parse(render_config(plan), check_rules, str(config_path))
    for file in write_files(plan, config_path, tokens):
        click.echo(words.say("cli.init", "written", file=file))
    if not plan.config.reply.host:
        click.echo(fold(words.say("cli.init", "no_relay")))
    click.echo(fold(words.say("cli.init", "next", config=config_path)))


def _try(
    answers: Answers, path: Path, words: Catalog, *, asks: bool
) -> tuple[Plan, Tokens | None, tries.Border]:
    """A plan that the servers take; whose login they refuse is asked for it anew."""
    for _ in range(AGAIN - 1 if asks and has_person() else 0):
        try:
            return _try_once(answers, path, words)
        except LoginRefused as error:
            click.echo(fold(error.say(words.language)), err=True)
            password, client_id, secret = ask_login(words)
            login = {"password": password, "client_id": client_id, "client_secret": secret}
            answers = msgspec.structs.replace(answers, **login)
    return _try_once(answers, path, words)


def _try_once(
    answers: Answers, path: Path, words: Catalog
) -> tuple[Plan, Tokens | None, tries.Border]:
    plan = make_plan(answers, path, words.language, tries.is_listening)
    load.parse(render_config(plan), check_rules, str(path))
    box, reply = plan.config.mailbox[0], plan.config.reply
    click.echo(words.say("cli.init", "trying", host=box.host, port=box.port))
    tokens = _log_in(box, answers, words) if box.auth == "oauth2" else None
    border = tries.try_mailbox(_account(box, answers, tokens), box)
    if reply.host:
        click.echo(words.say("cli.init", "trying", host=reply.host, port=reply.port))
        server = SmtpServer(
            host=reply.host,
            port=reply.port,
            security=reply.security,
            user=reply.user,
            password=answers.password if reply.user else "",
        )
        tries.try_relay(server, address_of(box))
    return plan, tokens, border


def _account(box: Mailbox, answers: Answers, tokens: Tokens | None) -> Account:
    return Account(
        id=box.id,
        host=box.host,
        port=box.port,
        security=box.security,
        user=box.user,
        password=tokens.access_token if tokens else answers.password,
        auth="xoauth2" if tokens else "password",
        tls_ca=box.tls_ca,
    )


def _log_in(box: Mailbox, answers: Answers, words: Catalog) -> Tokens:
    provider = oauth.GOOGLE if box.provider == "google" else oauth.microsoft(box.tenant)
    client = oauth.Client(client_id=box.client_id, client_secret=answers.client_secret)
    return oauth.log_in(provider, client, mailbox=box.id, show=show, language=words.language)


def _name_border(plan: Plan, border: tries.Border, words: Catalog, *, asks: bool) -> Plan:
    """Whose word about a sender is believed: a person says so, never the mails alone, for a sender
    can write that field too where no border takes it out."""
    box = plan.config.mailbox[0]
    if box.authserv_id:
        return plan
    facts = {"name": border.name, "seen": border.seen, "mails": border.mails}
    if not border.name:
        click.echo(fold(words.say("cli.init", "no_border")))
        return plan
    if not asks:
        click.echo(fold(words.say("cli.init", "border_unconfirmed", **facts)))
        return plan
    if not _confirm(words.say("cli.init", "border", **facts), words):
        return plan
    named = msgspec.structs.replace(box, authserv_id=border.name)
    return msgspec.structs.replace(
        plan, config=msgspec.structs.replace(plan.config, mailbox=(named,))
    )


def _confirm(question: str, words: Catalog) -> bool:
    """Yes, in the person's language or in English."""
    yes = words.say("cli.init", "yes")
    answer = click.prompt(fold(question), default=yes).strip().lower()
    return answer in (yes.lower(), yes[:1].lower(), "y", "yes")
