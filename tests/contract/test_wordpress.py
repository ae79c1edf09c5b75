"""What only a WordPress does: foreign hands, trash, doubles, rights, its own ways of refusing."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec import structs

from publisher.articles.edition import Block, Edition, Span
from publisher.targets.http import CUT_REST, Response
from publisher.targets.page import find_expected, fold, look, look_gone, read_page
from publisher.targets.target import Delivered, Known, NotNow, Refused
from publisher.targets.wordpress import WordPress
from tests.editions import make_article
from tests.wordpress import Site
from tests.wp_deaths import attack
from tests.wp_hands import AFTER, FOREIGN, correct, delete, take, throw_away, wait_a_minute
from tests.wp_hands import edition as edition  # noqa: PLC0414 - a fixture
from tests.wp_target import NEIGHBOUR, Rows, cutting, make_target, number_edition


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_edit_is_never_overwritten(wordpress: Site, edition: Edition, kind: str) -> None:
    target, rows = make_target(wordpress), Rows(wordpress, edition.submission)
    known = take(target.publish(make_article(edition), None))
    FOREIGN[kind](wordpress, known)
    wait_a_minute(wordpress, known)
    before = rows.read()
    refused = correct(target, edition, known)
    assert isinstance(refused, Refused) and refused.code == "changed_on_site"
    assert rows.read() == before


@pytest.mark.parametrize("kind", ["text", "headline"])
def test_a_foreign_edit_of_the_same_second_is_seen(
    wordpress: Site, edition: Edition, kind: str
) -> None:
    target = make_target(wordpress)
    known = take(target.publish(make_article(edition), None))
    FOREIGN[kind](wordpress, known)
    refused = correct(target, edition, known)
    assert isinstance(refused, Refused) and refused.code == "changed_on_site"


def test_an_editor_may_overwrite_it(wordpress: Site, edition: Edition) -> None:
    target = make_target(wordpress)
    known = take(target.publish(make_article(edition), None))
    FOREIGN["text"](wordpress, known)
    known = take(correct(target, edition, known, overwrite=True))
    assert look(NEIGHBOUR, known.url, [AFTER, "Jalan selesai hari itu."]) == "seen"


def test_a_foreign_edit_is_not_taken_for_a_try_of_ours(wordpress: Site, edition: Edition) -> None:
    """Nothing is known of the post, for the answer was lost; then somebody changed it."""
    target = make_target(wordpress)
    known = take(target.publish(make_article(edition), None))
    FOREIGN["text"](wordpress, known)
    wait_a_minute(wordpress, known)
    refused = target.publish(make_article(edition), None)
    assert isinstance(refused, Refused) and refused.code == "changed_on_site"


def test_a_correction_whose_answer_was_lost_is_no_foreign_edit(
    wordpress: Site, edition: Edition
) -> None:
    target = make_target(wordpress)
    known = take(target.publish(make_article(edition), None))
    first = take(correct(target, edition, known))
    wait_a_minute(wordpress, known)
    again = take(correct(target, edition, known))
    assert again.external_id == first.external_id


@pytest.mark.parametrize("user", ["redaksi", "wartawan"])
def test_a_correction_is_seen_whoever_writes(wordpress: Site, edition: Edition, user: str) -> None:
    """An author's texts go through WordPress's filter; they come out as they went in."""
    hard = 'Warga "RW 12" & <b> - Jum\'at 100x200 http://x.example [gallery] a...'
    target = make_target(wordpress, user=user)
    edition = structs.replace(edition, headline=hard)
    known = take(target.publish(make_article(edition), None))
    assert look(NEIGHBOUR, known.url, [hard]) == "seen"
    assert take(target.publish(make_article(edition), None)) == known
    words = f"Kalimat baru: {hard}"
    body = (Block(kind="p", lines=((Span(text=words),),)), *edition.body)
    after = structs.replace(edition, number=2, body=body)
    article = make_article(after, "correct", before=edition)
    corrected = take(target.correct(article, known))
    wait_a_minute(wordpress, corrected)
    take(target.correct(article, known))  # its answer was lost
    assert find_expected(after, edition)[1:] == (words,)
    assert look(NEIGHBOUR, known.url, find_expected(after, edition)) == "seen"


@pytest.mark.parametrize(
    "words",
    [
        "Jalan di (RW 7, 8) dan (RT 8) selesai.",
        "8) Warga :D bersama ;) lalu :cool: 8-) dan 8O.",
        "Rumah 100x200, 3x4 dan 0x9 -- 'tepat' \"waktu\"...",
        "Lihat http://x.example/a?b=1&c=2 dan www.x.example [gallery ids=1] {x} %s.",
        "1. Satu <!--more--> <!--nextpage--> dua & tiga &amp; empat \\ lima.",
        "(c) (r) (tm) 1/2 20' 10\" pukul 07.00--08.00 WIB, Rp 1.000.000,-.",
    ],
)
def test_what_wordpress_makes_of_characters_is_read_as_it_was_written(
    wordpress: Site, edition: Edition, words: str
) -> None:
    target = make_target(wordpress)
    body = (Block(kind="p", lines=((Span(text=words),),)),)
    edition = structs.replace(edition, body=body, headline=words)
    known = take(target.publish(make_article(edition), None))
    assert look(NEIGHBOUR, known.url, [words]) == "seen"
    shown = NEIGHBOUR.get_page(known.url)
    assert isinstance(shown, Response)
    body_shown = shown.body.decode().partition("</h1>")[2]
    assert fold(words) in fold(read_page(structs.replace(shown, body=body_shown.encode())))


@pytest.mark.parametrize("lose", [delete, throw_away])
def test_what_is_gone_there_is_not_made_anew_by_itself(
    wordpress: Site, edition: Edition, lose: Callable[[Site, Known], None]
) -> None:
    target, rows = make_target(wordpress), Rows(wordpress, edition.submission)
    known = take(target.publish(make_article(edition), None))
    lose(wordpress, known)
    refused = correct(target, edition, known)
    assert isinstance(refused, Refused) and refused.code == "gone_on_site"
    assert rows.posts("publish") == []
    again = take(correct(target, edition, known, overwrite=True))
    assert look(NEIGHBOUR, again.url, [AFTER]) == "seen"
    assert len(rows.posts("publish")) == 1


def test_what_was_thrown_away_before_its_answer_came_is_not_made_anew(
    wordpress: Site, edition: Edition
) -> None:
    target = make_target(wordpress)
    throw_away(wordpress, take(target.publish(make_article(edition), None)))
    refused = target.publish(make_article(edition), None)
    assert isinstance(refused, Refused) and refused.code == "gone_on_site"


def make_double(site: Site, edition: Edition) -> None:
    body = {"slug": edition.slug, "title": edition.headline, "status": "publish"}
    made = make_target(site).rest.post("wp/v2/posts", body).read(dict[str, object])
    assert str(made["slug"]).startswith(edition.slug)


def test_of_two_the_lower_id_stays(wordpress: Site, edition: Edition) -> None:
    target, rows = make_target(wordpress), Rows(wordpress, edition.submission)
    make_double(wordpress, edition)
    make_double(wordpress, edition)
    low, high = rows.posts("publish")
    outcome = target.publish(make_article(edition), None)
    assert isinstance(outcome, Delivered) and outcome.doubles == 1
    assert outcome.known.external_id == str(low)
    assert (rows.posts("publish"), rows.posts("draft")) == ([low], [high])
    again = target.publish(make_article(edition), outcome.known)
    assert isinstance(again, Delivered) and again.doubles == 0


def test_a_double_is_taken_down_too(wordpress: Site, edition: Edition) -> None:
    target, rows = make_target(wordpress), Rows(wordpress, edition.submission)
    known = take(target.publish(make_article(edition), None))
    make_double(wordpress, edition)
    take(target.take_down(make_article(edition, "take_down"), known))
    assert rows.posts("publish") == []
    assert look_gone(NEIGHBOUR, known.url, edition.headline) == "gone"


@pytest.mark.parametrize("lose", [delete, throw_away])
def test_what_is_gone_already_is_down(
    wordpress: Site, edition: Edition, lose: Callable[[Site, Known], None]
) -> None:
    target = make_target(wordpress)
    known = take(target.publish(make_article(edition), None))
    lose(wordpress, known)
    take(target.take_down(make_article(edition, "take_down"), known))


def test_a_foreign_edit_stays_when_it_is_taken_down(wordpress: Site, edition: Edition) -> None:
    target = make_target(wordpress)
    known = take(target.publish(make_article(edition), None))
    FOREIGN["text"](wordpress, known)
    take(target.take_down(make_article(edition, "take_down"), known))
    rows = wordpress.ask(f"SELECT post_content FROM wp_posts WHERE ID={known.external_id}")
    assert rows == [["<p>Diubah di situs.</p>"]]


def test_a_category_is_never_made(wordpress: Site, edition: Edition) -> None:
    target, rows = make_target(wordpress), Rows(wordpress, edition.submission)
    refused = target.publish(make_article(structs.replace(edition, category="warta")), None)
    assert refused == Refused(code="no_category", detail="warta")
    assert (rows.posts(), rows.photos()) == ([], [])
    fitting = structs.replace(edition, category="Pengumuman & Agenda")
    take(target.publish(make_article(fitting), None))


def test_tags_that_are_there_are_taken_whatever_their_case(
    wordpress: Site, edition: Edition
) -> None:
    new = f"Baru {secrets.token_hex(4)}"
    tags = structs.replace(edition, tags=("Air & Sanitasi", "Kalbar"))
    known = take(make_target(wordpress).publish(make_article(tags), None))
    other = number_edition(f"W-2026-{10**9 + secrets.randbelow(10**9)}")
    other = structs.replace(other, tags=("air & sanitasi", new))
    theirs = take(make_target(wordpress, user="wartawan").publish(make_article(other), None))
    joined = "JOIN wp_term_taxonomy x USING (term_taxonomy_id) JOIN wp_terms t USING (term_id)"
    found = [
        wordpress.ask(
            f"SELECT name FROM wp_term_relationships {joined}"
            f" WHERE taxonomy='post_tag' AND object_id={each.external_id} ORDER BY name"
        )
        for each in (known, theirs)
    ]
    assert found == [[["Air &amp; Sanitasi"], ["Kalbar"]], [["Air &amp; Sanitasi"], [new]]]


@pytest.mark.parametrize(
    ("user", "password", "code"),
    [
        ("penulis", None, "not_allowed"),
        ("redaksi", "wrong", "login_refused"),
        ("nobody", "wrong", "login_refused"),
        ("redaksi", "", "login_refused"),
    ],
)
def test_who_may_not_write_is_refused(
    wordpress: Site, edition: Edition, user: str, password: str | None, code: str
) -> None:
    known = wordpress.passwords.get(user, "") if password is None else password
    target = WordPress.at("situs", wordpress.url, user, known, NEIGHBOUR)
    refused = target.publish(make_article(edition), None)
    assert isinstance(refused, Refused) and refused.code == code


def test_a_post_that_was_cut_is_looked_up_a_minute_later(wordpress: Site, edition: Edition) -> None:
    with cutting(wordpress) as cutter:
        cutter.mutes = b"POST /?rest_route=%2Fwp%2Fv2%2Fposts"
        outcome = make_target(wordpress, cutter.url).publish(make_article(edition), None)
        cutter.wait()
    assert isinstance(outcome, NotNow) and outcome.retry_after == CUT_REST == timedelta(seconds=60)


def test_kills_and_cuts_leave_one_post_and_one_attachment_a_photo(wordpress: Site) -> None:
    """A twentieth of `make drill ARGS=publish`; another part is in test_letters_under_fire."""
    score = attack(wordpress, faults=25, first=10_000, seed=13)
    assert score.wrong == []
    assert score.faults >= 25 and score.kills >= 5
