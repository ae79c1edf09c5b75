"""Figures as Prometheus' text format, version 0.0.4; prometheus-client only writes it down."""

from collections.abc import Iterator, Mapping
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.core import Metric as Family
from prometheus_client.registry import Collector

from desk.health.trouble import TroubleCode
from desk.metrics import names
from desk.metrics.figures import Figures
from desk.metrics.names import PREFIX, Metric
from desk.store.tally import ABOVE, SECONDS, SUM, Counter

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def render(figures: Figures) -> bytes:
    """The whole text."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Scrape(figures))
    return generate_latest(registry)


class _Scrape(Collector):
    """What prometheus-client asks for families."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Family]:
        """Every family that is known at this moment."""
        figures = self._figures
        for what, rows in figures.tally.items():
            metric = names.OF_TALLY[what]
            yield make_histogram(metric, rows) if what is Counter.EXAMINE else _count(metric, rows)
        troubles = {code.value: float(code.value in figures.troubles) for code in TroubleCode}
        for metric, by_label in (
            (names.LAST_GOOD_POLL, figures.last_good),
            (names.SUBMISSIONS, figures.submissions),
            (names.LETTERS, figures.letters),
            (names.TROUBLE, troubles),
        ):
            yield _gauge(metric, by_label)
        for metric, value in (
            (names.OLDEST_UNEXAMINED, figures.oldest_unexamined),
            (names.SANDBOX_LEVEL, figures.level),
            (names.DISK_FREE, figures.disk_free),
            (names.INODES_FREE, figures.inodes_free),
            (names.PURGED, figures.purged),
            (names.BACKED_UP, figures.backed_up),
        ):
            if value is not None:
                yield _gauge(metric, {"": value})


def make_histogram(metric: Metric, rows: Mapping[str, float]) -> HistogramMetricFamily:
    """Each row of the tally is one bucket's own; the text says how many there are up to it."""
    bounds = [*(str(bound) for bound in SECONDS), ABOVE]
    below = accumulate(rows.get(bound, 0.0) for bound in bounds)
    return HistogramMetricFamily(
        PREFIX + metric.name,
        metric.meaning,
        buckets=list(zip(bounds, below, strict=True)),
        sum_value=rows.get(SUM, 0.0),
    )


def _count(metric: Metric, rows: Mapping[str, float]) -> CounterMetricFamily:
    labels = [metric.label] if metric.label else []
    family = CounterMetricFamily(PREFIX + metric.name, metric.meaning, labels=labels)
    for label, value in sorted(rows.items()):
        family.add_metric([label] if labels else [], value)
    return family


def _gauge(metric: Metric, rows: Mapping[str, float]) -> GaugeMetricFamily:
    labels = [metric.label] if metric.label else []
    family = GaugeMetricFamily(PREFIX + metric.name, metric.meaning, labels=labels)
    for label, value in sorted(rows.items()):
        family.add_metric([label] if labels else [], value)
    return family
