"""What a monitoring system reads of a living installation: figures of the store, over a port, in a
file, by the verb; and whether we are alive and ready."""

import http.client
import os
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import delete

from desk.app import App
from desk.cli import cli
from desk.health.trouble import TroubleCode
from desk.metrics import server
from desk.metrics.exposition import render
from desk.metrics.figures import gather
from desk.metrics.names import PREFIX
from desk.metrics.server import AT_ONCE, serve_metrics
from desk.metrics.textfile import write_textfile
from desk.store.jobs import processes
from desk.store.tables import Poll
from desk.store.tally import Counter, count
from redaksi.config.metrics import Metrics
from redaksi.errors import ConfigError, StoreError
from tests import newsroom
from tests.troubles import (
    ACCOUNT,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    installation,
    letter,
    poll,
    process,
    waits,
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with installation(tmp_path) as opened:
        yield newsroom.but(opened, clock=lambda: NOW)


def read(text: str) -> dict[tuple[str, str], float]:
    return {
        (sample.name.removeprefix(PREFIX), next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def figures(app: App) -> dict[tuple[str, str], float]:
    return read(render(gather(app)).decode())


def told_troubles(app: App) -> set[str]:
    return {code for (name, code), n in figures(app).items() if name == "trouble" and n}


# ── figures ───────────────────────────────────────────────────────────────────────────────────────


def test_a_good_installation(app: App) -> None:
    told = figures(app)
    assert told["last_good_poll_timestamp_seconds", "warta"] == (NOW - MINUTE).timestamp()
    assert told["oldest_unexamined_seconds", ""] == 0
    assert told["disk_free_bytes", ""] > 0
    assert told["job_attempts_total", "done"] == 0
    assert told_troubles(app) <= {TroubleCode.DISK_BYTES, TroubleCode.DISK_INODES}  # the machine's


def test_what_happens_is_told(app: App) -> None:
    with app.store.begin() as tx:
        waits(tx, NOW - HOUR, last_error="{}")
        letter(tx, "draft", NOW)
        count(tx, Counter.FINDINGS, "F001", 3)
        process(tx, NOW, ended_at=NOW, sandbox="basic")
    told = figures(app)
    assert told["oldest_unexamined_seconds", ""] == 3600
    assert (told["letters", "draft"], told["letters", "sent"]) == (1, 0)
    assert told["findings_total", "F001"] == 3
    assert told["sandbox_level", ""] == 1
    assert {TroubleCode.UNEXAMINED, TroubleCode.CONFINED_LESS} <= told_troubles(app)


def test_a_mailbox_of_which_a_folder_was_never_read_well_is_absent(app: App) -> None:
    with app.store.begin() as tx:
        tx.execute(delete(Poll))
        poll(tx, NOW, error="BYE")
    assert not [name for name, _ in figures(app) if name.startswith("last_good")]


def test_a_store_that_cannot_be_asked_is_told_of(app: App) -> None:
    app.store.close()
    database = app.config.home / "redaksi.db"
    database.write_bytes(b"no database " * 400)
    for beside in app.config.home.glob("redaksi.db-*"):
        beside.unlink()
    assert told_troubles(app) >= {TroubleCode.STORE_CLOSED}


# ── the port ──────────────────────────────────────────────────────────────────────────────────────


def listening(app: App) -> App:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    metrics = Metrics(listen=f"127.0.0.1:{port}")
    return newsroom.but(app, config=replace(app.config, metrics=metrics))


def port_of(app: App) -> int:
    return int(app.config.metrics.listen.rpartition(":")[2])


def ask(app: App, path: str, method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port_of(app), timeout=20)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_three_addresses_answer_and_no_other(app: App) -> None:
    with app.store.begin() as tx:
        process(tx, processes.database_now(tx))
    with serve_metrics(here := listening(app)):
        assert ask(here, "/healthz") == (200, "ok\n")
        assert ask(here, "/readyz") == (200, "ok\n")
        status, text = ask(here, "/metrics")
        assert (status, read(text)["submissions", "review"]) == (200, 0)
        assert ask(here, "/")[0] == 404
        assert ask(here, "/metrics", "POST")[0] == 501


def test_not_ready_names_the_codes_alone(app: App) -> None:
    late = newsroom.but(app, clock=lambda: NOW + DAY)
    with serve_metrics(here := listening(late)):
        status, text = ask(here, "/readyz")
    assert status == 503
    assert {"folder_late", "not_written"} <= set(text.split())
    assert all(word.isidentifier() for word in text.split())


def test_nothing_listens_unless_it_is_asked_for(app: App) -> None:
    before = threading.active_count()
    with serve_metrics(app):
        assert threading.active_count() == before


def test_it_may_be_the_newer_protocol(app: App) -> None:
    if not socket.has_dualstack_ipv6():
        pytest.skip("needs IPv6")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as free:
        port = free.getsockname()[1]
    metrics = Metrics(listen=f"[::1]:{port}")
    with serve_metrics(newsroom.but(app, config=replace(app.config, metrics=metrics))):
        connection = http.client.HTTPConnection("::1", port, timeout=20)
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b"ok\n"
        connection.close()


def test_a_port_that_is_taken_is_named(app: App) -> None:
    with serve_metrics(here := listening(app)):
        with pytest.raises(ConfigError) as caught, serve_metrics(here):
            raise AssertionError
        assert here.config.metrics.listen in str(caught.value)


def test_who_is_slow_keeps_neither_others_nor_the_end_waiting(app: App) -> None:
    """More than are answered at once; each has begun a request and says no more."""
    before = threading.active_count()
    slow: list[socket.socket] = []
    with serve_metrics(here := listening(app)):
        for _ in range(AT_ONCE - 1):
            slow.append(socket.create_connection(("127.0.0.1", port_of(here))))
            slow[-1].sendall(b"GET /metr")
        assert ask(here, "/healthz")[0] == 200
        place = ("127.0.0.1", port_of(here))
        slow += [socket.create_connection(place) for _ in range(3 * AT_ONCE)]
    assert threading.active_count() == before
    for each in slow:
        each.close()


@pytest.mark.parametrize(
    "request_",
    [b"", b"\r\n\r\n", b"GET /" + b"a" * 9000 + b" HTTP/1.0\r\n\r\n", b"\x00\xff\x16\x03\r\n\r\n"],
)
def test_what_is_no_request_is_no_fault(
    app: App, request_: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    with serve_metrics(here := listening(app)):
        with socket.create_connection(("127.0.0.1", port_of(here)), timeout=20) as asked:
            asked.sendall(request_)
            asked.shutdown(socket.SHUT_WR)
            assert b" 200 " not in asked.recv(4096)
        assert ask(here, "/healthz")[0] == 200


def test_a_request_that_drips_is_cut_off(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    with (
        serve_metrics(here := listening(app)),
        socket.create_connection(("127.0.0.1", port_of(here)), timeout=20) as asked,
    ):
        asked.sendall(b"GET /metrics HTTP/1.0\r\nX: ")
        assert asked.recv(4096) == b""


# ── the file ──────────────────────────────────────────────────────────────────────────────────────


def writing(app: App, target: Path) -> App:
    metrics = Metrics(textfile=str(target))
    return newsroom.but(app, config=replace(app.config, metrics=metrics))


def test_the_file_is_whole_and_others_may_read_it(app: App, tmp_path: Path) -> None:
    target = tmp_path / "collector" / "redaksi.prom"
    target.parent.mkdir()
    before = os.umask(0o077)
    try:
        for _ in range(2):
            write_textfile(writing(app, target))
    finally:
        os.umask(before)
    assert read(target.read_text())["submissions", "review"] == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert [each.name for each in target.parent.iterdir()] == ["redaksi.prom"]


def test_a_folder_that_is_missing_is_named_as_ours_to_make(app: App, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        write_textfile(writing(app, tmp_path / "nowhere" / "redaksi.prom"))
    assert "metrics.textfile" in caught.value.say("en")


# ── the verb ──────────────────────────────────────────────────────────────────────────────────────


def test_the_verb_prints_what_the_port_tells(app: App) -> None:
    config = newsroom.config_file(ACCOUNT, app.config.home, extra='folders = ["INBOX"]')
    printed = CliRunner().invoke(cli, ["metrics", "--config", str(config)])
    assert printed.exit_code == 0
    assert set(read(printed.output)) == set(figures(app))
