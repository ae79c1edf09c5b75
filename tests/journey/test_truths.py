"""What pages, queue and letters say is so: when it came, who was told, what was asked."""

from datetime import timedelta
from typing import Literal

import msgspec

from desk.demo.makers import mail, photo
from desk.demo.post import part
from desk.demo.samples import ANDI
from desk.presentation.queue_site import publish_queue
from redaksi.text import locale
from tests.journey.scene import SUBJECT, Scene, first, naskah, only, reply, word_of

DAY = timedelta(days=1)
ASKED = "Apakah foto <b>boleh</b> menyusul?\n"


def in_mode(scene: Scene, mode: Literal["draft", "off"]) -> None:
    config = scene.on.app.config
    reply = msgspec.structs.replace(config.reply, mode=mode)
    app = msgspec.structs.replace(scene.on.app, config=msgspec.structs.replace(config, reply=reply))
    scene.on = msgspec.structs.replace(scene.on, app=app)


def page_of(scene: Scene) -> str:
    publish_queue(scene.app, force=True)
    folder = scene.app.config.queue_folder
    return (folder / scene.row().number / "index.html").read_text()


def index_of(scene: Scene) -> str:
    publish_queue(scene.app, force=True)
    return (scene.app.config.queue_folder / "index.html").read_text()


def test_an_outage_of_ours_is_not_hidden(scene: Scene) -> None:
    came = scene.now.replace(microsecond=0)
    scene.on.deliver(first(), came)
    scene.now += 9 * DAY
    scene.round()
    assert scene.row().received_at == came
    letter = part(only(scene.letters()), "text/plain")
    days = scene.app.config.zone
    assert locale.format_day((scene.now + 14 * DAY).astimezone(days).date(), "id") in letter


def test_what_is_asked_beside_the_files_calls_an_editor(scene: Scene) -> None:
    scene.hand_in(mail(ANDI, SUBJECT, ASKED, [("Warta Palu.docx", naskah())]))
    row = scene.row()
    assert (row.state, set(row.attention.flags)) == ("revising", {"message"})
    assert row.written == "Apakah foto <b>boleh</b> menyusul?"
    assert row.number in index_of(scene)
    assert "Apakah foto &lt;b&gt;boleh&lt;/b&gt; menyusul?" in page_of(scene)


def test_what_asks_nothing_is_shown_and_calls_nobody(scene: Scene) -> None:
    scene.hand_in(first())
    assert (scene.row().state, set(scene.row().attention.flags)) == ("revising", set())
    assert "Mohon diterima naskah kami." in page_of(scene)


def test_what_was_asked_is_seen_before_what_came_later(scene: Scene) -> None:
    scene.hand_in(mail(ANDI, SUBJECT, ASKED, [("Warta Palu.docx", naskah())]))
    asked = only(scene.letters())
    scene.hand_in(reply(asked, "Ini fotonya.\n", ("IMG_3001.jpg", photo(1600, 1200, 4))))
    assert scene.row().written.startswith("Apakah foto")
    assert "Ini fotonya." in page_of(scene)


def test_in_draft_mode_a_letter_waits_under_what_needs_doing(scene: Scene) -> None:
    in_mode(scene, "draft")
    scene.hand_in(first())
    row = scene.row()
    assert (row.state, set(row.attention.flags)) == ("revising", {"letter"})
    index = index_of(scene)
    assert row.number in index
    assert "masih konsep; kontributor belum diberi tahu" in index
    assert "Menunggu perbaikan" not in index
    assert f"redaksi letters send {row.letters[0].id}" in page_of(scene)


def test_without_letters_nobody_is_said_to_have_been_told(scene: Scene) -> None:
    in_mode(scene, "off")
    scene.hand_in(first())
    assert scene.row().letters == ()
    assert "Tidak ada surat yang ditulis kepada kontributor" in page_of(scene)


def test_an_editors_withdrawal_is_not_the_contributors(scene: Scene) -> None:
    scene.hand_in(first())
    scene.letters()
    word_of(scene, "withdraw", editor="Nina")
    page = page_of(scene)
    assert "Redaktur menarik naskah" in page
    assert "Kontributor menarik naskah" not in page
    assert "Nina" in page


def test_a_contributors_withdrawal_is_his_own(scene: Scene) -> None:
    scene.hand_in(first())
    scene.hand_in(reply(only(scene.letters()), "BATAL\n"))
    assert "Kontributor menarik naskah" in page_of(scene)


def test_a_pass_that_brought_nothing_changes_the_index_alone(scene: Scene) -> None:
    scene.hand_in(first())
    folder = scene.app.config.queue_folder
    before = {file: file.read_bytes() for file in folder.rglob("*.html")}
    scene.now += timedelta(minutes=1)
    scene.round()
    changed = {file for file, content in before.items() if file.read_bytes() != content}
    assert changed == {folder / "index.html"}
