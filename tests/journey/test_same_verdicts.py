"""The golden mails are judged as 0.1 judged them: tests/frozen/check.jsonl.gz."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.journey.test_golden import judged
from tests.same_verdicts import find_differences, translated

FROZEN = Path(__file__).parents[1] / "frozen" / "check.jsonl.gz"
BEFORE: dict[str, dict[str, Any]] = {
    before["source"]: before
    for before in map(json.loads, gzip.decompress(FROZEN.read_bytes()).splitlines())
}

# what 0.1 read wrongly, and today is right
MENDED = {
    # the heading of a table below the article is nobody's task
    "captions-in-a-table.eml": {".documents[0].byline.role: 'Askot', not 'Askot, Nama berkas'"},
}


@pytest.mark.parametrize("source", BEFORE)
def test_a_golden_mail_is_judged_as_before(source: str) -> None:
    found = json.loads(json.dumps(judged(source.removesuffix(".eml"))))
    differences = set(find_differences(translated(BEFORE[source]), found))
    assert differences == MENDED.get(source, set())
