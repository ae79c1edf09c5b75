"""A folder of config.toml that the server does not have: `poll --once` exits 1, and each verb says
the server's line, the key and the folders there are."""

from pathlib import Path

import pytest
from click.testing import Result

from desk.demo import dovecot
from tests.journey.test_commands import House


@pytest.fixture
def house(tmp_path: Path, dovecot_server: dovecot.Dovecot) -> House:
    house = House(tmp_path, dovecot_server, smtp=1)
    text = house.path.read_text().replace("since =", 'folders = ["INBOX", "Naskah"]\nsince =')
    house.path.write_text(text.replace('mode = "draft"', 'mode = "off"'))
    house.path.chmod(0o600)
    return house


def is_named(result: Result) -> bool:
    printed = " ".join(result.output.split())
    wanted = ("mailbox.warta.folders", 'folder "Naskah" tidak dapat dibuka', '"INBOX"')
    return all(part in printed for part in wanted)


def test_a_folder_that_is_not_there_stops_no_other_and_is_told(house: House) -> None:
    house.deliver("lengkap")
    polled = house.run("poll", "--once")
    assert (polled.exit_code, is_named(polled)) == (1, True), polled.output
    assert "1 surel baru" in polled.output
    for verb, code in (("status", 1), ("reconcile", 1), ("doctor", 1)):
        ended = house.run(verb)
        assert (verb, ended.exit_code, is_named(ended)) == (verb, code, True), ended.output
    quiet = house.run("poll", "--once", "--quiet")
    assert (quiet.exit_code, is_named(quiet)) == (1, True)  # cron prints failures
    house.path.write_text(house.path.read_text().replace(', "Naskah"', ""))
    assert house.run("poll", "--once").exit_code == 0
    assert house.run("status").exit_code == 0
