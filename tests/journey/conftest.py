"""What the conversations share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.fetch.listing import Account
from tests.journey.scene import Scene, set_up
from tests.journey.whole import assert_whole


@pytest.fixture
def scene(tmp_path: Path, account: Account) -> Iterator[Scene]:
    with set_up(tmp_path, account) as on:
        yield Scene(on, datetime.now(UTC))


@pytest.fixture(autouse=True)
def whole(tmp_path: Path) -> Iterator[None]:
    """Whatever happened: no stored file is harmed by it."""
    yield
    assert_whole(tmp_path)
