"""A person's data, for the person: all of it, and nothing of anybody else's."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.cli import cli
from desk.store.people.belongings import plain_address
from desk.workflow.people.export import export
from redaksi.errors import RedaksiError
from tests import leaving
from tests.canaries import search

HERS = plain_address(leaving.ADDRESS)
# what others wrote before they sent it, or have not sent: it is of no submission, or not hers to have
NOT_GIVEN = {"kenariborang", "kenaripilihan", "kenarikredit", "kenarialt"}


def write(home: Path, url: str = "") -> Path:
    folder = home / "Siti"
    with leaving.town(home / "desk", url) as town:
        done = export(town.app, HERS, folder)
    assert (done.submissions, done.mails, done.files, done.missing) == (2, 4, 4, 0)
    return folder


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("export"))


def test_everything_of_hers_and_nothing_of_her_neighbours(database: str, tmp_path: Path) -> None:
    written = write(tmp_path, database)
    assert set(search(written, leaving.WORDS)) == set(leaving.WORDS) - NOT_GIVEN
    assert search(written, ["ani@tetangga", "tetangga", "rahma", "nina sari", "nina@"]) == {}


def test_mails_and_files_are_as_they_came_under_names_of_ours(written: Path) -> None:
    files = {str(path.relative_to(written)) for path in written.rglob("*") if path.is_file()}
    assert files == {
        "data.json",
        "files/W-2026-0001/1-document-1.docx",
        "files/W-2026-0001/1-photo-1.jpeg",
        "files/W-2026-0001/1-photo-2.jpeg",
        "files/W-2026-0001/2-photo-3.jpeg",
        "mails/000001.eml",
        "mails/000003.eml",
        "mails/000004.eml",
        "mails/000005.eml",
    }
    assert (written / "mails/000001.eml").read_bytes() == leaving.siti_mail()
    shared = (written / "files/W-2026-0001/1-photo-2.jpeg").read_bytes()
    assert hashlib.sha256(shared).digest() == hashlib.sha256(leaving.SHARED).digest()
    modes = {path.stat().st_mode & 0o777 for path in written.rglob("*") if path.is_file()}
    folders = {
        path.stat().st_mode & 0o777 for path in (written, *written.rglob("*")) if path.is_dir()
    }
    assert (modes, folders) == ({0o600}, {0o700})


def test_the_shape_that_is_documented(written: Path) -> None:
    whole = json.loads((written / "data.json").read_text())
    assert list(whole) == ["format", "person", "submissions", "mails", "letters"]
    assert whole["person"]["names"] == ["Kenarinama"]
    addresses = [each["address"] for each in whole["person"]["addresses"]]
    assert addresses == [HERS, leaving.OTHER_ADDRESS]
    submission = whole["submissions"][0]
    assert (submission["number"], submission["state"]) == ("W-2026-0001", "noted")
    assert [each["number"] for each in submission["revisions"]] == [1, 2]
    assert [each["editor"] for each in submission["decisions"]] == ["NI", "NI", "NS"]
    assert whole["mails"][0]["file"] == "mails/000001.eml"


def test_what_cannot_be_exported(tmp_path: Path) -> None:
    with leaving.town(tmp_path / "desk") as town:
        with pytest.raises(RedaksiError, match="no submission, mail or letter"):
            export(town.app, "lain@contoh.example", tmp_path / "lain")
        assert not (tmp_path / "lain").exists()
        with pytest.raises(RedaksiError, match="not empty"):
            export(town.app, HERS, town.home)
        assert not (town.home / "data.json").exists()


def test_the_verb(tmp_path: Path) -> None:
    with leaving.town(tmp_path / "desk") as town:
        config = leaving.write_config(town)
    command = ["export", f"Siti <{leaving.ADDRESS.upper()}>", str(tmp_path / "Siti")]
    done = CliRunner().invoke(cli, [*command, "--config", str(config)])
    assert done.exit_code == 0, done.output
    assert "2 kiriman, 4 surel, 4 berkas" in done.output
    for given, code, says in (("siti", 1, "bukan alamat"), ("x@y.example", 1, "tidak ada kiriman")):
        refused = CliRunner().invoke(
            cli, ["export", given, str(tmp_path / "b"), "--config", str(config)]
        )
        assert refused.exit_code == code
        assert says in refused.output
