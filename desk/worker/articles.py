"""Articles that are due are delivered; when, the clockwork says."""

from collections.abc import Callable

from desk.app import App
from desk.workflow.publishing.deliver import is_due, publish_due
from desk.workflow.publishing.photos import Deriver, make_photos
from desk.workflow.publishing.tools import make_tools
from publisher.articles.edition import Edition
from publisher.targets.target import MadePhoto


def publish_articles(app: App, sandbox: Deriver, stop: Callable[[], bool] = lambda: False) -> int:
    """Deliver what is due, look at pages, tell; how many moved. Nothing is opened where nothing is
    due; photos are made in the sandbox. Raises ConfigError for a secret that cannot be read,
    StoreError."""

    def make(app: App, edition: Edition) -> tuple[MadePhoto, ...]:
        return make_photos(app, sandbox, edition)

    if not is_due(app):
        return 0
    return publish_due(app, make_tools(app, make, stop))
