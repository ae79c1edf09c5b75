"""The demo's Dovecot is configured in the words of the version that is installed."""

from pathlib import Path

import pytest

from desk.demo import dovecot

RENAMED = (
    "disable_plaintext_auth",
    "mail_location",
    "ssl_cert =",
    "ssl_key =",
    "passdb {",
    "userdb {",
    "%u",
    " args =",
)


def configuration(version: str, folder: Path, *, introspection_url: str = "") -> str:
    return dovecot._configuration(version, folder, 10143, 10993, introspection_url)


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:1/introspect"])
def test_no_word_that_2_4_no_longer_knows_is_said_to_it(tmp_path: Path, url: str) -> None:
    said = configuration("2.4.1", tmp_path, introspection_url=url)
    assert [word for word in RENAMED if word in said] == []


@pytest.mark.parametrize("version", ["2.4.0", "2.4.2", "2.5.0"])
def test_2_4_is_told_first_which_words_are_meant(tmp_path: Path, version: str) -> None:
    lines = [line for line in configuration(version, tmp_path).splitlines() if line]
    assert lines[:2] == ["dovecot_config_version = 2.4.0", "dovecot_storage_version = 2.4.0"]


@pytest.mark.parametrize("version", ["2.3.4", "2.3.21.1"])
def test_2_3_is_not_told_what_only_2_4_knows(tmp_path: Path, version: str) -> None:
    said = configuration(version, tmp_path)
    assert "dovecot_config_version" not in said
    assert "mail_location = maildir:~/Maildir" in said


@pytest.mark.parametrize("version", ["2.3.19", "2.4.1"])
def test_it_listens_on_the_loopback_only(tmp_path: Path, version: str) -> None:
    assert "listen = 127.0.0.1\n" in configuration(version, tmp_path)


@pytest.mark.parametrize("version", ["2.3.19", "2.4.1"])
def test_every_brace_is_closed(tmp_path: Path, version: str) -> None:
    said = configuration(version, tmp_path, introspection_url="http://127.0.0.1:1/x").replace(
        "%{user}", ""
    )
    assert said.count("{") == said.count("}")


def test_without_dovecot_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dovecot, "executable", lambda: None)
    assert dovecot.missing().startswith("needs dovecot")
    with pytest.raises(dovecot.NotStarted, match="needs dovecot"), dovecot.running():
        pass
