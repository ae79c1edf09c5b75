"""What an editor asks for stands in the letter in whole sentences, as it was written."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from desk.cli import decide as verb
from desk.workflow import decisions
from desk.workflow.decisions import Decision, Resolved
from publisher.letters import load
from publisher.letters.compose import compose
from publisher.letters.letter_context import Remark
from publisher.letters.samples import letter_contexts, stationery
from redaksi.model import Language

TEMPLATES = load.load_templates()
SENTENCES = [
    "Sebutkan nama lengkap narasumber, mis. dr. H. Andi Baso, M.Kes.",
    "Tambahkan tiga hal: nama, jabatan, dan lokasi.",
    "Mohon periksa biaya: Rp 1.000.000,00 atau Rp 1.500?",
    "Rapat mulai pukul 10:30 WITA: benarkah?",
    "Please name the source, e.g. the village head.",
    "Satu kata",
    "# bukan judul | tetapi isi",
    "* Tanggal; * tempat; 1. nama",
    "Apakah benar? Ya atau tidak! Lalu apa.",
    "Kata “kutipan: di dalam” tetap utuh.",
    "Lihat butir a) dan b): keduanya.",
]


def letter(language: Language, *asked: str) -> str:
    sample = letter_contexts("notes", language)[0]
    remarks = tuple(Remark(ask=one) for one in asked)
    told = msgspec.structs.replace(sample, remarks=remarks)
    return " ".join(compose("notes", told, stationery(TEMPLATES, language)).text.split())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_stays_whole_and_is_told_once(language: Language, sentence: str) -> None:
    assert letter(language, sentence).count(sentence) == 1


def test_several_are_numbered_in_their_order() -> None:
    told = letter("id", *SENTENCES[:3])
    assert f"1. {SENTENCES[0]} 2. {SENTENCES[1]} 3. {SENTENCES[2]}" in told


def test_lines_of_one_are_one_sentence() -> None:
    assert "1. Tambahkan nama lengkap narasumber." in letter(
        "id", "Tambahkan nama\nlengkap\r\n  narasumber."
    )


def test_a_long_one_is_not_cut() -> None:
    long = " ".join(f"Kalimat nomor {n} berakhir di sini." for n in range(200))
    assert long in letter("id", long)


@pytest.mark.parametrize(
    ("field", "kind"), [("note", "scheduled"), ("note", "notes"), ("reason", "declined")]
)
def test_neither_are_an_editors_other_words(field: str, kind: Any) -> None:
    long = " ".join(f"Kalimat nomor {n} berakhir di sini." for n in range(200))
    told = msgspec.structs.replace(letter_contexts(kind, "id")[0], **{field: long})
    text = compose(kind, told, stationery(TEMPLATES, "id")).text
    assert long in " ".join(text.replace("\n> ", " ").split())


def test_the_command_hands_on_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Decision] = []

    def decided(_app: Any, _number: str, decision: Decision) -> Resolved:
        seen.append(decision)
        return Resolved(state="noted", letter_id=1)

    monkeypatch.setattr(decisions, "decide", decided)
    config = tmp_path / "config.toml"
    config.write_text(
        f'data_dir = "{tmp_path}"\n[[mailbox]]\nid = "warta"\naddress = "redaksi@warta.example"\n'
        'host = "127.0.0.1"\nuser = "x"\npassword = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n'
    )
    words = ["W-2026-0001", "note", "--config", str(config), "--ask", " "]
    for sentence in SENTENCES:
        words += ["--ask", sentence]
    told = CliRunner().invoke(verb.decide, words, env={"P": "x"})
    assert told.exit_code == 0, told.output
    assert [(one.title, one.ask) for one in seen[0].remarks] == [("", one) for one in SENTENCES]
