"""What doctor finds of targets, each with its remedy, in both languages; a good one is said to be."""

import base64
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.cli.checkup import targets
from publisher.targets import http
from redaksi import catalog
from redaksi.config.publish import Publish, PublishTarget
from redaksi.config.schema import Config
from redaksi.errors import RedaksiError
from redaksi.model import Language

SECRET = "whsec_" + base64.b64encode(b"a secret of 32 bytes, for tests.").decode()
LANGUAGES: tuple[Language, ...] = ("id", "en")


def check(target: PublishTarget, language: Language = "en") -> list[str]:
    """What is said of each target. Raises RedaksiError for what is wrong."""
    config = Config(publish=Publish(target=(target,)))
    return [look() for _, look in targets.list_checks(config, catalog.load(language))]


def folder_of(site: Path) -> PublishTarget:
    return PublishTarget(id="arsip", kind="folder", folder=str(site))


def webhook_to(url: str, *, private: bool = False, secret: str = "env:HOOK") -> PublishTarget:
    return PublishTarget(id="pemda", kind="webhook", url=url, secret=secret, private=private)


def test_an_editors_hands_are_not_looked_at() -> None:
    assert check(PublishTarget(id="situs")) == []


def test_a_good_folder_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    assert check(folder_of(tmp_path)) == [f"{tmp_path}, can be written to"]
    assert [each.name for each in tmp_path.iterdir()] == ["2026"]


def turn_into_file(site: Path) -> None:
    site.rmdir()
    site.write_text("")


Plant = Callable[[Path], object]
FOLDERS: dict[str, tuple[Plant, str]] = {
    "it is missing": (lambda site: site.rmdir(), "mount its disk"),
    "it is a file": (turn_into_file, "Check the path"),
    "a year is a link": (
        lambda site: (site / "2026").symlink_to("/tmp"),
        "Move it away",
    ),
    "a year is a file": (lambda site: (site / "2026").write_text(""), "Move it away"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FOLDERS)
def test_a_fault_of_a_folder_is_said_with_its_remedy(
    tmp_path: Path, fault: str, language: Language
) -> None:
    plant, remedy = FOLDERS[fault]
    site = tmp_path / "site"
    site.mkdir()
    plant(site)
    with pytest.raises(RedaksiError) as raised:
        check(folder_of(site), language)
    said = raised.value.say(language)
    assert said.startswith(f"publish.target.arsip.folder: {site}")
    assert language == "id" or remedy in said


def test_a_year_that_is_anothers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write everywhere, so the kernel's answer is made up."""
    (tmp_path / "2026").mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(RedaksiError, match="chown"):
        check(folder_of(tmp_path))


def test_a_disk_that_is_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, mode: int) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(RedaksiError, match="remount,rw"):
        check(folder_of(tmp_path))


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver of our own: it knows three names."""
    known = {
        "warta.example": ["1.1.1.1", "2606:4700:4700::1111"],
        "dalam.example": ["1.1.1.1", "10.0.0.7"],
        "awan.example": ["169.254.169.254"],
    }

    def resolve(name: str, port: int) -> list[str]:
        if name not in known:
            raise OSError("no such name")
        return known[name]

    monkeypatch.setattr(http, "resolve", resolve)
    monkeypatch.setenv("HOOK", SECRET)
    monkeypatch.setenv("WRONG", "rahasia")


@pytest.mark.parametrize(
    "target",
    [
        webhook_to("https://warta.example/hook"),
        webhook_to("https://dalam.example/hook", private=True),
        webhook_to("http://dalam.example/hook", private=True),
    ],
    ids=["public", "a neighbour", "a neighbour without TLS"],
)
def test_a_good_webhook(target: PublishTarget) -> None:
    (said,) = check(target)
    assert said.endswith("is known and may be spoken to")


WEBHOOKS = {
    "no such name": (webhook_to("https://tiada.example/"), "Check its spelling"),
    "a neighbour": (webhook_to("https://dalam.example/"), "private = true for the target pemda"),
    "a cloud's keys": (webhook_to("https://awan.example/", private=True), "Correct it"),
    "no address": (webhook_to("https:///hook"), "Write it like https://"),
    "a user in it": (webhook_to("https://a:b@warta.example/"), "without a user name"),
    "http": (webhook_to("http://warta.example/"), "Write it like https://"),
    "a secret that is none": (
        webhook_to("https://warta.example/", secret="env:WRONG"),
        "write whsec_ and base64",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", WEBHOOKS)
def test_a_fault_of_a_webhook_is_said_with_its_remedy(fault: str, language: Language) -> None:
    target, remedy = WEBHOOKS[fault]
    with pytest.raises(RedaksiError) as raised:
        check(target, language)
    said = raised.value.say(language)
    assert said.startswith("publish.target.pemda.")
    assert language == "id" or remedy in said
    assert "rahasia" not in said or language == "id"
