"""The demo leaves a configuration that says what it runs by, and what it published can be seen."""

import json
from pathlib import Path

import msgspec

from desk.demo.config_file import leave_config
from desk.demo.imap import ImapServer
from desk.demo.show import configuration, publish_to
from desk.demo.warta import render_page
from redaksi.config.load import load
from redaksi.config.publish import Publish
from redaksi.config.secrets import read_secret

IMAP = ImapServer(name="x", host="127.0.0.1", port=1143, user="demo", password="rahasia")


def test_the_file_says_what_the_demo_runs_by_and_is_gone_afterwards(tmp_path: Path) -> None:
    target = publish_to(tmp_path / "warta", "http://127.0.0.1:8000/warta/")
    config = configuration(tmp_path, IMAP, 2525, "id")
    config = msgspec.structs.replace(config, publish=Publish(target=(target,)))
    path = tmp_path / "demo" / "config.toml"
    with leave_config(path, config, IMAP.password):
        read = load(path, lambda _rules: None)
        (box,) = read.mailbox
        assert read_secret("password", box.password, {}) == IMAP.password
        assert path.stat().st_mode & 0o777 == 0o600
        as_run = msgspec.structs.replace(box, password=config.mailbox[0].password)
        assert msgspec.structs.replace(read, mailbox=(as_run,)) == config
    assert list(path.parent.iterdir()) == []


def test_an_article_is_shown_in_a_page_and_its_words_are_no_markup(tmp_path: Path) -> None:
    folder = tmp_path / "2026" / "W-2026-0001"
    folder.mkdir(parents=True)
    news = {"pubStatus": "usable", "headlines": [{"value": "<script>x</script>"}]}
    (folder / "warta.json").write_text(json.dumps(news))
    (folder / "warta.html").write_text("<p>Isi.</p>")
    for path in ("", "2026/W-2026-0001/warta.html"):
        page = render_page(tmp_path, path)
        assert page is not None
        assert b"<script>" not in page
        assert b"&lt;script&gt;" in page
    assert render_page(tmp_path, "../2026/warta.html") is None
    assert render_page(tmp_path, "2026/.W/warta.html") is None
