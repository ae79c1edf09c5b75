"""Which blobs a database names, of any released schema, and what differs from what lies there."""

from pathlib import Path

import pytest
from sqlalchemy import text

from desk.blobs.compare import Compared, compare_blobs
from desk.blobs.local import LocalBlobs
from desk.store import Store, derivatives
from desk.store.columns import Base
from desk.store.engine import make_engine
from desk.store.migrate import newest, revision
from desk.store.named_blobs import NAMING, find_named
from redaksi.errors import StoreError
from tests.contract.conftest import NOW

# what else holds a SHA-256: of something that one of NAMING names
ELSEWHERE = {
    ("derivative", "original"),
    ("photo_choice", "sha256"),
    ("photo_choice", "source_sha256"),
}


def test_every_column_of_a_sha256_is_known() -> None:
    """A new one is named here, or a backup leaves its files behind."""
    held = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("blob", "original") or "sha256" in column.name
    }
    assert held == set(NAMING) | ELSEWHERE


def test_a_store_of_0_1_names_its_blobs_as_it_stands(old_database: str) -> None:
    engine = make_engine(old_database, looks=True).execution_options(reading=True)
    with engine.connect() as connection:
        named = find_named(connection)
        mails = connection.execute(text("SELECT count(*) FROM mail")).scalar()
        assert revision(connection) != newest()
    engine.dispose()
    assert mails is not None
    assert len(named) > mails
    assert all(len(sha256) == 64 for sha256 in named)


def test_what_is_missing_and_what_no_row_names(store: Store, tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    whole, orphan = blobs.put(b"whole"), blobs.put(b"orphan")
    for role, sha256 in (("thumbnail", whole), ("screen", "e" * 64)):
        made = derivatives.Made(original="a" * 64, role=role, sha256=sha256, size=5, mail_id=1)  # type: ignore[arg-type]
        with store.begin() as tx:
            derivatives.record(tx, made, NOW)
    with store.read() as tx:
        named = find_named(tx.connection())
    assert named == {whole, "e" * 64}
    assert compare_blobs(blobs, named) == Compared(missing=("e" * 64,), unnamed=(orphan,))


def test_a_folder_that_cannot_be_read_is_no_empty_one(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    (tmp_path / "blobs" / "ab").write_text("a file")
    with pytest.raises(StoreError):
        compare_blobs(blobs, [])
