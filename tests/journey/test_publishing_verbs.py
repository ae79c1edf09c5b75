"""From a mail to the published letter, a correction and taking down, by the editor's commands alone; the
article stands in a folder."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing, part
from tests.journey.test_commands import House

REF = "W-2026-0001"


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def desk(tmp_path: Path, dovecot_server: dovecot.Dovecot, box: Letterbox) -> Iterator[House]:
    """A submission that is ready; letters leave at once."""
    (tmp_path / "warta").mkdir()
    with capturing(box) as port:
        house = House(tmp_path, dovecot_server, port, mode="auto")
        target = (
            f'[[publish.target]]\nid = "arsip"\nkind = "folder"\nfolder = "{tmp_path / "warta"}"\n'
        )
        house.path.write_text(
            house.path.read_text() + 'undo = "0s"\nper_sender_per_day = 20\n' + target
        )
        house.deliver("lengkap")
        assert house.run("poll", "--once").exit_code == 0
        yield house


def run(desk: House, *arguments: str) -> str:
    done = desk.run(*arguments)
    assert done.exit_code == 0, done.output
    return done.output


def place(desk: House) -> Path:
    return desk.folder / "warta/2026" / REF


def news(desk: House) -> dict[str, object]:
    read: dict[str, object] = json.loads((place(desk) / "warta.json").read_text("utf-8"))
    return read


def arrived(box: Letterbox) -> list[str]:
    """The letters, by what each says first."""
    letters = [message_from_bytes(letter.content) for letter in box.letters]
    return [" ".join(part(letter, "text/plain").split()) for letter in letters]


def schedule(desk: House) -> None:
    told = run(
        desk, "decide", REF, "schedule", "--on", "now", "--editor", "Nina", "--initials", "EPN"
    )
    assert "hari itu tidak ada naskah lain" in told


def test_a_mail_becomes_an_article_is_corrected_and_taken_down(desk: House, box: Letterbox) -> None:
    schedule(desk)
    assert "menunggu jam tayang" in run(desk, "publications")
    run(desk, "poll", "--once")
    assert news(desk)["pubStatus"] == "usable"
    (place(desk) / "foto-1.jpg").stat()
    letter = arrived(box)[-1]
    assert "sudah tayang" in letter
    assert "http" not in letter
    listed = run(desk, "publications")
    assert f"{REF}  arsip · tayang" in " ".join(listed.splitlines()[0:1])

    told = run(
        desk,
        "correct",
        REF,
        "--headline",
        "Judul yang Benar",
        "--reason",
        "Salah nama desa.",
        "--tell",
    )
    assert "edisi 2" in told
    before = len(box.letters)
    run(desk, "poll", "--once")
    assert "Judul yang Benar" in (place(desk) / "warta.md").read_text("utf-8")
    assert len(box.letters) == before + 1
    assert "Judul : Judul yang Benar" in arrived(box)[-1]
    assert "Judul yang Benar" in run(desk, "publications")

    run(desk, "takedown", REF, "--reason", "Diminta warga.", "--editor", "Nina")
    assert len(box.letters) == before + 1
    run(desk, "poll", "--once")
    assert news(desk)["pubStatus"] == "canceled"
    assert sorted(file.name for file in place(desk).iterdir()) == ["warta.json"]
    assert "bukan atas permintaan" in arrived(box)[-1]
    (row,) = json.loads(run(desk, "publications", "--json"))
    assert (row["state"], row["wanted"], row["number"]) == ("down", "down", REF)


def test_a_dry_run_names_the_steps_and_touches_nothing(desk: House) -> None:
    run(desk, "decide", REF, "schedule", "--on", "2027-01-04T09:00")
    before = run(desk, "publications", "--json")
    told = run(desk, "publish", REF, "--dry-run")
    assert "arsip  menulis folder baru" in told
    assert "2 foto" in " ".join(told.split()) or "foto," in told
    assert not place(desk).exists()
    assert run(desk, "publications", "--json") == before


def test_what_a_folder_would_hold_is_written_before_anything_is_decided(desk: House) -> None:
    out = desk.folder / "contoh"
    told = run(desk, "publish", REF, "--out", str(out))
    assert (out / "2026" / REF / "warta.html").is_file()
    assert str(out / "2026") in told
    assert "0 penayangan" in run(desk, "publications")


def test_a_folder_that_is_not_there_says_what_helps_and_is_tried_again(
    desk: House, box: Letterbox
) -> None:
    (desk.folder / "warta").rmdir()
    schedule(desk)
    run(desk, "poll", "--once")
    listed = run(desk, "publications", "--failed")
    assert "gagal tayang" in listed
    assert "berkasnya tidak dapat ditulis" in " ".join(listed.split())
    assert f"redaksi publish {REF} --target arsip --retry" in " ".join(listed.split())
    assert all(len(line) <= 80 for line in listed.splitlines() if "/" not in line)
    assert not any("sudah tayang" in letter for letter in arrived(box))
    (desk.folder / "warta").mkdir()
    run(desk, "publish", REF, "--retry")
    run(desk, "poll", "--once")
    assert news(desk)["pubStatus"] == "usable"
    assert "0 penayangan" in run(desk, "publications", "--failed")


def test_now_does_not_wait_for_the_hour_and_retry_does(desk: House) -> None:
    run(desk, "decide", REF, "schedule", "--on", "2027-01-04T09:00")
    again = desk.run("publish", REF, "--retry")
    assert (again.exit_code, place(desk).exists()) == (1, False)
    assert "tidak ada tujuan yang menunggu" in again.output
    run(desk, "publish", REF, "--now", "--editor", "Nina")
    run(desk, "poll", "--once")
    assert news(desk)["pubStatus"] == "usable"


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("publish", REF), 2, "pilih satu"),
        (("publish", REF, "--now", "--retry"), 2, "pilih satu"),
        (("publish", REF, "--dry-run", "--target", "lain"), 1, "arsip"),
        (("publish", REF, "--leave"), 1, "tidak ada tujuan"),
        (("publish", "W-2026-0099", "--now"), 1, "tidak ada kiriman"),
        (("correct", REF, "--reason", "Salah ketik."), 1, "--headline"),
        (("correct", REF, "--headline", "Lain", "--reason", "x"), 1, "--reason"),
        (("correct", REF, "--headline", "Lain", "--reason", "Salah ketik."), 1, "tidak dapat"),
        (("correct", REF, "--headline", "Lain", "--reason", "Salah.", "--initials", "e"), 1, "EPN"),
        (("takedown", REF), 1, "--reason"),
        (("takedown", REF, "--reason", "Diminta warga."), 1, "tidak dapat"),
    ],
)
def test_what_cannot_be_done_says_why(
    desk: House, arguments: tuple[str, ...], code: int, why: str
) -> None:
    told = desk.run(*arguments)
    assert (told.exit_code, why in told.output) == (code, True), told.output
