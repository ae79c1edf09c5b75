"""Figures as Prometheus reads them: every name once, in its documentation, in the text's own
format."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from desk.health.trouble import TroubleCode
from desk.metrics.exposition import render
from desk.metrics.figures import Figures
from desk.metrics.names import EVERY, OF_TALLY, PREFIX
from desk.store.tally import Counter
from tests.unit.test_config import GOOD, mistakes, read

DOCS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
FULL = Figures(
    tally={
        **{what: {} for what in Counter},
        Counter.MAILS: {"accept": 3.0, "failed": 0.0},
        Counter.EXAMINE: {"0.25": 2.0, "5.0": 1.0, "+Inf": 1.0, "sum": 97.5},
        Counter.PROCESSOR: {"": 12.25},
    },
    last_good={"warta": 1.8e9},
    oldest_unexamined=0.0,
    submissions={"review": 2},
    letters={"draft": 1},
    level=2,
    disk_free=10**12,
    inodes_free=65_536,
    purged=1.7e9,
    backed_up=1.6e9,
    troubles=frozenset({"unexamined"}),
)


def samples(figures: Figures) -> dict[tuple[str, str], float]:
    return {
        (sample.name.removeprefix(PREFIX), next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(render(figures).decode())
        for sample in family.samples
    }


def test_counters_and_gauges_are_told_with_their_label() -> None:
    told = samples(FULL)
    assert told["mails_total", "accept"] == 3
    assert told["mails_total", "failed"] == 0
    assert told["examine_cpu_seconds_total", ""] == 12.25
    assert told["last_good_poll_timestamp_seconds", "warta"] == 1.8e9
    assert (told["oldest_unexamined_seconds", ""], told["sandbox_level", ""]) == (0, 2)
    assert (told["disk_free_bytes", ""], told["inodes_free", ""]) == (1e12, 65_536)
    assert told["purge_timestamp_seconds", ""] == 1.7e9
    assert told["backup_timestamp_seconds", ""] == 1.6e9
    assert (told["submissions", "review"], told["letters", "draft"]) == (2, 1)


def test_a_histogram_counts_up_to_each_bound() -> None:
    told = samples(FULL)
    counts = {bound: n for (name, bound), n in told.items() if name == "examine_seconds_bucket"}
    assert (counts["0.1"], counts["0.25"], counts["2.5"]) == (0, 2, 2)
    assert (counts["5.0"], counts["90.0"], counts["+Inf"]) == (3, 3, 4)
    assert (told["examine_seconds_sum", ""], told["examine_seconds_count", ""]) == (97.5, 4)


def test_every_trouble_is_told_as_there_or_not() -> None:
    told = {code: n for (name, code), n in samples(FULL).items() if name == "trouble"}
    assert told == {code.value: float(code == TroubleCode.UNEXAMINED) for code in TroubleCode}


def test_what_nobody_knows_is_absent() -> None:
    told = {name for name, _ in samples(Figures(troubles=frozenset({"store_closed"})))}
    assert told == {"trouble"}


def test_all_that_is_counted_has_a_metric_and_no_two_share_a_name() -> None:
    assert set(OF_TALLY) == set(Counter)
    assert len({metric.name for metric in EVERY}) == len(EVERY)
    families = [f.name for f in text_string_to_metric_families(render(FULL).decode())]
    assert {name.removeprefix(PREFIX) for name in families} == {
        metric.name.removesuffix("_total") for metric in EVERY
    }


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)
def test_each_is_documented_with_its_label(metric: object) -> None:
    name, label = getattr(metric, "name", ""), getattr(metric, "label", "")
    written = f"`{PREFIX}{name}{{{label}}}`" if label else f"`{PREFIX}{name}`"
    assert written in DOCS.read_text()


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('listen = "9125"', "metrics.listen"),
        ('listen = "0.0.0.0:9125"', "metrics.listen"),
        ('listen = "192.0.2.1:9125"', "metrics.listen"),
        ('textfile = "/var/lib/node_exporter/redaksi.txt"', "metrics.textfile"),
    ],
)
def test_a_mistake_names_its_key(line: str, where: str) -> None:
    (mistake,) = mistakes(f"{GOOD}[metrics]\n{line}\n")
    assert where in mistake


@pytest.mark.parametrize("listen", ["127.0.0.1:9125", "[::1]:9125", "localhost:0"])
def test_a_port_of_this_machine_is_right(listen: str) -> None:
    assert read(f'{GOOD}\n[metrics]\nlisten = "{listen}"\n').metrics.listen == listen
