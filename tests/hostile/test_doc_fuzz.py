"""A seeded share of the mutation fuzz of .doc; `make fuzz` runs the long one."""

from itertools import islice

import pytest

from ingest.read.document import doc
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from tests.hostile.fuzz_doc import SLOW, mutants, seeds, trial


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_a_mutant_is_read_or_refused_and_never_slow(seed: int) -> None:
    for content in islice(mutants(seed), 500):
        assert trial(content) < SLOW


def test_the_files_that_are_mutated_can_be_read() -> None:
    assert all(doc.read(content, Safety()).paragraphs for content in seeds())


def test_mutants_are_of_both_kinds() -> None:
    """A fuzz whose mutants are all refused, or all read, tries nothing."""
    refused = 0
    for content in islice(mutants(21), 100):
        try:
            doc.read(content, Safety())
        except Unreadable:
            refused += 1
    assert 10 < refused < 90
