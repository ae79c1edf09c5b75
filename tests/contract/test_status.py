"""`redaksi status` exits 1 while a server is down, and says which and how to mend it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from desk.cli import cli
from desk.demo.samples import samples
from desk.worker.round import one_round
from ingest.fetch import oauth
from ingest.fetch.oauth import Tokens
from redaksi.config.schema import Reply
from tests import newsroom
from tests.oauth_server import Stub, stub
from tests.scripted_imap import ScriptedImap

GOOD = next(sample for sample in samples() if sample.name == "lengkap").raw


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    running = ScriptedImap()
    yield running
    running.stop()


@pytest.fixture
def tokens() -> Iterator[Stub]:
    with stub() as running:
        yield running


def nobody_listens() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stands(server: ScriptedImap, home: Path, reply: str = 'mode = "off"') -> Result:
    config = newsroom.config_file(server.account(), home, poll="1h")
    config.write_text(config.read_text().replace('mode = "off"', reply))
    return CliRunner().invoke(cli, ["status", "--config", str(config)], env={"P": "rahasia"})


def test_all_well(server: ScriptedImap, tmp_path: Path) -> None:
    with newsroom.app(server.account(), tmp_path, folders=("INBOX", "\\Junk")) as app:
        assert one_round(app).troubles == ()
    assert stands(server, tmp_path).exit_code == 0


def test_a_mail_server_that_is_down(server: ScriptedImap, tmp_path: Path) -> None:
    dead = replace(server.account(), port=nobody_listens())
    with newsroom.app(dead, tmp_path, folders=("INBOX", "\\Junk")) as app:
        (trouble,) = one_round(app).troubles
    told = stands(server, tmp_path)
    assert (trouble.exit_code, told.exit_code) == (75, 1)
    assert "tidak terjangkau" in " ".join(told.output.split())


def test_a_relay_that_is_down(server: ScriptedImap, tmp_path: Path) -> None:
    server.mails = {1: GOOD}
    reply = Reply(mode="auto", host="127.0.0.1", port=nobody_listens(), security="none")
    plain = newsroom.configuration(server.account(), tmp_path, authserv_id="mx.warta.example")
    with newsroom.app(server.account(), tmp_path, replace(plain, reply=reply)) as app:
        one_round(app)
    told = stands(
        server,
        tmp_path,
        f'mode = "auto"\nhost = "127.0.0.1"\nport = {reply.port}\nsecurity = "none"',
    )
    assert told.exit_code == 1
    assert "surat tidak dapat keluar: tidak ada yang menjawab di sana" in told.output


def test_a_login_that_died_names_the_remedy(
    server: ScriptedImap, tokens: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oauth, "GOOGLE", tokens.loopback_provider())
    oauth.write(
        tmp_path / "warta.token", Tokens(access_token="a", refresh_token="dead", expires_at=0)
    )
    both = ("INBOX", "\\Junk")
    with newsroom.app(
        server.account(), tmp_path, auth="oauth2", client_id="redaksi", folders=both
    ) as app:
        one_round(app)
    assert "redaksi login warta" in " ".join(stands(server, tmp_path).output.split())
