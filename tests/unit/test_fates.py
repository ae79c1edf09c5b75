"""Nothing is kept, or deleted, that nobody decided on."""

import pytest

from desk.store.retention.fates import FATES, OF_THE_HOUSE
from desk.store.tables import Base

TABLES = Base.metadata.tables


def test_every_table_has_its_fate() -> None:
    assert {*FATES, *OF_THE_HOUSE} == set(TABLES)
    assert not set(FATES) & set(OF_THE_HOUSE)


@pytest.mark.parametrize("table", FATES)
def test_every_column_has_its_fate(table: str) -> None:
    """Who adds a column says what becomes of it when the data goes."""
    fate = FATES[table]
    named = [*fate.goes, *fate.stays]
    assert sorted(named) == sorted(column.name for column in TABLES[table].columns)
    assert set(fate.published) <= set(fate.goes)
    assert not (fate.rows and fate.stays)


def test_what_points_to_a_person_is_no_persons_own() -> None:
    """No row that goes leaves another pointing to it."""
    gone = {name for name, fate in FATES.items() if fate.rows}
    pointing = {
        (table.name, key.parent.name)
        for table in TABLES.values()
        for key in table.foreign_keys
        if key.column.table.name in gone
    }
    assert pointing == {("submission", "address_id")}  # emptied before
