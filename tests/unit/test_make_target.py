"""From the configuration to the target: every kind, its secrets, and the key of links to photos."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import pytest

from publisher.targets.copy_desk import CopyDesk
from publisher.targets.folder import Folder
from publisher.targets.make import MEDIA_KEY, load_media_key, make_target
from publisher.targets.target import Target
from publisher.targets.webhook import Webhook
from publisher.targets.wordpress import WordPress
from redaksi.config.publish import Publish, PublishTarget, TargetKind
from redaksi.config.schema import Config, Web
from redaksi.errors import ConfigError, StoreError

NEW, OLD = (
    "whsec_" + base64.b64encode(text).decode()
    for text in (b"a secret of 32 bytes, for tests.", b"the secret that was before it...")
)
KINDS: dict[TargetKind, type[Target]] = {
    "copy": CopyDesk,
    "folder": Folder,
    "webhook": Webhook,
    "wordpress": WordPress,
}


def make(home: Path, target: PublishTarget, **secrets: str) -> Target:
    config = Config(
        data_dir=str(home),
        web=Web(base_url="https://redaksi.example"),
        publish=Publish(hosts=("warta.example",), target=(target,)),
    )
    return make_target(config, target, secrets)


def test_every_kind_has_its_target(tmp_path: Path) -> None:
    assert set(KINDS) == set(get_args(TargetKind))
    for kind, made in KINDS.items():
        table = PublishTarget(id="x", kind=kind, folder="/f", url="https://warta.example", user="u")
        target = make(tmp_path, table, secret=NEW, password="p")
        assert (type(target), target.id) == (made, "x")


def test_a_webhook_has_what_it_needs(tmp_path: Path) -> None:
    table = PublishTarget(id="x", kind="webhook", url="https://a.example/hook", private=True)
    target = make(tmp_path, table, secret=NEW, old_secret=OLD)
    assert isinstance(target, Webhook)
    assert [len(secret) for secret in target.secrets] == [32, 32]
    assert target.secrets[0] == b"a secret of 32 bytes, for tests."
    assert (target.http.private, target.hosts) == (True, ("warta.example",))
    assert target.media_key == load_media_key(tmp_path)


@pytest.mark.parametrize(
    "secrets",
    [{}, {"secret": "rahasia"}, {"secret": NEW, "old_secret": "rahasia"}],
    ids=["none", "no secret of a webhook", "the old one is none"],
)
def test_a_secret_that_is_none_is_named_and_not_told(
    tmp_path: Path, secrets: dict[str, str]
) -> None:
    table = PublishTarget(id="x", kind="webhook", url="https://a.example/hook")
    name = "old_secret" if "old_secret" in secrets else "secret"
    with pytest.raises(ConfigError, match=rf"publish\.target\.x\.{name}: ") as raised:
        make(tmp_path, table, **secrets)
    assert "rahasia" not in str(raised.value)


def test_the_key_is_made_once_and_is_ours_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(load_media_key, [tmp_path] * 32))
    assert [len(key) for key in keys] == [32]
    assert stat.S_IMODE((tmp_path / MEDIA_KEY).stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [MEDIA_KEY]


def test_without_a_data_folder_there_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        load_media_key(tmp_path / "tiada")
