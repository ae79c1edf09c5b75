"""The same files by mail, by the form and at the command line: one examination."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import func, select

from desk.app import App
from desk.cli import cli
from desk.demo.config_file import leave_config
from desk.demo.makers import mail
from desk.store.tables import Mail
from redaksi.limits import Limits
from redaksi.model import Examination
from redaksi.text import clean
from tests.desk_web import OWN, Browser, add_account, served, signed_in
from tests.file_sets import FileSet
from tests.in_process import InProcess
from tests.postoffice import MONDAY, bench

SENDER = ("Andi", "andi@kontributor.example")


def find_differing(folder: Path, sets: Iterable[FileSet]) -> list[str]:
    """The sets of which the form or the command line makes another examination than a mail, and which
    of them."""
    found: list[str] = []
    with bench(folder / "desk", MONDAY) as on:
        add_account(on.app, "nina@example.org")
        path = folder / "config.toml"
        with leave_config(path, on.app.config, "rahasia"), served(on.app) as base:
            nina = signed_in(base, "nina@example.org")
            for number, each in enumerate(sets):
                by_mail = _examine(folder, _write_mail(each))
                post_set(nina, each, f"{number:032x}")
                if _look(_examine(folder, _newest(on.app))) != _look(by_mail):
                    found.append(f"{each.name}: form")
                _command(path, folder / f"{number}", each)
                if _look(_examine(folder, _newest(on.app))) != _look(by_mail):
                    found.append(f"{each.name}: command")
    return found


def _write_mail(each: FileSet) -> bytes:
    subject = clean.line(each.text, 80)
    return mail(SENDER, subject, each.text, [(file.name, file.content) for file in each.files])


def post_set(browser: Browser, each: FileSet, form: str) -> None:
    """As a browser sends it (RFC 7578; WHATWG, HTML, "multipart/form-data")."""
    fields = {
        "formulir": form,
        "lewat": "whatsapp",
        "alamat": SENDER[1],
        "nama": SENDER[0],
        "isi_pesan": each.text.replace("\n", "\r\n"),
    }
    head = "--x\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for file in each.files:
        called = file.name.replace('"', "%22")
        start = f'{head}"berkas"; filename="{called}"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(start.encode() + file.content + b"\r\n")
    typed = {"Content-Type": "multipart/form-data; boundary=x", **OWN}
    body = b"".join([*parts, b"--x--\r\n"])
    answer = browser.ask("POST", "/masukkan", body=body, headers=typed)
    assert answer.status == 303, answer.text


def _command(config: Path, folder: Path, each: FileSet) -> None:
    words = ["take", *_write_files(folder, each), "--config", str(config)]
    words += ["--from", SENDER[1], "--name", SENDER[0], "--text", each.text]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output


def _write_files(folder: Path, each: FileSet) -> Iterator[str]:
    """Each in a folder of its own, as two may have one name."""
    for at, file in enumerate(each.files):
        path = folder / f"{at}" / file.name
        path.parent.mkdir(parents=True)
        path.write_bytes(file.content)
        yield str(path)


def _newest(app: App) -> bytes:
    with app.store.read() as tx:
        blob = tx.scalar(
            select(Mail.blob).where(Mail.id == select(func.max(Mail.id)).scalar_subquery())
        )
    assert blob is not None
    return app.blobs.local_path(blob).read_bytes()


def _examine(folder: Path, raw: bytes) -> Examination:
    path = folder / "mail.eml"
    path.write_bytes(raw)
    return InProcess().examine_mail(path, "x", Limits())


def _look(examination: Examination) -> tuple[object, ...]:
    """All that is known of what was handed in: nothing of the header, which is ours."""
    return (
        examination.decision,
        examination.assessments,
        examination.others,
        examination.reason,
        examination.written.strip(),
        examination.asks,
    )
