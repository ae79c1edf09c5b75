"""An article's photos in a WordPress's library: their words, and what foreign hands do there."""

import pytest
from msgspec import structs

from publisher.articles.edition import Edition
from publisher.targets.target import Known, Refused
from tests.editions import make_article, make_photos
from tests.wordpress import Site
from tests.wp_hands import AFTER, correct, take
from tests.wp_hands import edition as edition  # noqa: PLC0414 - a fixture
from tests.wp_target import Rows, make_target, make_true_photos


def alt_of(site: Site, known: Known, original: str) -> str:
    media = known.media[original].id
    where = f"post_id={media} AND meta_key='_wp_attachment_image_alt'"
    return site.ask(f"SELECT meta_value FROM wp_postmeta WHERE {where}")[0][0]


def test_alt_text_is_ours_until_somebody_there_writes_another(
    wordpress: Site, edition: Edition
) -> None:
    target, photo = make_target(wordpress), edition.photos[0]
    known = take(target.publish(make_article(edition), None))
    assert alt_of(wordpress, known, photo.sha256) == photo.alt
    target.rest.post(f"wp/v2/media/{known.media[photo.sha256].id}", {"alt_text": "Lain"})
    known = take(correct(target, edition, known))
    assert alt_of(wordpress, known, photo.sha256) == "Lain"
    photos = (structs.replace(photo, alt="Baru & betul"), *edition.photos[1:])
    before = structs.replace(edition, number=2, headline=AFTER)
    after = structs.replace(before, number=3, photos=photos)
    known = take(target.correct(make_article(after, "correct", before=before), known))
    assert alt_of(wordpress, known, photo.sha256) == "Baru & betul"


@pytest.mark.parametrize("caption", ["Warga RW 01.", "Warga “RW 01” mengangkat batu. " * 9])
def test_the_words_inside_a_photo_do_not_name_it(
    wordpress: Site, edition: Edition, caption: str
) -> None:
    """WordPress makes a title, and of it a slug, of a short caption that it finds in the file."""
    photos = tuple(structs.replace(each, caption=caption) for each in edition.photos)
    edition = structs.replace(edition, photos=photos)
    target, rows = make_target(wordpress), Rows(wordpress, edition.submission)
    article = make_article(edition, photos=make_true_photos(edition, width=1600))
    known = take(target.publish(article, None))
    assert [alt_of(wordpress, known, each.sha256) for each in photos] == [
        photos[0].alt,
        photos[1].alt,
    ]
    assert take(target.publish(article, None)) == known == target.find(article)
    assert len(rows.photos()) == len(photos)


def test_a_photo_that_somebody_deleted_there_is_brought_again(
    wordpress: Site, edition: Edition
) -> None:
    target, photo = make_target(wordpress), edition.photos[1]
    known = take(target.publish(make_article(edition), None))
    wordpress.ask(f"DELETE FROM wp_posts WHERE ID={known.media[photo.sha256].id}")
    corrected = take(correct(target, edition, known))
    assert corrected.media[photo.sha256].id != known.media[photo.sha256].id
    assert corrected.media[edition.photos[0].sha256] == known.media[edition.photos[0].sha256]


def test_a_photo_that_somebody_renamed_there_is_known_by_its_id(
    wordpress: Site, edition: Edition
) -> None:
    target = make_target(wordpress)
    known = take(target.publish(make_article(edition), None))
    for media in known.media.values():
        wordpress.ask(f"UPDATE wp_posts SET post_name='lain-{media.id}' WHERE ID={media.id}")
    assert take(correct(target, edition, known)).media == known.media


def test_a_photo_that_cannot_be_read_stops_the_article(wordpress: Site, edition: Edition) -> None:
    def fail() -> bytes:
        raise FileNotFoundError

    target = make_target(wordpress)
    photos = [structs.replace(each, read=fail) for each in make_photos(edition)]
    refused = target.publish(make_article(edition, photos=photos), None)
    assert isinstance(refused, Refused) and refused.code == "photo_failed"
    assert Rows(wordpress, edition.submission).posts() == []
