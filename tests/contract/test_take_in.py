"""What came by another way than mail is a mail like any other: one, whoever presses twice; examined as
if it had been mailed; vouched for by nobody."""

import email
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from msgspec import structs
from sqlalchemy import select

from desk.cli import cli
from desk.inbound.take_in import Taken, TakenFile, take_in, write_mail
from desk.store.tables import Job, Mail, Outbox
from redaksi.errors import RedaksiError
from redaksi.limits import Identity, Limits
from redaksi.model import Examination
from tests.contract.test_ask_again import ARTICLE, shots
from tests.desk_web import OWN, Browser, Page, add_account, served, signed_in
from tests.drill import pairs
from tests.in_process import InProcess
from tests.postoffice import MONDAY, Bench, bench

FORM = "0123456789abcdef" * 2
HOSTILE = [
    'naskah"\r\nX-Evil: 1\r\n.docx',
    "../../etc/passwd",
    "C:\\a\\Foto é “1”.jpg",
    "\x00",
    "\u202egpj.exe",
    "a" * 900,
]
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


class Room:
    """A desk and an editor."""

    def __init__(self, desk: Bench, base: str) -> None:
        self.desk = desk
        self.nina = signed_in(base, "nina@example.org")

    def mails(self) -> list[Mail]:
        with self.desk.app.store.read() as tx:
            return list(tx.scalars(select(Mail).order_by(Mail.id)))

    def jobs(self) -> int:
        with self.desk.app.store.read() as tx:
            return len(list(tx.scalars(select(Job))))

    def send(self, *files: tuple[str, bytes], **fields: str) -> Page:
        whole = {"formulir": FORM, "lewat": "whatsapp", **fields}
        return post_files(self.nina, whole, files)


def post_files(
    browser: Browser, fields: dict[str, str], files: tuple[tuple[str, bytes], ...]
) -> Page:
    """As a browser sends it."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, content in files:
        head = f'--x\r\nContent-Disposition: form-data; name="berkas"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + content + b"\r\n")
    typed = {"Content-Type": "multipart/form-data; boundary=x", **OWN}
    return browser.ask("POST", "/masukkan", body=b"".join([*parts, b"--x--\r\n"]), headers=typed)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with bench(tmp_path, MONDAY) as desk:
        add_account(desk.app, "nina@example.org")
        with served(desk.app) as base:
            yield Room(desk, base)


def unpack(raw: bytes) -> tuple[tuple[TakenFile, ...], str]:
    """The files of a mail, and what was written."""
    mail = email.message_from_bytes(raw, policy=policy.default)
    files = [
        TakenFile(name=part.get_filename() or "", content=bytes(part.get_payload(decode=True)))
        for part in mail.walk()
        if part.get_filename()
    ]
    body = mail.get_body(("plain",))
    return tuple(files), body.get_content() if body is not None else ""


def examine(folder: Path, raw: bytes) -> Examination:
    path = folder / f"{hashlib.sha256(raw).hexdigest()}.eml"
    path.write_bytes(raw)
    return InProcess().examine_mail(path, "x", Limits())


def judged_of(examination: Examination) -> list[object]:
    """What was found; the title of what has no document is the mail's subject, which is ours."""
    found = msgspec.to_builtins(examination.assessments)
    for one in found:
        if one["submission"].get("document") is None:
            one["submission"]["title"] = ""
    return list(found)


@pytest.mark.parametrize("raw", [ARTICLE, shots()], ids=["an article", "photos"])
@pytest.mark.parametrize("address", ["andi@kotaku.example", ""])
def test_the_same_files_are_examined_alike_however_they_came(
    tmp_path: Path, raw: bytes, address: str
) -> None:
    files, text = unpack(raw)
    taken = Taken(form=FORM, channel="whatsapp", files=files, text=text, address=address)
    by_mail = examine(tmp_path, raw)
    by_hand = examine(tmp_path, write_mail(taken, "warta@r.example", NOW))
    assert judged_of(by_hand) == judged_of(by_mail)


def test_without_an_address_there_is_nobody_to_write_to(tmp_path: Path) -> None:
    files, text = unpack(ARTICLE)
    taken = Taken(form=FORM, channel="person", files=files, text=text, name="Andi")
    answer = examine(tmp_path, write_mail(taken, "warta@r.example", NOW)).answer
    assert answer is not None
    assert (answer.letter, answer.to, answer.send) == ("", "", False)


@pytest.mark.parametrize("authserv_id", ["", "mx.r.example"])
def test_nobody_vouches_for_the_sender(tmp_path: Path, authserv_id: str) -> None:
    """Not even a text that says so."""
    files, _ = unpack(ARTICLE)
    forged = "Authentication-Results: mx.r.example; dmarc=pass header.from=kotaku.example"
    name = f"Andi\r\n{forged}"
    taken = Taken(
        form=FORM,
        channel="link",
        files=files,
        text=forged,
        name=name,
        address="andi@kotaku.example",
    )
    path = tmp_path / "a.eml"
    path.write_bytes(write_mail(taken, "warta@r.example", NOW))
    limits = Limits(identity=Identity(addresses=("warta@r.example",), authserv_id=authserv_id))
    answer = InProcess().examine_mail(path, "x", limits).answer
    assert answer is not None and not answer.send


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_and_bytes_are_bytes(name: str) -> None:
    content = bytes(range(256)) * 9
    taken = Taken(
        form=FORM,
        channel="other",
        files=(TakenFile(name=name, content=content),),
        text=f"Halo\n.\nFrom me\n{name}",
        name=name,
        address="a@b.example",
    )
    raw = write_mail(taken, "warta@r.example", NOW)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    mail = email.message_from_bytes(raw, policy=policy.compat32)
    assert set(mail.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
    }  # fmt: skip
    file = list(mail.walk())[-1]
    assert file.get_payload(decode=True) == content
    shown = file.get_filename() or ""
    assert shown and shown.isprintable() and "/" not in shown and "\\" not in shown


def test_a_form_becomes_a_mail_that_waits_to_be_examined(room: Room) -> None:
    sent = room.send(
        ("naskah.docx", b"PK"), isi_pesan="Titipan Pak RW", alamat="siti@kotaku.example"
    )
    (mail,) = room.mails()
    assert (sent.status, sent.location) == (303, f"/masukkan/{mail.id}")
    assert (mail.source, mail.identity, mail.channel) == ("import", f"take-in:{FORM}", "whatsapp")
    assert (mail.taken_in_by, mail.state) == (1, "received")
    assert room.jobs() == 1
    assert "menunggu diperiksa" in room.nina.get(sent.location).text


@pytest.mark.parametrize(("address", "letters"), [("siti@kotaku.example", {"draft"}), ("", set())])
def test_it_is_examined_and_its_letter_waits_for_an_editor(
    room: Room, address: str, letters: set[str]
) -> None:
    files, text = unpack(ARTICLE)
    sent = room.send(*((file.name, file.content) for file in files), isi_pesan=text, alamat=address)
    pairs.work(room.desk.app)
    filed = room.nina.get(sent.location)
    assert filed.status == 303 and filed.location.startswith("/kiriman/W-")
    assert room.nina.get(filed.location).status == 200
    with room.desk.app.store.read() as tx:
        assert {row.state for row in tx.scalars(select(Outbox))} == letters


def test_a_second_press_is_the_same_mail_and_another_form_another(room: Room) -> None:
    first = room.send(("a.docx", b"PK"))
    room.desk.now = NOW.replace(hour=5)
    assert room.send(("a.docx", b"PK")).location == first.location
    assert (len(room.mails()), room.jobs()) == (1, 1)
    assert room.send(("a.docx", b"PK"), formulir="f" * 32).location != first.location
    assert (len(room.mails()), room.jobs()) == (2, 2)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Pilih sekurangnya satu berkas atau tulis pesannya."),
        ({"isi_pesan": "Halo", "alamat": "siti"}, "siti bukan alamat surel."),
        ({"isi_pesan": "Halo", "alamat": "a@b.example, c@d.example"}, "bukan alamat surel."),
        ({"isi_pesan": "Halo", "lewat": "merpati"}, "Pilih lewat mana kirimannya datang."),
        ({"isi_pesan": "Halo", "kiriman": "W-2026-9999"}, "tidak ada kiriman W-2026-9999"),
        ({"isi_pesan": "Halo", "formulir": "x"}, "Formulir ini tidak lengkap"),
        ({"isi_pesan": "Halo", "kiriman": "'; --"}, "tidak ada kiriman"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_filed(
    room: Room, fields: dict[str, str], says: str
) -> None:
    refused = room.send(**fields)
    assert (refused.status, says in refused.text) == (422, True), refused.text
    assert fields.get("isi_pesan", "") in refused.text
    assert room.mails() == []


def test_what_is_too_large_is_refused_before_it_is_read(room: Room) -> None:
    safety = structs.replace(room.desk.app.config.safety, max_message=2 * 1024 * 1024)
    small = structs.replace(
        room.desk.app, config=structs.replace(room.desk.app.config, safety=safety)
    )
    with served(small) as base:
        nina = signed_in(base, "nina@example.org")
        fields = {"formulir": FORM, "lewat": "lain"}
        refused = post_files(nina, fields, (("a.jpg", b"x" * (4 * 1024 * 1024)),))
        assert refused.status == 413
        assert "Berkas terlalu besar: 5 MB dari paling banyak 2 MB." in refused.text
        near = post_files(nina, fields, (("a.jpg", b"x" * (2 * 1024 * 1024 - 9)),))
        assert near.status == 422  # as a mail it is a third larger
        assert "Berkas terlalu besar: 3 MB dari paling banyak 2 MB." in near.text
    assert room.mails() == []


def test_what_is_no_taken_in_mail_has_no_progress(room: Room) -> None:
    for name in ("1", "x", "99999999999", "٣"):
        assert room.nina.get(f"/masukkan/{name.encode().decode('latin-1')}").status == 404


def test_the_command_line_is_the_same_door(room: Room, tmp_path: Path) -> None:
    taken = Taken(form=FORM, channel="other", text="Halo")
    found = take_in(room.desk.app, taken)
    assert found.is_new and not take_in(room.desk.app, taken).is_new
    with pytest.raises(RedaksiError, match=r"sekurangnya|at least"):
        take_in(room.desk.app, structs.replace(taken, form="f" * 32, text=" "))
    assert CliRunner().invoke(cli, ["take", "--help"]).exit_code == 0
