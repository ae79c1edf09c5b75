"""From a mail to the published letter, a correction and taking down, through Dovecot, SMTP and each
target, which is down for an hour in between."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk.demo.post import part
from desk.workflow.decisions import Decision, decide
from desk.workflow.publishing.correct import correct, try_again
from publisher.articles.edition import Amendments
from redaksi.config.publish import Publish, PublishTarget
from redaksi.config.schema import Web
from tests import wordpress
from tests.journey.scene import Scene, only, settled, status
from tests.listener import Asked, answer, listening
from tests.receiver import SECRET, Receiver
from tests.wp_target import list_headlines

HEADLINE, MENDED = "320 Meter Jalan di Talise", "321 Meter Jalan di Talise"


class Newsstand(msgspec.Struct):
    """A site: the target that leads to it, and the headlines its readers see."""

    target: PublishTarget
    list_headlines: Callable[[], list[str]]
    has_link: bool = True


@contextmanager
def open_folder(tmp_path: Path) -> Iterator[Newsstand]:
    folder = tmp_path / "situs"

    def read() -> list[str]:
        found = [json.loads(each.read_text()) for each in folder.glob("2*/W-*/warta.json")]
        usable = [each for each in found if each["pubStatus"] == "usable"]
        return [each["headlines"][0]["value"] for each in usable]

    folder.mkdir()
    target = PublishTarget(id="situs", kind="folder", folder=str(folder))
    yield Newsstand(target=target, list_headlines=read, has_link=False)


@contextmanager
def open_receiver(tmp_path: Path) -> Iterator[Newsstand]:
    receiver = Receiver()

    def read() -> list[str]:
        return [each["headlines"][0]["value"] for each in receiver.list_standing()]

    def say(asked: Asked) -> Any:
        if asked.method == "POST":
            return receiver(asked)
        shown = read()
        page = f"<h1>{shown[0]}</h1>" if shown else "<h1>Tidak ada</h1>"
        return answer(page.encode(), "200 OK" if shown else "404 Not Found")

    with listening(say) as listener:
        page = json.dumps({"url": listener.url("/warta")}).encode()
        receiver.answers = lambda _event: answer(page)
        target = PublishTarget(
            id="situs", kind="webhook", private=True, url=listener.url("/hook"), secret="env:HOOK"
        )
        yield Newsstand(target=target, list_headlines=read)


@contextmanager
def open_wordpress(site: wordpress.Site) -> Iterator[Newsstand]:
    target = PublishTarget(
        id="situs",
        kind="wordpress",
        private=True,
        url=site.url,
        user="redaksi",
        password="env:WORDPRESS",
    )
    yield Newsstand(target=target, list_headlines=lambda: list_headlines(site, "W-2026-0001"))


@pytest.fixture(params=["folder", "webhook", "wordpress"])
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsstand]:
    if request.param == "wordpress":
        site: wordpress.Site = request.getfixturevalue("wordpress")
        with open_wordpress(site) as opened:
            yield opened
    else:
        opening = {"folder": open_folder, "webhook": open_receiver}[request.param]
        with opening(tmp_path) as opened:
            yield opened


@pytest.fixture
def password(request: pytest.FixtureRequest, stand: Newsstand) -> str:
    if stand.target.kind != "wordpress":
        return ""
    site: wordpress.Site = request.getfixturevalue("wordpress")
    return site.passwords["redaksi"]


def find_closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def lead_to(scene: Scene, target: PublishTarget, password: str) -> None:
    """The scene's one target from now on."""
    app = scene.on.app
    config = msgspec.structs.replace(
        app.config,
        publish=Publish(target=(target,)),
        web=Web(base_url="https://redaksi.example"),
    )
    secrets = {**app.environment, "HOOK": SECRET, "WORDPRESS": password}
    scene.on = msgspec.structs.replace(
        scene.on, app=msgspec.structs.replace(app, config=config, environment=secrets)
    )


def take_away(target: PublishTarget, tmp_path: Path) -> PublishTarget:
    """The same target while its server is down, or its disk is not there."""
    if target.kind == "folder":
        in_the_way = tmp_path / "bukan-folder"
        in_the_way.write_text("")
        return msgspec.structs.replace(target, folder=str(in_the_way / "situs"))
    return msgspec.structs.replace(target, url=f"http://127.0.0.1:{find_closed_port()}/")


def tick(scene: Scene, minutes: float = 5, times: int = 1) -> None:
    for _ in range(times):
        scene.now += timedelta(minutes=minutes)
        scene.round()


def test_from_a_mail_to_the_letter_of_what_stands_there_corrected_and_taken_down(
    scene: Scene, stand: Newsstand, password: str, tmp_path: Path
) -> None:
    lead_to(scene, take_away(stand.target, tmp_path), password)
    settled(scene)
    number = scene.row().number
    schedule = Decision(
        event="schedule",
        publish_at=scene.now + timedelta(hours=1),
        headline=HEADLINE,
        editor="Nina",
        initials="NIN",
    )
    decide(scene.app, number, schedule)
    tick(scene)
    assert "Akan tayang" in status(only(scene.letters()))

    tick(scene, 20, times=6)  # its hour comes, and the target is down for an hour
    assert (stand.list_headlines(), scene.letters(), scene.row().state) == ([], [], "scheduled")

    lead_to(scene, stand.target, password)
    if stand.target.kind == "folder":  # a disk is nothing that mends itself
        try_again(scene.app, number)
    tick(scene, 20, times=4)
    assert stand.list_headlines() == [HEADLINE]
    letter = only(scene.letters())
    assert "Sudah tayang" in status(letter)
    assert ("http://127.0.0.1" in part(letter, "text/plain")) is stand.has_link
    assert scene.row().state == "published"

    correct(
        scene.app,
        number,
        Amendments(headline=MENDED),
        captions={},
        reason="Panjangnya keliru.",
        tell=True,
    )
    tick(scene, times=2)
    assert stand.list_headlines() == [MENDED]
    assert "Sudah dibetulkan" in status(only(scene.letters()))

    decide(scene.app, number, Decision(event="withdraw", editor="Nina", reason="Diminta desa."))
    tick(scene, times=2)
    assert (stand.list_headlines(), scene.row().state) == ([], "withdrawn")
    assert "diturunkan" in status(only(scene.letters()))
    tick(scene, times=3)
    assert scene.letters() == []
