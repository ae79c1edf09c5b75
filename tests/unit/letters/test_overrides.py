"""A redaksi's own templates over ours: any letter, any sentence; a mistake is told with file and
line at start."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.letters.compose import compose
from publisher.letters.grammar import CONTEXT, slips
from publisher.letters.proofread import load
from redaksi.errors import ConfigError
from tests.unit.letters.letterbox import occasion, stationery, templates


def own(folder: Path, name: str, source: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
    return folder


def test_one_sentence_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    source = '{% extends "ours/accepted.j2" %}\n{% block thanks %}\nMatur nuwun, {{ o.name }}!\n{% endblock %}\n'
    mine = replace(stationery(), templates=load(own(tmp_path, "id/accepted.j2", source)))
    text = compose("accepted", occasion("accepted"), mine).text
    assert "Matur nuwun, Rahmawati!" in text
    assert "Terima kasih atas kiriman" not in text
    assert "Nomor naskah : W-2026-0143" in text


def test_a_sentence_may_keep_ours_and_add_to_it(tmp_path: Path) -> None:
    source = '{% extends "ours/accepted.j2" %}\n{% block thanks %}\n{{ super() }}\n\nSehat selalu.\n{% endblock %}\n'
    mine = replace(stationery(), templates=load(own(tmp_path, "id/accepted.j2", source)))
    text = compose("accepted", occasion("accepted"), mine).text
    assert "Terima kasih atas kiriman Bapak/Ibu." in text
    assert "Sehat selalu." in text


def test_a_shared_part_is_replaced_in_every_letter_of_the_language(tmp_path: Path) -> None:
    mine = replace(
        stationery(), templates=load(own(tmp_path, "id/_greeting.j2", "Halo {{ o.name }},\n\n"))
    )
    assert "Halo Rahmawati," in compose("revise", occasion(), mine).text
    assert "Dear Rahmawati," in compose("revise", occasion("revise", "en"), mine).text


def test_a_whole_letter_is_replaced(tmp_path: Path) -> None:
    mine = replace(
        stationery(),
        templates=load(own(tmp_path, "en/withdrawn.j2", "# Gone | {{ o.number }}\n\nBye.\n")),
    )
    assert (
        compose("withdrawn", occasion("withdrawn", "en"), mine).text
        == "Gone – W-2026-0143\n\nBye.\n"
    )


@pytest.mark.parametrize(
    ("name", "source", "told"),
    [
        (
            "id/revise.j2",
            "# Perlu | {{ o.number }}\n\n{% if %}\n",
            r"id/revise\.j2, line 3: Expected an expression",
        ),
        (
            "id/revise.j2",
            "# Perlu | x\n\n\n{{ o.nomor }}\n",
            r"id/revise\.j2, line 4: .*no attribute 'nomor'",
        ),
        (
            "en/revise.j2",
            "# a | b\n{{ nobody }}\n",
            r"en/revise\.j2, line 2: 'nobody' is undefined",
        ),
        ("id/_close.j2", "{{ 1 / 0 }}\n", r"id/_close\.j2, line 1: division by zero"),
        (
            "id/revise.j2",
            "# a | b\n{% if o.findings | length > 99 %}{{ nosuch }}{% endif %}\n",
            r"line 2: .*no nosuch",
        ),
        (
            "id/revise.j2",
            "# a | b\n{% if false %}\n{{ o.tittle }}\n{% endif %}\n",
            r"line 3: nothing .*'tittle'",
        ),
        (
            "id/revise.j2",
            "# a | b\n{% if false %}{{ ''.__class__ }}{% endif %}\n",
            r"line 2: .*'__class__'",
        ),
        (
            "id/revise.j2",
            '{% extends "ours/revise.j2" %}\n{% block tanks %}x{% endblock %}\n',
            r"line 2: .*'tanks'",
        ),
        ("id/_greting.j2", "Halo\n", r"_greting\.j2: no letter uses"),
        ("id/revise.jinja", "# a | b\n", r"revise\.jinja: no letter uses"),
        ("id/revise.j2", "", r"id/revise\.j2: nothing is left"),
        ("id/digest.j2", "", r"id/digest\.j2: nothing is left"),
        (
            "id/revise.j2",
            '# a | b\n{% include "_nihil.j2" %}\n',
            r"id/revise\.j2, line 2: .*_nihil\.j2",
        ),
        (
            "id/revise.j2",
            "# a | b\n{{ o.__class__.__mro__ }}\n",
            r"id/revise\.j2, line 2: .*unsafe",
        ),
        (
            "id/revise.j2",
            "# a | b\n{{ o.title | safe }}\n",
            r"id/revise\.j2, line 2: No filter named 'safe'",
        ),
        ("id/revisi.j2", "x", r"id/revisi\.j2: no letter uses this template"),
    ],
)
def test_a_mistake_is_told_with_file_and_line_before_any_letter(
    tmp_path: Path, name: str, source: str, told: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(own(tmp_path, name, source))
    assert re.search(told, str(caught.value)), str(caught.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    own(tmp_path, "id/revise.j2", "{% if %}")
    own(tmp_path, "en/accepted.j2", "{% for %}")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        load(tmp_path / "templat")


def test_a_template_not_in_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "revise.j2").write_bytes(b"# caf\xe9 | x\n")
    with pytest.raises(ConfigError, match=r"revise\.j2"):
        load(tmp_path)


def test_our_own_templates_speak_of_nothing_a_letter_has_not() -> None:
    loaded = templates()
    for environment in loaded.bodies.values():
        for name in environment.list_templates(extensions=["j2"]):
            assert environment.loader is not None
            source = environment.loader.get_source(environment, name)[0]
            if "page" not in name:
                assert list(slips(environment, source, CONTEXT)) == [], name
