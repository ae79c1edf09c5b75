"""An article's whole way at the desk, in a browser without a script and in one with it: from the
mailbox in Dovecot to its readers, and every letter that left on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import urllib3

from desk.demo.makers import photo
from desk.demo.post import part
from desk.store.editors import accounts
from desk.store.publications import decisions
from redaksi import catalog
from redaksi.config.publish import Publish, PublishTarget
from redaksi.model import Language
from tests.chromium import enter, launched
from tests.desk_form import read_form, send_form
from tests.desk_web import OWN, Browser, Page, add_account, served, signed_in
from tests.journey.scene import TITLE, Scene, first, naskah, only, reply, settled
from tests.listener import answer, listening

NINA = "nina@example.org"
GREETING = "Salam hangat dari meja redaksi."
CAPTION = "Warga Talise meratakan beton bersama-sama."


class Office(msgspec.Struct):
    """The scene's desk, and an editor whose browser runs no script."""

    scene: Scene
    nina: Browser
    language: Language

    @property
    def number(self) -> str:
        return self.scene.row().number

    @property
    def page(self) -> str:
        return f"/kiriman/{self.number}"

    def say(self, section: str, key: str, **facts: object) -> str:
        return catalog.load(self.language).say(section, key, **facts)

    def open(self, path: str) -> Page:
        page = self.nina.get(path)
        assert page.status == 200, page.text
        return page

    def send(self, path: str, action: str, **typed: Any) -> Page:
        """A form of a page, sent; what comes of it."""
        return send_form(self.nina, self.open(path), action, **typed)

    def decide(self, ending: str = "", **typed: Any) -> None:
        """A decision: its letter is read, gets an `ending` of her own, and goes."""
        action = f"{self.page}/putuskan"
        shown = self.send(self.page, action, **typed)
        assert shown.status == 200 and "sidik" in read_form(shown, action), shown.text
        letter = read_form(shown, action)["teks"][0]
        words = {"teks": f"{letter.rstrip()}\n\n{ending}\n"} if ending else {}
        answered = send_form(self.nina, shown, action, **words)
        assert answered.status == 303, answered.text

    def letter(self) -> str:
        """The one letter that leaves once it can be taken back no more, as the SMTP server has it."""
        self.scene.now += timedelta(minutes=1)
        self.scene.round()
        return part(only(self.scene.letters()), "text/plain")


@contextmanager
def at_the_desk(scene: Scene, language: Language = "id") -> Iterator[Office]:
    target = PublishTarget(id="situs", kind="copy", private=True)
    config = msgspec.structs.replace(scene.on.app.config, publish=Publish(target=(target,)))
    scene.on = msgspec.structs.replace(
        scene.on, app=msgspec.structs.replace(scene.on.app, config=config)
    )
    account = add_account(scene.app, NINA, "editor", "Nina Razad")
    with scene.app.store.begin() as tx:
        accounts.change(tx, msgspec.structs.replace(account, language=language))
    with served(scene.app) as base:
        yield Office(scene, signed_in(base, NINA), language)


def take(office: Office) -> None:
    """From the queue, by the button of its row."""
    taken = office.send("/antrean", "/antrean/ambil", satu=office.number)
    assert taken.status == 303
    assert office.number in office.open("/antrean?tampilan=saya").text
    assert office.say("desk.queue", "you") in office.open("/antrean?tampilan=saya").text


def name_moment(office: Office, minutes: float) -> dict[str, str]:
    local = (office.scene.now + timedelta(minutes=minutes)).astimezone(office.scene.app.config.zone)
    return {"tanggal": f"{local:%Y-%m-%d}", "pukul": f"{local:%H:%M}"}


def send_again(office: Office, letter: Any, *captions: str) -> None:
    """The contributor answers a letter with another article."""
    mended = ("Warta Palu.docx", naskah(captions=list(captions)))
    office.scene.hand_in(reply(letter, "Sudah kami perbaiki.\n", mended))


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_article_goes_from_its_mail_to_its_readers(scene: Scene, language: Language) -> None:
    settled(scene)
    with at_the_desk(scene, language) as office:
        take(office)
        compared = office.open(f"{office.page}/banding").text
        assert (
            office.say("desk.compare", "title", a=1, b=2) in compared and "IMG_3001.jpg" in compared
        )

        office.decide(GREETING, keputusan="kembalikan", permintaan="Siapa ketua BKM-nya?")
        scene.now += timedelta(minutes=1)
        scene.round()
        asked = only(scene.letters())
        text = part(asked, "text/plain")
        assert office.number in text and "Siapa ketua BKM-nya?" in text and GREETING in text

        send_again(office, asked, "IMG_3001.jpg: Warga dan ketua BKM meratakan beton.")
        scene.letters()
        assert scene.row().latest_revision == 3
        assert "<ins" in office.open(f"{office.page}/banding?dari=2&ke=3").text

        confirm_captions(office)
        office.decide(keputusan="jadwalkan", **name_moment(office, 30))
        assert office.number in office.letter()
        give_address(office)


def confirm_captions(office: Office) -> None:
    """Hers is the caption that is printed."""
    fields = read_form(office.open(office.page), f"{office.page}/foto")
    caption = next(name for name in fields if name.startswith("keterangan-"))
    typed: dict[str, Any] = {caption: CAPTION}
    typed[caption.replace("keterangan", "benar")] = "1"
    assert office.send(office.page, f"{office.page}/foto", **typed).status == 303
    assert CAPTION in office.open(office.page).text


def give_address(office: Office) -> None:
    """It is due, somebody has set it, and its page is seen: the contributor is told."""
    office.scene.now += timedelta(minutes=40)
    office.scene.round()
    with listening(lambda _: answer(f"<h1>{TITLE}</h1>".encode())) as site:
        office.decide(keputusan="tayang", tautan=site.url("/warta"))
        assert site.url("/warta") in office.letter()
    assert office.scene.row().state == "published"
    assert site.url("/warta") in office.open(office.page).text


def test_what_must_be_mended_is_set_aside_with_a_reason(scene: Scene) -> None:
    scene.hand_in(first())  # its photo is too small
    scene.letters()
    with at_the_desk(scene) as office:
        moment = name_moment(office, 30)
        action, wanted = f"{office.page}/putuskan", {"keputusan": "jadwalkan", **moment}
        refused = office.send(office.page, action, **wanted)
        assert refused.status == 422 and "Masih ada 1 temuan wajib" in refused.text
        office.decide(alasan="Foto aslinya hilang.", **wanted)
        assert office.number in office.letter()
        assert "Foto aslinya hilang." in office.open(office.page).text
        with scene.app.store.read() as tx:
            (kept,) = decisions.of_submission(tx, scene.row().id)
        assert [each["reason"] for each in kept.overrides] == ["Foto aslinya hilang."]


def test_a_stray_mail_is_paired(scene: Scene) -> None:
    scene.hand_in(first())
    private = ("Andi Tenri", "andi.pribadi@mail.example")
    big = ("foto besar.jpg", photo(1600, 1200, 4))
    scene.hand_in(reply(only(scene.letters()), "Ini fotonya.\n", big, sender=private))
    stray = next(row.number for row in scene.rows() if row.doubts)
    with at_the_desk(scene) as office:
        path = f"/kiriman/{stray}"
        asked = office.send(path, f"{path}/pasangkan", calon="W-2026-0001")
        assert asked.status == 303
        scene.round()
    (kept,) = [row for row in scene.rows() if row.number == "W-2026-0001"]
    assert kept.latest_revision == 2


def test_what_came_by_whatsapp_is_taken_in_and_answered_by_an_editor_alone(scene: Scene) -> None:
    with at_the_desk(scene) as office:
        taken = hand_over(office)
        assert taken.status == 303 and taken.location.startswith("/masukkan/")
        scene.round()
        assert office.nina.get(taken.location).location == office.page
        assert scene.row().source == "import"
        assert scene.letters() == []  # nobody vouches for the address
        office.decide(keputusan="kembalikan", permintaan="Siapa ketua BKM-nya?")
        assert "Siapa ketua BKM-nya?" in office.letter()


def hand_over(office: Office) -> Page:
    """The form of what came by no mail, with an article and its photo."""
    fields = read_form(office.open("/masukkan"), "/masukkan")
    typed = {"nama": ["Andi Tenri"], "alamat": ["andi@kontributor.example"], "lewat": ["whatsapp"]}
    files = [
        ("berkas", ("Warta Palu.docx", naskah())),
        ("berkas", ("IMG_3001.jpg", photo(800, 600, 4))),
    ]
    plain = [
        (name, value)
        for name, values in (fields | typed).items()
        for value in values
        if name != "berkas"
    ]
    body, kind = urllib3.encode_multipart_formdata([*plain, *files])
    return office.nina.ask("POST", "/masukkan", body=body, headers={"Content-Type": kind, **OWN})


def test_the_same_with_the_script(scene: Scene) -> None:
    """In Chromium: taken, returned with words of her own, scheduled."""
    settled(scene)
    with launched() as chromium, at_the_desk(scene) as office:
        # so narrow that no letter stands beside the form: its page comes first
        context = chromium.new_context(viewport={"width": 800, "height": 900})
        page = enter(context, office.nina)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{office.nina.base}/antrean")
        page.click("button[name=satu]")
        page.goto(office.nina.base + office.page)
        page.check("#keputusan-kembalikan")
        page.fill("#permintaan-1", "Siapa ketua BKM-nya?")
        page.click("#putusan button.primary")
        page.click("details summary")
        letter = page.locator("textarea[name=teks]")
        letter.fill(f"{letter.input_value()}\n\n{GREETING}")
        page.click("p.acts button.primary")
        page.wait_for_url(lambda url: "putuskan" not in url)
        text = office.letter()
        assert "Siapa ketua BKM-nya?" in text and GREETING in text
        assert faults == []
