"""`redaksi queue`: the review queue in a terminal."""

from pathlib import Path
from typing import get_args

import click
import msgspec

from desk import views
from desk.cli.common import config_option, required
from desk.office import opened
from desk.store import review
from publisher.wording import ago
from redaksi import clean
from redaksi.states import STATES, State
from validators.words import say


@click.command()
@click.option(
    "--state", "states", multiple=True, type=click.Choice(get_args(State)), help="Only these states."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--publish", is_flag=True, help="Write the pages of the queue anew.")
@config_option
def queue(*, states: tuple[State, ...], as_json: bool, publish: bool, config_path: Path) -> None:
    """Submissions, the one that waits longest first."""
    with opened(required(config_path)) as office:
        if publish:
            views.publish_queue(office, force=True)
        wanted = states or tuple(s for s in STATES if s != "not_a_submission")
        with office.store.read() as tx:
            rows = review.queue_rows(tx, wanted)
        if as_json:
            click.echo(msgspec.json.encode(rows).decode())
            return
        language, now = office.config.language, office.clock()
        for row in rows:
            title = clean.line(row.title or row.mail_subject, 44)
            who = clean.line(row.contributor or row.address, 18)
            click.echo(f"{row.number}  {row.state:<11} {title:<44}")
            click.echo(
                f"             {who:<18} {len(row.photos)} foto  {ago(row.received_at, now, language)}"
            )
            for finding in row.findings:
                click.echo(
                    f"             {'x' if finding.severity == 'must' else '-'} {say(finding, language).title}"
                )
        click.echo(f"{len(rows)} naskah")
