"""The wheel works outside the checkout: templates, migrations, sample document and console
script inside. Built again elsewhere, it and the source archive are the same bytes."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from desk.demo.samples import samples
from tests.unit.test_house import ROOMS, tracked
from tests.unit.test_links import links_of

ROOT = Path(__file__).resolve().parents[2]


def build(source: Path, out: Path) -> Path:
    """Wheel and source archive, each of the checkout. (A wheel that is built of the unpacked archive
    holds the same files in another order.)"""
    command = (sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel")
    subprocess.run(
        [*command, "--outdir", str(out), str(source)], cwd=source, check=True, capture_output=True
    )
    return out


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def unpacked(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(built / "site")
    return built / "site"


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


def test_the_wheel_holds_every_file_of_the_rooms(unpacked: Path) -> None:
    wanted = {
        ("redaksi/" if room == "templates" else "") + path.relative_to(ROOT).as_posix()
        for room in (*ROOMS, "templates")
        for path in tracked(f"{room}/*")
    }
    found = {
        path.relative_to(unpacked).as_posix()
        for path in unpacked.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in found if ".dist-info/" not in name} == wanted


def test_the_source_archive_holds_what_its_pages_link_to(built: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (top,) = tmp_path.iterdir()
    for page in ("README.md", "README.id.md", "CHANGELOG.md"):
        for link in links_of((top / page).read_text("utf-8")):
            path = link.partition("#")[0]
            assert ":" in link or not path or (top / path).exists(), f"{page}: {link}"
    assert (top / "config.example.toml").read_bytes() == (ROOT / "config.example.toml").read_bytes()


def test_built_elsewhere_at_another_time_it_is_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Another folder, other times and modes of the files."""
    source = tmp_path / "elsewhere"
    for path in (*tracked("*"), *tracked(".gitignore")):
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        copy.chmod(0o600)
        os.utime(copy, (86_400, 86_400))
    again = build(source, tmp_path / "again")
    names = sorted(path.name for path in again.iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["whl", "gz"]
    for name in names:
        assert (again / name).read_bytes() == (built / name).read_bytes(), name
