"""What the verbs of a person say: what goes, what is public, what stays; and that saying deletes nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from desk.cli import cli
from desk.store.tables import Submission
from desk.workflow.people import erase as erasing
from desk.workflow.people.erase import Wait
from tests import leaving
from tests.canaries import search

URL = "https://warta.example/kenariurl"
KEPT = {"kenarijudul", "kenariurl"}  # of what readers see: the headline, and where it stands


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(erasing, "Wait", lambda: Wait(seconds=0, settle=0))
    with leaving.town(tmp_path / "desk") as town:
        with town.app.store.begin() as tx:
            it = Submission.number == town.siti
            tx.execute(update(Submission).where(it).values(state="published", published_url=URL))
        return leaving.write_config(town)


def run(config: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["erase", *words, "--config", str(config)])


def test_saying_what_goes_deletes_nothing(config: Path, tmp_path: Path) -> None:
    for options in ([], ["--dry-run"]):
        said = run(config, f"Siti <{leaving.ADDRESS}>", *options)
        assert said.exit_code == 0, said.output
        for line in (
            "Hilang: 2 kiriman (0 masih terbuka, ditutup tanpa surat), 4 surel, 1 surat",
            f"W-2026-0001 sudah tayang: turunkan dulu di {URL}",
            "Tetap: bersama.jpg, juga bagian dari W-2026-0002",
            "Belum ada yang dihapus",
        ):
            assert line in " ".join(said.output.split()), said.output
    assert set(search(tmp_path, leaving.WORDS)) == set(leaving.WORDS)


def test_what_is_public_keeps_its_headline_and_address(config: Path, tmp_path: Path) -> None:
    done = run(config, leaving.OTHER_ADDRESS.upper(), "--yes")
    assert done.exit_code == 0, done.output
    assert "Dihapus: 2 kiriman, 4 surel" in done.output
    assert URL in done.output
    assert set(search(tmp_path, [*leaving.WORDS, "kenariurl"])) == KEPT
    again = run(config, leaving.ADDRESS, "--yes")
    assert again.exit_code == 0, again.output
    assert "Sudah dihapus sebelumnya" in again.output


def test_what_is_refused(config: Path) -> None:
    for words, code in (
        (("siti",), 1),
        (("x@y.example",), 1),
        (("a@b.id", "--dry-run", "--yes"), 2),
    ):
        assert run(config, *words).exit_code == code
    assert run(config, "x@y.example", "--yes").exit_code == 1
