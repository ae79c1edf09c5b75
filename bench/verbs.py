"""Processor time of whole verbs, parent and child together; with BASE=<another worktree with its
.venv> beside that one's, alternated."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from desk.demo.makers import mail, photo, word
from desk.demo.texts import article

RUNS = 7
Row = tuple[str, float, str]


def rows() -> list[Row]:
    """The table's rows."""
    told: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        eml = Path(folder) / "naskah.eml"
        eml.write_bytes(_one_mail())
        for verb, words in (("--help", ["--help"]), ("check, one mail", ["check", str(eml)])):
            told += _compare(f"redaksi {verb}", words, Path(folder))
    return told


def _one_mail() -> bytes:
    """A contributor's: one .docx and one photo."""
    naskah = word("Warga Bangun Saluran", article("Siantan Hulu", "membangun saluran", 1))
    files = [("Warta.docx", naskah), ("IMG_1.jpg", photo(2400, 1800, 1, grain=34))]
    return mail(("Ani", "ani@kontributor.example"), "Naskah", "Terlampir.\n", files)


def _compare(what: str, words: list[str], cwd: Path) -> list[Row]:
    here, base = Path(sys.prefix), os.environ.get("BASE", "")
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(_processor_time(here, words, cwd))
        if base:
            theirs.append(_processor_time(Path(base).resolve() / ".venv", words, cwd))
    median = statistics.median(ours)
    told: list[Row] = [(f"{what}, ms of processor", median * 1000, "cold, both processes")]
    if theirs:
        told.append(
            (f"{what} / the same of BASE", median / statistics.median(theirs), "alternated")
        )
    return told


def _processor_time(environment: Path, words: list[str], cwd: Path) -> float:
    """Seconds of processor the command and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(environment / "bin" / "redaksi"), *words]
    subprocess.run(command, cwd=cwd, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
