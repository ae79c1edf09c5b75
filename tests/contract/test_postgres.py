"""PostgreSQL's usual first mistakes are one true sentence each, in both languages; and how long it
may keep us waiting."""

import time
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from desk.store import Transaction, open_store, open_to_read
from desk.store.postgres import refuse_unfit
from redaksi.errors import StoreError, StoreUnfit
from tests import postgres

Prepare = Callable[[postgres.Cluster], str]


def as_role(role: str, statement: str = "") -> Prepare:
    """A database opened as a role made by a statement."""

    def prepare(cluster: postgres.Cluster) -> str:
        cluster.execute(f"DROP ROLE IF EXISTS {role}")
        if statement:
            cluster.execute(statement)
        return cluster.url(cluster.create()).replace("redaksi@", f"{role}@")

    return prepare


def encoded(encoding: str) -> Prepare:
    def prepare(cluster: postgres.Cluster) -> str:
        name = f"in_{encoding.lower()}"
        cluster.execute(f"DROP DATABASE IF EXISTS {name}")
        options = f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
        cluster.execute(f"CREATE DATABASE {name} {options}")
        return cluster.url(name)

    return prepare


def at(url: str) -> Prepare:
    return lambda _cluster: url


MISTAKES: dict[str, tuple[Prepare, str, int]] = {
    "no such database": (lambda cluster: cluster.url("belum_ada"), "pg_no_database", 2),
    "no such role": (as_role("tak_dikenal"), "pg_no_role", 2),
    "a role without login": (as_role("diam", "CREATE ROLE diam"), "pg_no_login", 2),
    "a role without rights": (as_role("tamu", "CREATE ROLE tamu LOGIN"), "pg_rights", 2),
    "SQL_ASCII": (encoded("SQL_ASCII"), "pg_encoding", 2),
    "LATIN1": (encoded("LATIN1"), "pg_encoding", 2),
    "EUC_JP": (encoded("EUC_JP"), "pg_encoding", 2),
    "nobody listens": (at("postgresql+psycopg://a@127.0.0.1:1/d"), "pg_not_there", 75),
    "no socket": (at("postgresql+psycopg://a@/d?host=/nowhere"), "pg_not_there", 75),
    "no such host": (at("postgresql+psycopg://a@tidak-ada.invalid/d"), "pg_not_there", 75),
}


@pytest.mark.parametrize(("prepare", "code", "exit_code"), MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize("opening", [open_store, open_to_read])
def test_a_first_mistake_is_one_true_sentence_with_its_remedy(
    postgres_cluster: postgres.Cluster,
    prepare: Prepare,
    code: str,
    exit_code: int,
    opening: Callable[[str], object],
) -> None:
    url = prepare(postgres_cluster)
    if code == "pg_rights" and opening is open_to_read:
        opening(url)  # who only looks needs no such right
        return
    with pytest.raises(StoreError) as error:
        opening(url)
    assert (error.value.sentence.key, error.value.exit_code) == (code, exit_code)
    said = [error.value.say("id"), error.value.say("en")]
    assert said[0] != said[1]
    assert all("\n" not in one and "{" not in one for one in said)


@pytest.mark.parametrize(
    ("version", "is_fit"), [(90624, False), (140011, False), (150000, True), (180006, True)]
)
def test_a_server_that_is_too_old_is_refused(version: int, *, is_fit: bool) -> None:
    address = make_url("postgresql+psycopg://a@/d")
    if is_fit:
        refuse_unfit(address, version, "UTF8")
        return
    with pytest.raises(StoreUnfit, match="too old"):
        refuse_unfit(address, version, "UTF8")


def settings(tx: Transaction, *names: str) -> list[str]:
    return [tx.execute(text(f"SHOW {name}")).scalar_one() for name in names]


def test_no_statement_lock_or_idle_transaction_lasts_for_ever(postgres_url: str) -> None:
    store = open_store(postgres_url)
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    for opening in (store.begin, store.read):
        with opening() as tx:
            assert settings(tx, *limits) == ["1min", "30s", "5min"]
            assert settings(tx, "client_encoding", "application_name") == ["UTF8", "redaksi"]
    store.close()


def test_what_the_operator_set_in_the_url_stays(postgres_url: str) -> None:
    store = open_store(f"{postgres_url}&application_name=antrean")
    with store.read() as tx:
        assert settings(tx, "application_name") == ["antrean"]
    store.close()


def test_a_lock_that_is_not_given_is_a_fault_that_passes(postgres_url: str) -> None:
    store, other = open_store(postgres_url), open_store(postgres_url)
    with store.begin() as tx:
        tx.execute(text("LOCK TABLE lease IN ACCESS EXCLUSIVE MODE"))
        begun = time.monotonic()
        with pytest.raises(StoreError, match="lock timeout"), other.begin() as waiting:
            waiting.execute(text("SET LOCAL lock_timeout = '200ms'"))
            waiting.execute(text("SELECT * FROM lease"))
        assert time.monotonic() - begun < 20
    store.close()
    other.close()
