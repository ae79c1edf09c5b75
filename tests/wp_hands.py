"""What a test does to a post at a WordPress: corrected as an editor would, changed and thrown
away by foreign hands."""

import secrets
from collections.abc import Callable

import pytest
from msgspec import structs

from publisher.articles.edition import Edition
from publisher.targets.target import Delivered, Known, Outcome
from publisher.targets.wordpress import WordPress
from tests.editions import make_article
from tests.wordpress import Site
from tests.wp_target import make_target, number_edition

AFTER = "Warga menata bantaran Kapuas"


@pytest.fixture
def edition() -> Edition:
    """Of a submission of this test's own."""
    return number_edition(f"W-2026-{10**9 + secrets.randbelow(10**9)}")


def take(outcome: Outcome) -> Known:
    assert isinstance(outcome, Delivered), outcome
    return outcome.known


def correct(
    target: WordPress, edition: Edition, known: Known, *, overwrite: bool = False
) -> Outcome:
    """A correction of the headline."""
    after = structs.replace(edition, number=2, headline=AFTER)
    article = make_article(after, "correct", before=edition, overwrite=overwrite)
    return target.correct(article, known)


def change(site: Site, known: Known, **fields: object) -> None:
    """What somebody does there by hand."""
    rest = make_target(site).rest
    rest.post(f"wp/v2/posts/{known.external_id}", fields).read(dict[str, object])


def wait_a_minute(site: Site, known: Known) -> None:
    """As if the change before had come a minute later: WordPress counts seconds."""
    later = "post_modified_gmt=post_modified_gmt + INTERVAL 1 MINUTE"
    site.ask(f"UPDATE wp_posts SET {later} WHERE ID={known.external_id}")


def delete(site: Site, known: Known) -> None:
    site.ask(f"DELETE FROM wp_posts WHERE ID={known.external_id}")


def throw_away(site: Site, known: Known) -> None:
    """As WordPress does it."""
    trashed = "post_status='trash', post_name=CONCAT(post_name, '__trashed')"
    site.ask(f"UPDATE wp_posts SET {trashed} WHERE ID={known.external_id}")


FOREIGN: dict[str, Callable[[Site, Known], None]] = {
    "text": lambda site, known: change(site, known, content="<p>Diubah di situs.</p>"),
    "headline": lambda site, known: change(site, known, title="Judul orang lain"),
    "bold": lambda site, known: change(site, known, content="<p><b>Warga</b> bekerja.</p>"),
    "draft": lambda site, known: change(site, known, status="draft"),
    "tags": lambda site, known: change(site, known, tags=[]),
    "category": lambda site, known: change(site, known, categories=[1]),
    "photo": lambda site, known: change(site, known, featured_media=0),
}
