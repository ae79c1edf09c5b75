"""`redaksi doctor`: is everything in place? It takes nothing in and sends nothing."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

import desk
import validators
from desk.app import App, open_app
from desk.cli.common import config_option, fold, require_configuration, words_of
from desk.inbound.accounts import imap_account
from desk.outbound.relay_account import relay_server
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.store import attention
from ingest.fetch.mailbox import Mailbox, open_mailbox
from publisher.smtp.session import Sent, check
from redaksi.catalog import Catalog
from redaksi.config.schema import Mailbox as Box
from redaksi.errors import RedaksiError, ServerError
from redaksi.limits import Limits

MARK = 12  # columns of "good"
MAIL = b"From: doctor@localhost\r\nSubject: doctor\r\n\r\nHalo.\r\n"
PROBE = (
    "import sys; from desk.sandbox.confinement import leave_network; sys.exit(not leave_network())"
)


@click.command()
@config_option
def doctor(*, config_path: Path) -> None:
    """Print a line for each thing that is looked at."""
    wrong = 0
    with open_app(require_configuration(config_path)) as app:
        words = words_of(app.config)
        good, look = words.say("cli.doctor", "good"), words.say("cli.doctor", "look")
        click.echo(f"{good:<{MARK}}{words.say('cli.doctor', 'config')}")
        for name, examination in examinations(app, words):
            try:
                click.echo(fold(f"{name}: {examination()}", f"{good:<{MARK}}"))
            except RedaksiError as error:
                wrong += 1
                click.echo(fold(f"{name}: {error.say(words.language)}", f"{look:<{MARK}}"))
    sys.exit(1 if wrong else 0)


def examinations(app: App, words: Catalog) -> Iterator[tuple[str, Callable[[], str]]]:
    """What is looked at, each raising RedaksiError with what is wrong."""
    yield words.say("cli.doctor", "packages"), lambda: packages(words)
    yield words.say("cli.doctor", "disk"), lambda: disk(app)
    yield words.say("cli.doctor", "calls"), lambda: calls(app)
    yield words.say("cli.doctor", "sandbox"), lambda: sandbox(app)
    for box in app.config.mailbox:
        name = words.say("cli.doctor", "mailbox", box=box.id)
        yield name, lambda box=box: mailbox(app, box)  # type: ignore[misc]
    yield words.say("cli.doctor", "relay"), lambda: relay(app)


def packages(words: Catalog) -> str:
    """A distribution on the package index owns the name `validators` too; ours must be the one
    imported."""
    ours, theirs = Path(desk.__file__).parent.parent, Path(validators.__file__).parent
    if theirs.parent != ours or not (theirs / "registry.py").exists():
        raise RedaksiError("wrong_validators", path=theirs)
    return words.say("cli.doctor", "own")


def disk(app: App) -> str:
    """Room for mails."""
    free, least = shutil.disk_usage(app.config.home).free, app.config.storage.min_free
    if free < least:
        raise RedaksiError("little_disk", free=free >> 20, least=least >> 20)
    return words_of(app.config).say("cli.doctor", "free", n=free >> 30)


def calls(app: App) -> str:
    """Who must look at what is kept as things happen: it is what the whole history says."""
    with app.store.read() as tx:
        wrong = attention.differing(tx)
    if wrong:
        shown = ", ".join(wrong[:10])
        raise RedaksiError("calls_differ", n=len(wrong), numbers=shown)
    return words_of(app.config).say("cli.doctor", "calls_right")


def sandbox(app: App) -> str:
    """A mail is examined, and whether its child has a network."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(sandbox_limits_of(app.config.sandbox)) as sandbox,
    ):
        mail = Path(folder) / "doctor.eml"
        mail.write_bytes(MAIL)
        sandbox.examine_mail(mail, "doctor", Limits())
    probe = [sys.executable, "-c", PROBE]
    alone = subprocess.run(
        probe, capture_output=True, check=False, cwd=Path(desk.__file__).parent.parent
    )
    key = "alone" if alone.returncode == 0 else "networked"
    return words_of(app.config).say("cli.doctor", key)


def mailbox(app: App, box: Box) -> str:
    """Login, every folder, IDLE, and the folder of the letters' copies."""
    with open_mailbox(imap_account(app, box)) as opened_box:
        words = words_of(app.config)
        folders = ", ".join(folder(opened_box, name, words) for name in box.folders)
        sent = app.config.reply.sent
        if sent:
            folder(opened_box, "\\Sent" if sent == "gmail" else sent, words)
        key = "idle" if opened_box.idles else "no_idle"
        return words.say("cli.doctor", key, host=box.host, folders=folders)


def folder(opened_box: Mailbox, name: str, words: Catalog) -> str:
    """A folder that can be read."""
    real = opened_box.special(name) if name.startswith("\\") else name
    if not real:
        return words.say("cli.doctor", "no_folder", name=name)
    return words.say("cli.doctor", "folder", name=real, n=opened_box.select(real).exists)


def relay(app: App) -> str:
    """The SMTP server takes our From."""
    server = relay_server(app)
    if server is None:
        return words_of(app.config).say("cli.doctor", "no_relay")
    outcome = check(server, app.writes_as(app.config.mailbox[0].id))
    if not isinstance(outcome, Sent):
        raise ServerError("smtp", host=server.host, port=server.port, reply=outcome.reply)
    return f"{server.host}:{server.port}"
