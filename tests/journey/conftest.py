"""What the conversations share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.demo import dovecot
from desk.demo.show import stage
from tests.journey.scene import Scene
from tests.journey.whole import assert_whole


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    with stage(tmp_path) as on:
        yield Scene(on, datetime.now(UTC))


@pytest.fixture(autouse=True)
def whole(tmp_path: Path) -> Iterator[None]:
    """Whatever happened: no stored file is harmed by it."""
    yield
    assert_whole(tmp_path)
