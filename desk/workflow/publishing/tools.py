"""What delivery works with, from the configuration: targets, who makes photos, who looks at pages."""

from collections.abc import Callable

from msgspec import Struct

from desk.app import App
from desk.workflow.publishing.deliver import MakePhotos, Page, Tools
from publisher.targets.http import Http
from publisher.targets.make import make_target
from publisher.targets.page import find_expected, look, look_gone
from publisher.targets.target import Action, Article, Known, Refused, Step, Target
from redaksi.config.publish import PublishTarget
from redaksi.config.secrets import read_secret
from redaksi.errors import ConfigError
from redaksi.log import get_logger

log = get_logger("publish")


def make_tools(
    app: App, make_photos: MakePhotos, stop: Callable[[], bool] = lambda: False
) -> Tools:
    """The tools of the configured targets; one whose secret cannot be read refuses everything, and
    the others go on. Raises StoreError for the key of the links to photos."""
    targets = {target.id: target for target in app.config.publish.targets}

    def is_seen(page: Page) -> bool:
        expected = find_expected(page.edition, page.before)
        return look(speak_as_reader(targets[page.target]), page.url, expected) == "seen"

    def is_gone(page: Page) -> bool:
        http = speak_as_reader(targets[page.target])
        return look_gone(http, page.url, page.edition.headline) == "gone"

    return Tools(
        targets=make_targets(app),
        make_photos=make_photos,
        is_seen=is_seen,
        is_gone=is_gone,
        stop=stop,
    )


class Locked(Struct, frozen=True, kw_only=True):
    """A target that nobody can log in to: its secret cannot be read, or is none."""

    id: str
    detail: str
    has_page: bool = True

    def publish(self, article: Article, known: Known | None) -> Refused:  # noqa: ARG002 - the port's
        """Refused."""
        return Refused(code="login_refused", detail=self.detail)

    def correct(self, article: Article, known: Known) -> Refused:  # noqa: ARG002 - the port's
        """Refused."""
        return Refused(code="login_refused", detail=self.detail)

    take_down = correct

    def find(self, article: Article) -> Refused:  # noqa: ARG002 - the port's
        """Nobody can ask."""
        return Refused(code="login_refused", detail=self.detail)

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:  # noqa: ARG002 - the port's
        """Nothing would be done, for this reason."""
        return (Step(code="target_locked", facts={"why": self.detail}),)


def make_targets(app: App) -> dict[str, Target]:
    """The configured targets by id, the leading one first. Raises as `make_tools`."""
    return {target.id: _make(app, target) for target in app.config.publish.targets}


def _make(app: App, target: PublishTarget) -> Target:
    try:
        return make_target(app.config, target, _read_secrets(app, target))
    except ConfigError as error:
        log.error("publish.locked", target=target.id, error=error)
        return Locked(id=target.id, detail=str(error))


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
