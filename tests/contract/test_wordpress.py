"""What only a WordPress does: foreign hands, trash, doubles, rights, its own ways of refusing."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec import structs

from publisher.articles.edition import Block, Edition, Span
from publisher.targets.http import CUT_REST, Response
from publisher.targets.page import find_expected, fold, look, look_gone, read_page
from publisher.targets.target import Delivered, Known, NotNow, Outcome, Refused
from publisher.targets.wordpress import WordPress
from tests.editions import make_article, make_photos
from tests.listener import Asked, answer, listening
from tests.wordpress import Site
from tests.wp_deaths import attack
from tests.wp_target import NEIGHBOUR, Rows, cutting, make_target, make_true_photos, number_edition

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


# ── sites that answer otherwise ───────────────────────────────────────────────────────────────────

CREATED = {"id": 7, "status": "publish", "link": "https://x.example/7", "modified_gmt": "x"}


def says(asked: Asked, **differs: bytes) -> bytes:
    """A site where nothing is yet; `differs` by the last word of the route, "post" for a new post."""
    route = asked.path.partition("rest_route=")[2].partition("&")[0].rpartition("%2F")[2]
    if asked.method == "POST" and route == "posts":
        return differs.get("post", answer(json.dumps(CREATED).encode(), "201 Created"))
    if route in differs:
        return differs[route]
    if route == "categories":
        return answer(b'[{"id":3,"name":"Warta"}]')
    return answer(b'{"id":5,"name":"x"}' if route == "tags" else b"[]")


WARNING = b"<br />\n<b>Warning</b>:  Undefined array key [x] in a.php\n"
HTML = b"<html>Situs sedang diperbarui [sebentar] {x}</html>"


@pytest.mark.parametrize(
    ("differs", "code"),
    [
        ({}, "delivered"),
        ({"post": answer(WARNING + json.dumps(CREATED).encode(), "201 Created")}, "delivered"),
        ({"categories": answer(b'\xef\xbb\xbf[{"id":3,"name":"Warta"}]<!-- cached -->')}, "delivered"),
        ({"post": answer(json.dumps({**CREATED, "status": "pending"}).encode())}, "not_allowed"),
        ({"post": answer(json.dumps({**CREATED, "status": "future"}).encode())}, "not_allowed"),
        ({"post": answer(HTML)}, "server_error"),
        ({"post": answer(b"", "504 Gateway Timeout")}, "server_error"),
        ({"post": answer(b"", "301 Moved", "Location: https://www.x.example/")}, "rejected"),
        ({"post": answer(b'{"code":"rest_cannot_publish"}', "403 Forbidden")}, "not_allowed"),
        ({"posts": answer(HTML)}, "rejected"),
        ({"posts": answer(b'{"a":1}')}, "rejected"),
        ({"posts": answer(b"[" * 100_000)}, "rejected"),
        ({"categories": answer(b"no", "404 Not Found")}, "rejected"),
        ({"categories": answer(b"", "503 Later", "Retry-After: 90")}, "throttled"),
        ({"categories": answer(b"[]")}, "no_category"),
        ({"categories": b"HTTP/1.1 200 OK\r\n\r\n[{"}, "unreachable"),
        ({"categories": b"HTTP/1.1 200 OK\r\n\r\n"}, "unreachable"),
        ({"categories": b"HTTP/1.1 400 No\r\n\r\n{"}, "unreachable"),
        ({"tags": answer(b'{"code":"term_exists","data":{"term_id":"9"}}', "400 No")}, "delivered"),
        ({"tags": answer(b'{"code":"term_exists","data":[]}', "400 No")}, "rejected"),
    ],
)  # fmt: skip
def test_a_site_may_answer_otherwise(
    edition: Edition, differs: dict[str, bytes], code: str
) -> None:
    plain = structs.replace(edition, photos=())
    with listening(lambda asked: says(asked, **differs)) as site:
        target = WordPress.at("situs", site.url(""), "u", "p", NEIGHBOUR)
        outcome = target.publish(make_article(plain), None)
    assert (outcome.code if isinstance(outcome, NotNow | Refused) else "delivered") == code


def test_a_tag_that_may_not_be_made_is_left_out(edition: Edition) -> None:
    """It is no reason to keep an article from its readers."""

    def refuse(asked: Asked) -> bytes:
        if asked.method == "POST" and "tags" in asked.path:
            return answer(b'{"code":"rest_cannot_create"}', "403 Forbidden")
        found = answer(b'[{"id":8,"name":"kalbar"},{"id":9,"name":"Kalbar Raya"}]')
        return says(asked, tags=found)

    with listening(refuse) as site:
        target = WordPress.at("situs", site.url(""), "u", "p", NEIGHBOUR)
        plain = structs.replace(edition, photos=(), tags=("Kalbar", "Sungai"))
        take(target.publish(make_article(plain), None))
    sent = json.loads(next(each.body for each in site.asked if b'"status"' in each.body))
    assert sent["tags"] == [8]


def test_no_date_is_sent_for_we_own_the_clock(edition: Edition) -> None:
    with listening(says) as site:
        target = WordPress.at("situs", site.url("/blog/"), "u", "p", NEIGHBOUR)
        target.publish(make_article(structs.replace(edition, photos=())), None)
    sent = json.loads(next(each.body for each in site.asked if b'"status"' in each.body))
    assert set(sent) == {
        "title", "content", "slug", "excerpt", "categories", "tags", "featured_media", "status",
    }  # fmt: skip
    assert all(each.path.startswith("/blog/?rest_route=") for each in site.asked)


def test_kills_and_cuts_leave_one_post_and_one_attachment_a_photo(wordpress: Site) -> None:
    """A twentieth of `make drill ARGS=publish`; another part is in test_letters_under_fire."""
    score = attack(wordpress, faults=25, first=10_000, seed=13)
    assert score.wrong == []
    assert score.faults >= 25 and score.kills >= 5
