"""`redaksi publications`: every article at every target, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import click
import msgspec

from desk.app import open_reading
from desk.cli.common import WIDTH, config_option, fold, require_configuration, words_of
from desk.cli.speech import HELP
from desk.domain.publications import CALLING, PublicationState
from desk.presentation.publication.failure import say_failure
from desk.presentation.publication.states import name_doing, say_state
from desk.store.publications import editions, rows
from desk.store.publications.rows import Row
from publisher.articles.edition import Edition
from redaksi.catalog import Catalog
from redaksi.text import clean

MOST = 500  # rows that are shown, the newest first
LEAD = " " * 13
_HELD = frozenset({"too_late", "embargoed", "asked_back", "restored"})
Listed = list[tuple[Row, str]]


@click.command()
@click.option("--target", default="", help=HELP.say("help.publications", "target"))
@click.option("--failed", is_flag=True, help=HELP.say("help.publications", "failed"))
@click.option("--json", "as_json", is_flag=True, help=HELP.say("help", "for_programs"))
@config_option
def publications(*, target: str, failed: bool, as_json: bool, config_path: Path) -> None:
    """Print them, the newest first."""
    states = get_args(PublicationState)
    with open_reading(require_configuration(config_path)) as app, app.store.read() as tx:
        listed = rows.listed(tx, states, MOST + 1, target, calling=failed)
        shown = {row.standing_edition_id or row.edition_id for row, _ in listed}
        made = editions.get_many(tx, [each for each in shown if each is not None])
    words = words_of(app.config)
    if as_json:
        click.echo(msgspec.json.encode(plain(listed, made)).decode())
        return
    for row, number in listed[:MOST]:
        for line in lines(row, number, made, words):
            click.echo(line)
    click.echo(words.say("cli.publications", "count", n=min(len(listed), MOST)))
    if len(listed) > MOST:
        click.echo(words.say("cli.publications", "more"))


def lines(row: Row, number: str, made: Mapping[int, Edition], words: Catalog) -> Iterator[str]:
    """A publication for people: who, where, how it stands; its address; why not, and what helps. 80
    columns."""
    doing = name_doing(row.wanted, is_behind=row.is_behind)
    state = say_state(row.state, doing, words.language, row.error_code)
    head = f"{number:<11}  {row.target} · {state}"
    yield from fold(head, "").splitlines()
    headline = _headline(row, made)
    if headline:
        yield LEAD + clean.line(headline, WIDTH - len(LEAD))
    if row.known.url:
        yield LEAD + row.known.url
    why = say_failure(row.error_code, row.wanted, words.language)
    if why:
        detail = clean.line(row.last_error, 200)
        yield from fold(f"{why} ({detail})" if detail else why, LEAD).splitlines()
    remedy = say_remedy(row, number, words)
    if remedy:
        yield from fold(remedy, LEAD).splitlines()


def say_remedy(row: Row, number: str, words: Catalog) -> str:
    """What an editor or the operator does about it; "" where nothing is to be done."""
    facts = {"number": number, "target": row.target}
    if row.state == "asking":
        return words.say("publish_remedy", f"asking_{row.wanted}", **facts)
    if row.state in CALLING or row.error_code in _HELD:
        return words.say_or("", "publish_remedy", row.error_code, **facts)
    return ""


def plain(listed: Listed, made: Mapping[int, Edition]) -> list[dict[str, object]]:
    """For programs: codes, not sentences."""
    return [
        {
            "number": number,
            "headline": _headline(row, made),
            "target": row.target,
            "wanted": row.wanted,
            "state": row.state,
            "url": row.known.url,
            "code": row.error_code,
            "detail": row.last_error,
            "attempts": row.attempts,
            "next_at": row.next_at,
            "first_standing_at": row.first_standing_at,
        }
        for row, number in listed[:MOST]
    ]


def _headline(row: Row, made: Mapping[int, Edition]) -> str:
    edition = made.get(row.standing_edition_id or row.edition_id or 0)
    return edition.headline if edition is not None else ""
