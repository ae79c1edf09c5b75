"""`redaksi status`: how things stand; exits 1 when somebody should look."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from desk.cli.common import config_option, required
from desk.office import Office, opened
from desk.store import status as standing
from desk.store.status import Status
from publisher.wording import ago

PASSES = 3  # intervals without a good poll before somebody should look


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--quiet", is_flag=True, help="Only the exit code.")
@config_option
def status(*, as_json: bool, quiet: bool, config_path: Path) -> None:
    """Last good poll, backlog, outbox, quarantine. Exit 1: a poll failed or is late, a mail or a letter is stuck."""
    with opened(required(config_path)) as office, office.store.read() as tx:
        stands = standing.status(tx)
        troubles = wrong(office, stands, office.clock())
        if as_json:
            told: dict[str, Any] = {"well": not troubles, "troubles": troubles, **msgspec.to_builtins(stands)}
            click.echo(msgspec.json.encode(told).decode())
        elif not quiet:
            for line in (*lines(office, stands, office.clock()), *(f"perhatikan: {one}" for one in troubles)):
                click.echo(line)
    sys.exit(1 if troubles else 0)


def wrong(office: Office, stands: Status, now: datetime) -> list[str]:
    """Every reason why somebody should look, with the remedy."""
    told = []
    for folder in stands.folders:
        box = office.mailbox(folder.mailbox)
        if box is None:
            continue
        if folder.error:
            told.append(f"{folder.mailbox}/{folder.folder}: {folder.error}")
        elif folder.last_good is None or now - folder.last_good > PASSES * box.poll:
            told.append(
                f"{folder.mailbox}/{folder.folder}: no good poll of late; is redaksi run or cron alive?"
            )
    known = {(folder.mailbox, folder.folder) for folder in stands.folders}
    told += [
        f"{box.id}/{folder}: never polled; start redaksi run, or redaksi poll --once"
        for box in office.config.mailbox
        for folder in box.folders
        if (box.id, folder) not in known
    ]
    if stands.failed_jobs:
        told.append(f"{stands.failed_jobs} mails could not be examined: redaksi failed list")
    stuck = stands.letters.get("failed", 0) + stands.letters.get("unknown", 0)
    if stuck:
        told.append(f"{stuck} letters did not surely leave: redaksi letters list")
    return told


def lines(office: Office, stands: Status, now: datetime) -> list[str]:
    """How things stand, for people."""
    language = office.config.language
    told = [
        f"{folder.mailbox}/{folder.folder}: putaran baik terakhir "
        f"{ago(folder.last_good, now, language) + ' lalu' if folder.last_good else 'belum ada'}"
        for folder in stands.folders
    ]
    told.append(
        "surel: " + (", ".join(f"{count} {what}" for what, count in sorted(stands.mails.items())) or "0")
    )
    told.append(
        "naskah: " + (", ".join(f"{n} {what}" for what, n in sorted(stands.submissions.items())) or "0")
    )
    told.append("surat: " + (", ".join(f"{n} {what}" for what, n in sorted(stands.letters.items())) or "0"))
    oldest = ago(stands.oldest_waiting, now, language) if stands.oldest_waiting else "0"
    told.append(f"belum diperiksa: {stands.jobs} (paling lama {oldest}), gagal: {stands.failed_jobs}")
    return told
