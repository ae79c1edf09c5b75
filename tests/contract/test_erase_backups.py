"""Who was erased is in no later backup, and comes back with no older one."""

from datetime import timedelta
from pathlib import Path

import pytest

from desk.backup.make import Made, Source, make_backup
from desk.backup.manifest import read_manifest
from desk.backup.restore import Wanted, restore
from desk.blobs.local import LocalBlobs
from desk.store import open_store
from tests import leaving, postgres
from tests.canaries import find_words, search
from tests.contract.conftest import NOW
from tests.contract.test_erase import HERS, WORDS, go
from tests.leaving import Town, find_in_rows


def back_up(town: Town, dest: Path, *, days: int) -> Made:
    config = town.app.config
    source = Source(
        config=config,
        config_file=town.home / "config.toml",
        url=config.database_url({}),
    )
    return make_backup(source, dest, NOW + timedelta(days=days))


def find_in_blobs(dest: Path, made: Made) -> set[str]:
    blobs = LocalBlobs(dest / "blobs", looks=True)
    named = read_manifest(made.folder).blobs
    return {
        word for each in named for word in find_words(blobs.local_path(each).read_bytes(), WORDS)
    }


def test_a_later_backup_is_clean_and_an_older_one_lets_go_when_it_is_restored(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    dest, into = tmp_path / "cadangan", tmp_path / "baru"
    is_sqlite = database.startswith("sqlite")
    with leaving.town(tmp_path / "desk", "" if is_sqlite else database) as town:
        leaving.write_config(town)
        older = back_up(town, dest, days=0)
        assert find_in_blobs(dest, older) != set()
        go(town, HERS)
        later = back_up(town, dest, days=1)
    assert set(search(later.folder, WORDS)) | find_in_blobs(dest, later) == set()
    url = ""
    if not is_sqlite:
        cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create())
    done = restore(Wanted(backup=older.folder, into=into, database=url), NOW + timedelta(days=2))
    assert (done.erased, done.missing) == (1, ())
    assert search(into, WORDS) == {}
    store = open_store(url or f"sqlite:///{into / 'redaksi.db'}")
    assert find_in_rows(store) == set()
    store.close()
