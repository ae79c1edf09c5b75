"""The wheel works outside the checkout: templates, migrations, sample document and console
script inside."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desk.demo.samples import samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def elsewhere(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=unpacked.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_holds_the_five_rooms_and_what_they_need(unpacked: Path) -> None:
    rooms = {"redaksi", "ingest", "validators", "publisher", "desk"}
    assert rooms <= {path.name for path in unpacked.iterdir()}
    assert (
        not {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
        - rooms
    )
    assert (unpacked / "redaksi/templates/letters/id/revise.j2").is_file()
    assert (unpacked / "redaksi/templates/web/queue.html.j2").is_file()
    assert (unpacked / "redaksi/catalog/id.toml").is_file()
    assert (unpacked / "redaksi/catalog/en.toml").is_file()
    assert list((unpacked / "desk/store/migrations/versions").glob("*.py"))


def test_what_is_imported_is_the_wheels(unpacked: Path) -> None:
    told = elsewhere(
        unpacked, "-c", "import redaksi, validators; print(redaksi.__file__, validators.__file__)"
    )
    assert told.stdout.count(str(unpacked)) == 2


def test_it_judges_a_mail_and_opens_a_store(unpacked: Path) -> None:
    mail = unpacked.parent / "mail.eml"
    mail.write_bytes(next(s for s in samples() if s.name == "huruf-spasi-foto-kecil").raw)
    told = elsewhere(unpacked, "-m", "desk.cli", "check", str(mail))
    assert told.returncode == 1, told.stderr
    assert "Calibri 11" in told.stdout
    opened = elsewhere(
        unpacked,
        "-c",
        "from desk.store import open_store; open_store('sqlite:///x.db').close();"
        "from publisher.letters.proofread import load; load(); print('open')",
    )
    assert opened.stdout.strip() == "open", opened.stderr
