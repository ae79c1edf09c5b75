"""A seeded share of the mutation fuzz of .docx; `make fuzz` runs the long one."""

from itertools import islice

import pytest

from ingest.read.document import docx
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from tests.hostile.fuzz_docx import SLOW, mutants, seeds, trial
from tests.unit.document.word_parts import zipped


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_mutant_is_read_or_refused_and_never_slow(seed: int) -> None:
    for content in islice(mutants(seed), 500):
        assert trial(content) < SLOW


def test_the_files_that_are_mutated_can_be_read() -> None:
    assert all(docx.read(zipped(parts), Safety()).paragraphs for parts in seeds())


def test_mutants_are_of_both_kinds() -> None:
    """A fuzz whose mutants are all refused, or all read, tries nothing."""
    refused = 0
    for content in islice(mutants(11), 100):
        try:
            docx.read(content, Safety())
        except Unreadable:
            refused += 1
    assert 10 < refused < 90
