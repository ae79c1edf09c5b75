"""What is typed into forms and filters of the desk comes back on the page that refuses it: as text."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urlencode

from msgspec import Struct
from playwright.sync_api import Page as Tab

from tests.desk_web import Browser, Page

STALE = {"revisi": "1", "versi": "0"}  # nothing is decided on it; everything typed comes back
ASKED = re.compile(r"^(?:[/#?]|$)")


class Entry(Struct, frozen=True):
    """A form, or a filter: where it is sent, what else is in it, and which of its fields are typed."""

    name: str
    path: str
    typed: tuple[str, ...]
    fixed: Mapping[str, str] = {}
    method: str = "POST"

    def fill(self, words: str) -> dict[str, str]:
        """All that is typed is `words`."""
        return {**self.fixed, **dict.fromkeys(self.typed, words)}


def list_entries(number: str) -> tuple[Entry, ...]:
    """Those that show again what was typed; `number`: a submission."""
    decide, setting = f"/kiriman/{number}/putuskan", f"/kiriman/{number}/tayang"
    return (
        Entry("decline", decide, ("alasan", "sebab", "dari"), {"keputusan": "tolak", **STALE}),
        Entry(
            "return",
            decide,
            ("permintaan", "catatan", "alasan", "temuan"),
            {"keputusan": "kembalikan", **STALE},
        ),
        Entry(
            "schedule",
            decide,
            ("judul", "rubrik", "tanggal", "pukul", "catatan", "teks", "sidik", "seq"),
            {"keputusan": "jadwalkan", **STALE},
        ),
        Entry("published", decide, ("tautan", "judul", "rubrik"), {"keputusan": "tayang", **STALE}),
        Entry("a decision", decide, ("keputusan", "revisi", "versi", "sejak")),
        Entry(
            "preview",
            f"/kiriman/{number}/pratinjau",
            ("catatan", "permintaan", "teks", "sidik", "dari"),
            {"keputusan": "kembalikan", **STALE},
        ),
        Entry("photos", f"/kiriman/{number}/foto", ("utama", "keterangan-1", "kredit-1"), STALE),
        Entry("correction", f"{setting}/betulkan", ("judul", "artikel", "rubrik", "sebab"), STALE),
        Entry("address", f"{setting}/terbit", ("tautan", "judul", "tujuan"), STALE),
        Entry("takedown", f"{setting}/turunkan", ("sebab", "alasan"), STALE),
        Entry("pair", f"/kiriman/{number}/pasangkan", ("ke", "calon"), STALE),
        Entry(
            "take-in",
            "/masukkan",
            ("nama", "alamat", "isi_pesan", "kiriman", "lewat", "formulir"),
        ),
        Entry("own account", "/akun", ("nama", "tanda", "inisial", "bahasa", "zona")),
        Entry("another account", "/akun/semua/baru", ("surel", "nama", "inisial", "peran")),
        Entry("sign-in", "/masuk", ("surel", "sandi", "ke")),
        *_list_filters(number),
    )


def _list_filters(number: str) -> Iterator[Entry]:
    for name, path, typed in (
        ("list", "/antrean", ("tampilan", "provinsi", "temuan", "keadaan", "urut", "setelah")),
        ("query", "/cari", ("q", "setelah")),
        ("archive", "/arsip", ("bulan", "setelah")),
        ("calendar", "/jadwal", ("bulan",)),
        ("what is published", "/terbit", ("provinsi", "bulan", "setelah")),
        ("way back", f"/kiriman/{number}", ("dari", "lihat")),
        ("revisions", f"/kiriman/{number}/banding", ("dari", "ke")),
        ("where to", "/masuk", ("ke",)),
    ):
        for field in typed:  # a wrong one is no page
            yield Entry(f"{name} {field}", path, (field,), method="GET")


def send(browser: Browser, entry: Entry, words: str) -> Page:
    """The page that comes back."""
    fields = entry.fill(words)
    if entry.method == "POST":
        return browser.post(entry.path, fields)
    return browser.get(f"{entry.path}?{urlencode(fields, errors='replace')[:3_500]}")


def submit(tab: Tab, base: str, entry: Entry, words: str) -> None:
    """The same in a browser, from a page of the desk: it shows what comes back."""
    if entry.method == "GET":
        tab.goto(f"{base}{entry.path}?{urlencode(entry.fill(words), errors='replace')[:3_500]}")
        return
    with tab.expect_navigation():
        tab.evaluate(_SUBMIT, [entry.path, [list(pair) for pair in entry.fill(words).items()]])


_SUBMIT = """([action, fields]) => {
  const form = document.createElement('form')
  form.method = 'post'; form.action = action
  for (const [name, value] of fields) {
    const area = document.createElement('textarea')
    area.name = name; area.value = value; form.append(area)
  }
  document.body.append(form); form.submit()
}"""


class _Reader(HTMLParser):
    """Finds what a page of ours never has: a handler, a script but ours, a way to elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        values = {name: value or "" for name, value in attrs}
        self.found += [f"{tag} {name}" for name in values if name.startswith(("on", "style"))]
        if tag == "script" and not values.get("src", "").startswith("/aset/"):
            self.found.append("script")
        if tag in ("iframe", "object", "embed", "base", "svg:script", "math"):
            self.found.append(tag)
        for name in ("href", "src", "action", "formaction", "srcset"):
            if name in values and not ASKED.match(values[name]):
                self.found.append(f"{tag} {name}={values[name][:40]}")


def find_markup(html: str) -> list[str]:
    """What in the page is not of our making."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found
