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
from desk.app import App, opened
from desk.cli.common import config_option, required
from desk.inbound.accounts import imap_account
from desk.outbound.relay_account import relay_server
from desk.sandbox.host import Sandbox, sandbox_limits_of
from desk.store import attention
from ingest.fetch.mailbox import Mailbox, open_mailbox
from publisher.smtp.session import Sent, check
from redaksi.config.schema import Mailbox as Box
from redaksi.errors import RedaksiError, ServerError
from redaksi.limits import Limits

MAIL = b"From: doctor@localhost\r\nSubject: doctor\r\n\r\nHalo.\r\n"
PROBE = (
    "import sys; from desk.sandbox.confinement import leave_network; sys.exit(not leave_network())"
)


@click.command()
@config_option
def doctor(*, config_path: Path) -> None:
    """Print a line for each thing that is looked at."""
    wrong = 0
    with opened(required(config_path)) as app:
        click.echo("baik        konfigurasi dan basis data")
        for name, examination in examinations(app):
            try:
                click.echo(f"baik        {name}: {examination()}")
            except RedaksiError as error:
                wrong += 1
                click.echo(f"PERHATIKAN  {name}: {error}")
    sys.exit(1 if wrong else 0)


def examinations(app: App) -> Iterator[tuple[str, Callable[[], str]]]:
    """What is looked at, each raising RedaksiError with what is wrong."""
    yield "paket", packages
    yield "disk", lambda: disk(app)
    yield "perhatian", lambda: calls(app)
    yield "kotak pasir", lambda: sandbox(app)
    for box in app.config.mailbox:
        yield f"kotak surat {box.id}", lambda box=box: mailbox(app, box)  # type: ignore[misc]
    yield "surat keluar", lambda: relay(app)


def packages() -> str:
    """A distribution on the package index owns the name `validators` too; ours must be the one
    imported."""
    ours, theirs = Path(desk.__file__).parent.parent, Path(validators.__file__).parent
    if theirs.parent != ours or not (theirs / "registry.py").exists():
        raise RedaksiError(
            f"another package named validators is in the way: {theirs}; pip uninstall validators"
        )
    return "milik sendiri"


def disk(app: App) -> str:
    """Room for mails."""
    free, least = shutil.disk_usage(app.config.home).free, app.config.storage.min_free
    if free < least:
        raise RedaksiError(f"{free >> 20} MB free, less than storage.min_free ({least >> 20} MB)")
    return f"{free >> 30} GB kosong"


def calls(app: App) -> str:
    """Who must look at what is kept as things happen: it is what the whole history says."""
    with app.store.read() as tx:
        wrong = attention.differing(tx)
    if wrong:
        shown = ", ".join(wrong[:10])
        raise RedaksiError(f"{len(wrong)} submissions call not as their history says: {shown}")
    return "sesuai dengan riwayat"


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
    return "surel diperiksa " + (
        "tanpa jaringan"
        if alone.returncode == 0
        else "(sistem ini tidak dapat memutus jaringannya)"
    )


def mailbox(app: App, box: Box) -> str:
    """Login, every folder, IDLE, and the folder of the letters' copies."""
    with open_mailbox(imap_account(app, box)) as opened_box:
        folders = ", ".join(folder(opened_box, name) for name in box.folders)
        sent = app.config.reply.sent
        if sent:
            folder(opened_box, "\\Sent" if sent == "gmail" else sent)
        return f"{box.host}, {folders}; {'IDLE' if opened_box.idles else 'tanpa IDLE'}"


def folder(opened_box: Mailbox, name: str) -> str:
    """A folder that can be read."""
    real = opened_box.special(name) if name.startswith("\\") else name
    if not real:
        return f"{name} tidak ada"
    return f"{real} {opened_box.select(real).exists} surel"


def relay(app: App) -> str:
    """The SMTP server takes our From."""
    server = relay_server(app)
    if server is None:
        return "tidak dipakai (reply.host kosong)"
    outcome = check(server, app.writes_as(app.config.mailbox[0].id))
    if not isinstance(outcome, Sent):
        raise ServerError(f"SMTP {server.host}:{server.port}: {outcome.reply}")
    return f"{server.host}:{server.port}"
