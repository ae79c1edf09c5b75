"""No letter before the page answers, whatever is killed and cut: some of `make drill ARGS=publish`."""

from collections.abc import Iterator

import pytest

from tests.drill.fronts import FRONTS
from tests.drill.letters import Prepared, Ticker, attack, prepare, ticking
from tests.wp_target import alone

FAULTS = 8  # of 500


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("letters"))


@pytest.fixture(scope="module")
def ticker() -> Iterator[Ticker]:
    with ticking() as opened:
        yield opened


@pytest.mark.parametrize("kind", FRONTS)
def test_the_letter_follows_the_page(
    kind: str, prepared: Prepared, ticker: Ticker, request: pytest.FixtureRequest
) -> None:
    if kind == "wordpress":
        site = request.getfixturevalue("wordpress")
        with alone(site):
            score = attack(prepared, ticker, kind, FAULTS, seed=13, site=site)
    else:
        score = attack(prepared, ticker, kind, FAULTS, seed=13)
    assert score.wrong == []
    assert score.kills and score.kills + score.faults >= FAULTS


@pytest.mark.parametrize("kind", ["folder", "webhook"])
def test_one_written_before_the_look_is_seen(kind: str, prepared: Prepared, ticker: Ticker) -> None:
    assert attack(prepared, ticker, kind, 100, seed=13, early=True).wrong
