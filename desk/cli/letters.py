"""`redaksi letters`: what waits for an editor, and what became of the rest."""

from pathlib import Path

import click
import msgspec

from desk.app import App, open_app, open_reading
from desk.cli.common import HAND, config_option, fold, require_configuration, words_of
from desk.cli.editors.who import find_editor
from desk.cli.speech import HELP
from desk.outbound import sender as post_office
from desk.outbound.enqueue import make_stationery
from desk.presentation.reasons import in_words
from desk.presentation.stored_lines import text_in_words
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.outbound.outbox_queries import Draft
from desk.store.submissions import submission_rows
from desk.workflow import drafts
from desk.workflow.submission_letters import context_of_submission
from publisher.letters.compose import compose
from publisher.letters.letter_context import KINDS, LetterContext, LetterKind
from publisher.letters.samples import letter_contexts
from publisher.letters.stationery import Key
from redaksi.catalog import Catalog
from redaksi.errors import RedaksiError

NUMBER = HELP.say("help.metavar", "number")
NUMBERS = HELP.say("help.metavar", "numbers")
LEAD = " " * 7  # below a letter's number


@click.group()
def letters() -> None:
    """The group of verbs about letters that wait for an editor."""


@letters.command("list", help=HELP.say("help.letters", "list"))
@config_option
def list_(*, config_path: Path) -> None:
    """Print what waits, each with why."""
    with open_reading(require_configuration(config_path)) as app, app.store.read() as tx:
        waiting, words = outbox.drafts(tx), words_of(app.config)
    for letter in waiting:
        kind = words.say_or(letter.kind, "letter_kind", letter.kind)
        state = words.say("letter_state", letter.state)
        click.echo(fold(f"{state} · {kind} · {letter.to}", f"{letter.id:>5}  "))
        click.echo(fold(letter.subject, LEAD))
        if because := _because(letter, words):
            click.echo(fold(because, LEAD))
    click.echo(words.say("cli.letters", "count", n=len(waiting)))


@letters.command(help=HELP.say("help.letters", "show"))
@click.argument("number", type=int, metavar=NUMBER)
@config_option
def show(*, number: int, config_path: Path) -> None:
    """Print one letter."""
    with open_reading(require_configuration(config_path)) as app, app.store.read() as tx:
        letter, words = outbox.get(tx, number), words_of(app.config)
    if letter is None:
        raise RedaksiError("no_letter", number=number)
    state = _with_reason(words.say("letter_state", letter.state), letter, words)
    _echo_head(words, letter.to, letter.subject)
    click.echo(words.say("cli.letters", "state", state=state))
    click.echo()
    click.echo(letter.text)


def _echo_head(words: Catalog, to: str, subject: str) -> None:
    click.echo(words.say("cli.letters", "to", to=to))
    click.echo(words.say("cli.letters", "subject", subject=subject))


def _because(letter: Stored | Draft, words: Catalog) -> str:
    """Why it waits: the server's own line, or our reason."""
    return text_in_words(letter.last_error, words.language) or in_words(
        letter.reason, words.language
    )


def _with_reason(what: str, letter: Stored, words: Catalog) -> str:
    because = _because(letter, words)
    return words.say("cli.letters", "because", what=what, reason=because) if because else what


editor_option = click.option("--editor", default="", help=HELP.say("help", "editor"))


@letters.command(help=HELP.say("help.letters", "send"))
@click.argument("numbers", type=int, nargs=-1, required=True, metavar=NUMBERS)
@editor_option
@config_option
def send(*, numbers: tuple[int, ...], editor: str, config_path: Path) -> None:
    """Send these letters now, past the limits on a sender and an hour. Exit 1 when none can
    leave."""
    with open_app(require_configuration(config_path), roles=HAND) as app:
        drafts.check_leaving(app)
        actor = find_editor(app, editor).actor
        with app.store.begin() as tx:
            for number in numbers:
                drafts.release(tx, app, number, actor)
        sent = post_office.send_due_letters(app, eager=True)
        with app.store.read() as tx:
            found = [outbox.get(tx, number) for number in numbers]
        words = words_of(app.config)
        for letter in found:
            if letter is not None and letter.state != "sent":
                state = _with_reason(words.say("letter_state", letter.state), letter, words)
                click.echo(fold(words.say("cli.letters", "is", number=letter.id, state=state)))
    click.echo(words_of(app.config).say("cli.letters", "sent", n=sent))


@letters.command(help=HELP.say("help.letters", "retry"))
@config_option
def retry(*, config_path: Path) -> None:
    """Try the relay now, for instance after the password was mended. Exit 1 when it still takes
    nothing."""
    with open_app(require_configuration(config_path), roles=HAND) as app:
        drafts.check_leaving(app)
        sent = post_office.send_due_letters(app, eager=True)
    click.echo(words_of(app.config).say("cli.letters", "sent", n=sent))


@letters.command(help=HELP.say("help.letters", "drop"))
@click.argument("numbers", type=int, nargs=-1, required=True, metavar=NUMBERS)
@editor_option
@config_option
def drop(*, numbers: tuple[int, ...], editor: str, config_path: Path) -> None:
    """Do not send these letters."""
    with open_app(require_configuration(config_path), roles=HAND) as app:
        actor = find_editor(app, editor).actor
        with app.store.begin() as tx:
            for number in numbers:
                outbox.drop(tx, number, app.clock(), actor)
    click.echo(words_of(app.config).say("cli.letters", "dropped", n=len(numbers)))


@letters.command(help=HELP.say("help.letters", "preview", kinds=", ".join(KINDS)))
@click.argument("kind", metavar=HELP.say("help.metavar", "kind"), type=click.Choice(KINDS))
@click.option("--ref", default="", help=HELP.say("help.letters", "ref"))
@click.option("--html", "as_html", is_flag=True, help=HELP.say("help.letters", "html"))
@config_option
def preview(*, kind: LetterKind, ref: str, as_html: bool, config_path: Path) -> None:
    """A letter as it would be, with your own templates; nothing is stored or sent."""
    with open_reading(require_configuration(config_path)) as app:
        told = _occasion(app, kind, ref)
        now = app.clock().astimezone(app.config.zone)
        key = Key(id="preview", secret=b"a preview is never sent")
        paper = make_stationery(app, app.config.mailbox[0].id, key, now)
        letter = compose(kind, told, paper)
    if as_html:
        click.echo(letter.html)
        return
    _echo_head(words_of(app.config), letter.to, letter.subject)
    click.echo()
    click.echo(letter.text)


def _occasion(app: App, kind: LetterKind, ref: str) -> LetterContext:
    """What the store knows of the submission, over the sample's: an editor's words are yet to be
    written."""
    sample = letter_contexts(kind, app.config.language)[0]
    if not ref:
        return sample
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, ref.upper())
        told = context_of_submission(tx, app, found) if found is not None else None
    if told is None:
        raise RedaksiError("nobody_to_write_to", number=ref)
    return msgspec.structs.replace(
        told,
        findings=told.findings or sample.findings,
        fixed=sample.fixed,
        remarks=sample.remarks,
        publish_at=sample.publish_at,
        asked=sample.asked,
        expires=sample.expires,
        digest=sample.digest,
    )
