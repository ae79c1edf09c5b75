"""Files are examined alike, whichever door they come by: 40 sets by mail, by the desk's form and by
`redaksi take`."""

from pathlib import Path
from unittest import mock

from msgspec import structs

from tests import entries
from tests.desk_web import Browser
from tests.entries import find_differing, post_set
from tests.file_sets import FileSet, make_sets


def test_forty_sets_are_one_examination_by_three_doors(tmp_path: Path) -> None:
    sets = make_sets()
    assert len({each.name for each in sets}) == 40
    assert find_differing(tmp_path, sets) == []


def test_a_file_that_is_lost_on_its_way_is_noticed(tmp_path: Path) -> None:
    """The measure itself: it must be able to fail."""
    (some,) = [each for each in make_sets() if each.name == "of one name"]

    def lose(browser: Browser, each: FileSet, form: str) -> None:
        post_set(browser, structs.replace(each, files=each.files[1:]), form)

    with mock.patch.object(entries, "post_set", lose):
        assert find_differing(tmp_path, [some]) == ["of one name: form"]
