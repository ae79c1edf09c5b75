"""What delivery works with, from the configuration: targets, who makes photos, who looks at pages."""

from collections.abc import Callable

from desk.app import App
from desk.workflow.publishing.deliver import MakePhotos, Page, Tools
from publisher.targets.http import Http
from publisher.targets.make import make_target
from publisher.targets.page import find_expected, look, look_gone
from redaksi.config.publish import PublishTarget
from redaksi.config.secrets import read_secret


def make_tools(
    app: App, make_photos: MakePhotos, stop: Callable[[], bool] = lambda: False
) -> Tools:
    """The tools of the configured targets. Raises ConfigError for a secret that cannot be read or
    is none, StoreError for the key of the links to photos."""
    targets = {target.id: target for target in app.config.publish.targets}

    def is_seen(page: Page) -> bool:
        expected = find_expected(page.edition, page.before)
        return look(speak_as_reader(targets[page.target]), page.url, expected) == "seen"

    def is_gone(page: Page) -> bool:
        http = speak_as_reader(targets[page.target])
        return look_gone(http, page.url, page.edition.headline) == "gone"

    return Tools(
        targets={
            key: make_target(app.config, target, _read_secrets(app, target))
            for key, target in targets.items()
        },
        make_photos=make_photos,
        is_seen=is_seen,
        is_gone=is_gone,
        stop=stop,
    )


def _read_secrets(app: App, target: PublishTarget) -> dict[str, str]:
    secrets = {}
    for key in ("password", "secret", "old_secret"):
        value = getattr(target, key)
        if value:
            where = f"publish.target.{target.id}.{key}"
            secrets[key] = read_secret(where, value, app.environment)
    return secrets


def speak_as_reader(target: PublishTarget) -> Http:
    """How a page of this target is looked at: it may be plain http."""
    return Http(private=target.private, may_be_plain=True)
