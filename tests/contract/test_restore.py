"""A backup is brought back on both databases, from every released schema: whole, settled, or not at
all."""

from datetime import UTC, timedelta
from pathlib import Path
from unittest import mock

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from desk.app import open_app, open_reading
from desk.backup import restore as restoring
from desk.backup.manifest import NAME, read_manifest, seal
from desk.backup.restore import Restored, Wanted, find_backup, restore
from desk.blobs.compare import Compared, compare_blobs
from desk.blobs.local import LocalBlobs
from desk.blobs.verify import find_differing
from desk.store import Store, open_store, schema_meta
from desk.store.engine import read_revision
from desk.store.keeping.half import MARK
from desk.store.migrate import newest
from desk.store.outbound import outbox
from desk.store.tables import Publication
from redaksi.config.schema import Config
from redaksi.errors import ConfigError, RedaksiError, StoreError, StoreUnfit
from tests import postgres
from tests.backups import NOW, Kept, change, names_of, read_queue_of, settle_in
from tests.contract.test_backup import simple as simple  # noqa: PLC0414 - a fixture
from tests.postoffice import configuration

LATER = NOW + timedelta(days=3)


class Target:
    """Where it is brought back to."""

    def __init__(self, into: Path, database: str) -> None:
        self.into, self.database = into, database
        self.url = database or f"sqlite:///{into / 'redaksi.db'}"

    def bring_back(self, backup: Path, **how: object) -> Restored:
        wanted = Wanted(backup=backup, into=self.into, database=self.database, **how)  # type: ignore[arg-type]
        return restore(wanted, LATER)

    def config(self) -> Config:
        return configuration(self.into, self.database)


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """An empty place for a backup of the database that the test works with."""
    params = request.node.callspec.params
    if "postgres" in (params.get("database"), params.get("old_database")):
        cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
        return Target(tmp_path.with_name(f"{tmp_path.name}-new"), cluster.url(cluster.create()))
    return Target(tmp_path.with_name(f"{tmp_path.name}-new"), "")


@pytest.mark.parametrize("schema", ["0.1", "today"])
def test_a_backup_of_any_released_schema_is_brought_back_whole(
    old_database: str, tmp_path: Path, target: Target, schema: str
) -> None:
    if schema == "today":
        open_store(old_database).close()
    kept = settle_in(old_database, tmp_path)
    made = kept.back_up()
    done = target.bring_back(made.folder)
    assert (done.missing, done.manifest.taken_at) == ((), NOW)
    assert read_revision(target.url) == newest()
    blobs = LocalBlobs(target.into / "blobs", looks=True)
    assert compare_blobs(blobs, names_of(target.url)) == Compared()
    assert set(blobs.iterate()) == set(made.manifest.blobs)
    assert list(find_differing(blobs)) == []
    assert read_queue_of(target.url) == read_queue_of(kept.url)
    assert not (target.into / MARK).exists()


def test_what_was_brought_back_opens_as_it_stands(simple: Kept, target: Target) -> None:
    with open_app(simple.source.config, environment={"P": ""}):
        pass  # database and blobs know each other now
    target.bring_back(simple.back_up().folder)
    with open_app(target.config(), environment={"P": ""}) as app, app.store.read() as tx:
        assert schema_meta.moment_of(tx, schema_meta.RESTORED) == LATER
    assert {path.name for path in target.into.iterdir()} >= {"blobs", "config.toml"}


def test_the_newest_of_a_folder_of_backups(simple: Kept, tmp_path: Path) -> None:
    simple.back_up()
    newest_one = simple.back_up(now=LATER).folder
    assert find_backup(simple.dest) == find_backup(newest_one) == newest_one
    with pytest.raises(StoreUnfit):
        find_backup(tmp_path / "nothing")


# ── what is refused ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("left", ["x", MARK])
def test_only_an_empty_folder(simple: Kept, target: Target, left: str) -> None:
    target.into.mkdir()
    (target.into / left).touch()
    with pytest.raises(ConfigError) as refused:
        target.bring_back(simple.back_up().folder)
    assert refused.value.sentence.key == ("restore_half" if left == MARK else "restore_not_empty")
    assert [path.name for path in target.into.iterdir()] == [left]


def test_nobody_opens_half_a_restore(tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    for door in (open_app, open_reading):
        with pytest.raises(StoreUnfit) as refused, door(configuration(tmp_path), environment={}):
            pass
        assert refused.value.sentence.key == "half_restored"
    assert [path.name for path in tmp_path.iterdir()] == [MARK]


def test_a_database_that_holds_something_is_left_alone(simple: Kept, tmp_path: Path) -> None:
    if simple.url.startswith("sqlite"):
        with pytest.raises(ConfigError, match="SQLite"):
            Target(tmp_path / "new", "postgresql+psycopg://nobody@/x").bring_back(
                simple.back_up().folder
            )
        return
    backup = simple.back_up().folder
    for database, key in (("", "restore_database"), (simple.url, "restore_not_fresh")):
        with pytest.raises(ConfigError) as refused:
            Target(tmp_path / "new", database).bring_back(backup)
        assert refused.value.sentence.key == key


def test_a_backup_of_a_newer_version_is_refused(simple: Kept, target: Target) -> None:
    folder = simple.back_up().folder
    (folder / NAME).write_bytes(seal(replace(read_manifest(folder), revision="9999")))
    with pytest.raises(StoreUnfit, match="newer"):
        target.bring_back(folder)
    assert not target.into.exists()


def test_a_flipped_byte_is_found_wherever_it_is(simple: Kept, target: Target) -> None:
    """A tenth of the drill."""
    folder = simple.back_up().folder
    files = [*sorted(folder.iterdir()), *sorted((simple.dest / "blobs").glob("??/*"))]
    for number in range(10):
        file = files[number % len(files)]
        raw = file.read_bytes()
        at = (number * 7919) % len(raw)
        file.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << number % 8)]) + raw[at + 1 :])
        with pytest.raises(StoreUnfit):
            target.bring_back(folder)
        assert not target.into.exists() or not list(target.into.iterdir())
        file.write_bytes(raw)
    assert target.bring_back(folder).missing == ()


def test_what_is_whole_is_brought_back_where_that_is_asked_for(
    simple: Kept, target: Target
) -> None:
    made = simple.back_up()
    damaged = sorted(made.manifest.blobs)[0]
    (simple.dest / "blobs" / damaged[:2] / damaged).write_bytes(b"rotten")
    with pytest.raises(StoreUnfit, match=damaged):
        target.bring_back(made.folder)
    done = target.bring_back(made.folder, is_incomplete=True)
    assert done.missing == (damaged,)
    assert set(LocalBlobs(target.into / "blobs").iterate()) == set(made.manifest.blobs) - {damaged}


@pytest.mark.parametrize("step", ["_copy_file", "_fill", "_settle", "_finish"])
def test_what_fails_leaves_an_empty_folder(simple: Kept, target: Target, step: str) -> None:
    backup = simple.back_up().folder
    with (
        mock.patch.object(restoring, step, side_effect=OSError(28, "full")),
        pytest.raises(RedaksiError) as failed,
    ):
        target.bring_back(backup)
    assert isinstance(failed.value, StoreError)
    assert list(target.into.iterdir()) == []


def test_a_database_without_its_revision_opens_for_nobody(simple: Kept, target: Target) -> None:
    """Killed between the rows and what they must be told."""
    if not target.database:
        return
    backup = simple.back_up().folder
    with (
        mock.patch.object(restoring, "_settle", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        target.bring_back(backup)
    with change(target.url) as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 0
    with pytest.raises(Exception, match="already exists"):
        open_store(target.url)


# ── who was erased ────────────────────────────────────────────────────────────────────────────────


def test_erasures_of_later_backups_and_of_the_old_installation_are_gathered(
    simple: Kept, target: Target, tmp_path: Path
) -> None:
    first = simple.back_up().folder
    (simple.home / "erasures.jsonl").write_bytes(b'{"a":1}\n')
    simple.back_up(now=LATER)
    (tmp_path / "more.jsonl").write_bytes(b'{"a":1}\n{"b":2}\n')
    done: list[list[bytes]] = []

    def execute(_store: Store, _blobs: LocalBlobs, lines: list[bytes]) -> int:
        done.append(lines)
        return len(lines)

    with mock.patch("desk.backup.erasures.execute", execute):
        assert target.bring_back(first, erasures=[tmp_path / "more.jsonl"]).erased == 2
    assert done == [[b'{"a":1}', b'{"b":2}']]
    assert (target.into / "erasures.jsonl").read_bytes() == b'{"a":1}\n{"b":2}\n'


# ── nothing leaves by itself ──────────────────────────────────────────────────────────────────────


def test_letters_under_way_wait_for_an_editor(
    old_database: str, tmp_path: Path, target: Target
) -> None:
    kept = settle_in(old_database, tmp_path)
    states = ("queued", "held", "sending", "unknown", "failed", "draft", "dropped", "sent")
    with change(kept.url) as connection:
        connection.execute(text("UPDATE outbox SET state = 'sent'"))
        letters = list(connection.scalars(text("SELECT id FROM outbox ORDER BY id")))[: len(states)]
        for letter_id, state in zip(letters, states, strict=True):
            told = text("UPDATE outbox SET state = :state WHERE id = :id")
            connection.execute(told.bindparams(state=state, id=letter_id))
    assert target.bring_back(kept.back_up().folder).settled.letters == 3
    store = open_store(target.url)
    with store.read() as tx:
        became = [outbox.get(tx, letter_id) for letter_id in letters]
    store.close()
    assert [each.state for each in became if each] == ["draft"] * 3 + list(states[3:])
    assert [each.reason.code for each in became[:3] if each and each.reason] == ["restored"] * 3


def test_articles_under_way_wait_for_an_editor(
    old_database: str, tmp_path: Path, target: Target
) -> None:
    open_store(old_database).close()
    kept = settle_in(old_database, tmp_path)
    at = NOW.astimezone(UTC)
    store = open_store(kept.url)
    with store.begin() as tx:
        for number, (state, wanted, begun) in enumerate(
            [
                ("planned", "up", None),
                ("due", "up", at),
                ("delivering", "up", at),
                ("due", "down", at),
                ("checking", "up", at),
                ("standing", "up", at),
            ],
            start=1,
        ):
            row = Publication(
                submission_id=number,
                target="uji",
                wanted=wanted,
                state=state,
                next_at=None if state == "standing" else at,
                first_attempt_at=begun,
                media={},
            )
            tx.add(row)
    store.close()
    assert target.bring_back(kept.back_up().folder).settled.publications == 4
    with change(target.url) as connection:
        asked = text(
            "SELECT state, error_code FROM publication WHERE target = 'uji' ORDER BY submission_id"
        )
        became = [tuple(row) for row in connection.execute(asked)]
        flags = list(
            connection.scalars(
                text(
                    "SELECT submission_id FROM attention WHERE flag IN ('asking', 'publish_failed') ORDER BY submission_id"
                )
            )
        )
    assert became == [
        ("planned", "restored"),
        ("failed", "restored"),
        ("failed", "restored"),
        ("failed", "restored"),
        ("checking", ""),
        ("standing", ""),
    ]
    assert flags == [1, 2, 3, 4]
