"""Mistakes of [metrics]: nobody but this machine asks, and node_exporter reads *.prom alone."""

from collections.abc import Iterator
from pathlib import PurePath

from redaksi.config.fields import Mistake, explain_key, make_mistake
from redaksi.config.metrics import Metrics
from redaksi.config.schema import Config
from redaksi.config.web_mistakes import is_this_machine, split_listen


def find_metrics_mistakes(config: Config) -> Iterator[Mistake]:
    """Each with its key."""
    metrics = config.metrics
    if metrics.listen:
        found = split_listen(metrics.listen)
        if found is None:
            yield _blame("listen", "no_listen", metrics.listen)
        elif not is_this_machine(found[0]):
            yield _blame("listen", "not_this_machine", metrics.listen)
    if metrics.textfile and PurePath(metrics.textfile).suffix != ".prom":
        yield _blame("textfile", "no_textfile", metrics.textfile)


def _blame(key: str, code: str, value: str) -> Mistake:
    where = f"metrics.{key}"
    return make_mistake(where, code, where=where, value=value, meaning=explain_key(Metrics, key))
