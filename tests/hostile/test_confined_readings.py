"""Confinement takes nothing from an honest reading: what is read at "full" is what is read here."""

from pathlib import Path

import pytest

from desk.demo.samples import samples
from tests.drill.confined import find_differences, find_paths

EVERY = 15  # of the corpus and the cases, by name; `make drill ARGS=confined` reads them all


def test_a_sample_is_examined_as_it_is(tmp_path: Path) -> None:
    for sample in samples():
        (tmp_path / f"{sample.name}.eml").write_bytes(sample.raw)
    assert list(find_differences(sorted(tmp_path.iterdir()))) == []


@pytest.mark.filterwarnings("default::UserWarning:PIL")
def test_every_fifteenth_of_the_corpus_and_the_cases_is_examined_as_it_is() -> None:
    paths = find_paths()[::EVERY]
    if not paths:
        pytest.skip("needs the corpus beside the checkout")
    assert list(find_differences(paths)) == []
