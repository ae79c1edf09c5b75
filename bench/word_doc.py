"""How fast a .doc is read, against a LibreOffice that runs already and makes a .docx of the same
file, in one run."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from desk.demo import makers
from ingest.read.document import doc
from redaksi.limits import Safety

_DEMO = Path(makers.__file__).with_name("kiriman-lama.doc")
_SENTENCE = "Pemerintah desa {} membuka jalan baru untuk warga di tepi sungai nomor {}. "
# Runs under the Python that has LibreOffice's bridge: converts each file named to .docx, a few
# times, and prints the seconds of the fastest.
_CLIENT = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
def say(name, value):
    made = PropertyValue(); made.Name, made.Value = name, value
    return made
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(120):
    try:
        remote = resolver.resolve("uno:pipe,name=" + sys.argv[1] + ";urp;StarOffice.ComponentContext"); break
    except Exception:
        time.sleep(0.5)
desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
for path in sys.argv[2:]:
    times = []
    for _ in range(6):
        start = time.perf_counter()
        made = desktop.loadComponentFromURL("file://" + path, "_blank", 0, (say("Hidden", True),))
        made.storeToURL("file://" + path + "x", (say("FilterName", "MS Word 2007 XML"),))
        made.close(True)
        times.append(time.perf_counter() - start)
    print(min(times[1:]), flush=True)
desktop.terminate()
"""


def rows() -> list[tuple[str, float, str]]:
    """The figures of issue 3 for .doc: (what, figure, against)."""
    python = _bridge()
    if not shutil.which("soffice") or not python:
        return [
            (
                ".doc: needs libreoffice and python3-uno",
                0.0,
                "apt install libreoffice-writer python3-uno",
            )
        ]
    with tempfile.TemporaryDirectory() as folder, _office(folder) as pipe:
        small, large = Path(folder, "kecil.doc"), Path(folder, "besar.doc")
        shutil.copy(_DEMO, small)
        _write(large, 500_000)
        asked = [python, "-c", _CLIENT, pipe, str(small), str(large)]
        done = subprocess.run(asked, capture_output=True, check=True, text=True, timeout=300)
        theirs = [float(line) for line in done.stdout.split()]
        ours = [_fastest(each.read_bytes()) for each in (small, large)]
        used = _peak(large.read_bytes())
    return [
        (".doc of an article: ours, ms", ours[0] * 1000, ""),
        (".doc of an article: LibreOffice, warm / ours", theirs[0] / ours[0], "at least 50"),
        (".doc of 500,000 characters: ours, ms", ours[1] * 1000, ""),
        (
            ".doc of 500,000 characters: LibreOffice, warm / ours",
            theirs[1] / ours[1],
            "at least 50",
        ),
        (".doc of 500,000 characters: peak memory, MB", used, "under 128"),
    ]


def _fastest(content: bytes) -> float:
    safety = Safety(max_paragraphs=1_000_000)
    times = []
    for _ in range(40):
        start = time.perf_counter()
        doc.read(content, safety)
        times.append(time.perf_counter() - start)
    return min(times)


def _peak(content: bytes) -> float:
    """Peak resident memory, in MB, of a process that does nothing but read such a document."""
    script = (
        "import resource, sys; from ingest.read.document import doc; from redaksi.limits import Safety; "
        "doc.read(sys.stdin.buffer.read(), Safety(max_paragraphs=1_000_000)); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=content, capture_output=True, check=True
    )
    return float(done.stdout)


def _write(path: Path, characters: int) -> None:
    """A .doc of about so many characters, as LibreOffice saves it: a few runs a paragraph."""
    paragraphs = []
    made = number = 0
    while made < characters:
        texts = [_SENTENCE.format(each * 7919 % 1000, each) for each in range(number, number + 4)]
        number += 4
        made += sum(len(text.replace(" ", "")) for text in texts)
        texts[2] = f"<b>{texts[2]}</b>"
        paragraphs.append(
            f"<p style='font-family: Times New Roman; font-size: 12pt'>{''.join(texts)}</p>"
        )
    source = path.with_suffix(".html")
    source.write_text(f"<html><meta charset='utf-8'><body>{''.join(paragraphs)}</body></html>")
    profile = f"-env:UserInstallation=file://{path.parent}/writer"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--infilter=HTML (StarWriter)",
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            str(path.parent),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


@contextlib.contextmanager
def _office(folder: str) -> Iterator[str]:
    """A LibreOffice that listens on a pipe of its own."""
    pipe = f"redaksi-{Path(folder).name}"
    listening = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/office",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield pipe
    finally:
        try:
            listening.wait(20)
        except subprocess.TimeoutExpired:
            listening.kill()
            listening.wait()


def _bridge() -> str:
    """The Python that can talk to LibreOffice: "" when there is none."""
    for name in (sys.executable, "/usr/bin/python3"):
        if Path(name).exists():
            found = subprocess.run([name, "-c", "import uno"], capture_output=True, check=False)
            if found.returncode == 0:
                return name
    return ""
