"""What pages, queue and letters say is so: when it came, who was told, what was asked."""

from datetime import timedelta

from desk.demo.makers import mail, photo
from desk.demo.post import part
from desk.demo.samples import ANDI
from desk.presentation.queue_site import publish_queue
from redaksi.text import locale
from tests.journey.scene import SUBJECT, Scene, first, naskah, only, reply

DAY = timedelta(days=1)
ASKED = "Apakah foto <b>boleh</b> menyusul?\n"


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
