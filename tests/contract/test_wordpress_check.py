"""`redaksi doctor` at a WordPress: each fault with its remedy, and nothing on a good one."""

import json
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from desk.cli.checkup import targets
from redaksi import catalog
from redaksi.config.publish import Publish, PublishTarget
from redaksi.config.schema import Config
from redaksi.errors import ConfigError
from redaksi.model import Language
from tests.listener import Asked, answer, listening, make_certificate
from tests.wordpress import Site

LANGUAGES: tuple[Language, ...] = ("id", "en")
SECRET = "WORDPRESS_PASSWORD"


def configure(url: str, user: str = "redaksi", **differs: object) -> Config:
    plain = PublishTarget(
        id="situs", kind="wordpress", url=url, user=user, password=f"env:{SECRET}", private=True
    )
    target = structs.replace(plain, **differs)
    return Config(mailbox=(), publish=Publish(target=(target,), categories=("Warta",)))


def look(config: Config, language: Language = "en") -> str:
    """What doctor says, good or not."""
    words = catalog.load(language)
    ((_, check),) = targets.list_checks(config, words)
    try:
        return check()
    except ConfigError as error:
        return error.say(language)


@pytest.fixture
def know(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the password."""
    return lambda password: monkeypatch.setenv(SECRET, password)


@pytest.mark.parametrize("user", ["redaksi", "wartawan"])
def test_a_good_one_is_good(wordpress: Site, know: Callable[[str], None], user: str) -> None:
    know(wordpress.passwords[user])
    said = look(configure(wordpress.url, user))
    assert said == f"127.0.0.1:{wordpress.port}, login as {user}, may publish"


def test_a_wrong_password_is_named(wordpress: Site, know: Callable[[str], None]) -> None:
    know("wrong")
    assert "situs.password" in look(configure(wordpress.url))
    assert "Application Passwords" in look(configure(wordpress.url))


def test_rights_that_lack_are_named(wordpress: Site, know: Callable[[str], None]) -> None:
    know(wordpress.passwords["penulis"])
    said = look(configure(wordpress.url, "penulis"))
    assert "publish_posts, upload_files, edit_published_posts" in said and "Author" in said


def test_categories_that_lack_are_named(wordpress: Site, know: Callable[[str], None]) -> None:
    know(wordpress.passwords["redaksi"])
    config = configure(wordpress.url)
    names = ("Warta", "Pengumuman & Agenda", "warta", "Tiada")
    publish = structs.replace(config.publish, categories=names)
    said = look(structs.replace(config, publish=publish))
    assert ": warta, Tiada." in said


def test_every_flaw_is_told(wordpress: Site, know: Callable[[str], None]) -> None:
    know(wordpress.passwords["penulis"])
    config = configure(wordpress.url, "penulis")
    publish = structs.replace(config.publish, categories=("Tiada",))
    assert len(look(structs.replace(config, publish=publish)).splitlines()) == 2


GOOD = {"namespaces": ["wp/v2"], "authentication": {"application-passwords": {}}}


def home(**differs: object) -> bytes:
    return answer(json.dumps({**GOOD, **differs}).encode())


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (answer(b"<html>Halo</html>"), "home page"),
        (answer(b"no", "404 Not Found"), "home page"),
        (answer(b'{"code":"rest_disabled"}', "401 No"), "HTTP 401 rest_disabled"),
        (home(namespaces=["oembed/1.0"]), "home page"),
        (home(namespaces=7), "home page"),
        (answer(b"[]"), "home page"),
        (home(authentication=[]), "switches them off"),
        (answer(b"", "301 Moved", "Location: https://www.x.example/"), "https://www.x.example/"),
        (answer(b"", "500 Oops"), "does not answer (HTTP 500)"),
        (b"", "does not answer"),
    ],
)
def test_what_the_site_lacks_is_named(know: Callable[[str], None], says: bytes, words: str) -> None:
    know("p")
    with listening(says) as site:
        said = look(configure(site.url("")))
    assert words in said, said


def test_a_login_that_the_web_server_drops_is_named(know: Callable[[str], None]) -> None:
    def says(asked: Asked) -> bytes:
        if "users" in asked.path:
            return answer(b'{"code":"rest_not_logged_in"}', "401 No")
        return home()

    know("p")
    with listening(says) as site:
        assert "HTTP_AUTHORIZATION=$1" in look(configure(site.url("")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_is_not_public_is_named(
    know: Callable[[str], None], language: Language
) -> None:
    know("p")
    with listening(home()) as site:
        said = look(configure(site.url("", "https"), private=False), language)
    assert "private = true" in said and site.connections == 0


def test_a_certificate_nobody_vouches_for_is_named(
    tmp_path: Path, know: Callable[[str], None]
) -> None:
    know("p")
    made = make_certificate(tmp_path, "IP:127.0.0.1")
    if made is None:
        pytest.skip("needs openssl: apt install openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    with listening(home(), context) as site:
        said = look(configure(site.url("", "https")))
    assert "certificate" in said
