"""Nothing typed is lost: whatever page answers a form that was not taken, what of it no field of that
page holds stands there as text, to be copied. One way for all pages: the page that was made is read
as a browser reads it."""

from collections.abc import Iterator
from html.parser import HTMLParser

from desk.web.visit import Form
from publisher.letters.source import LetterText
from redaksi import catalog
from redaksi.model import Language

SECRETS = frozenset({"sandi", "lama", "baru", "ulang"})
# what nobody types: marks of the page, buttons, and what is chosen or ticked
_NOT_TYPED = frozenset({
    "revisi", "versi", "sejak", "seq", "scope", "skrip", "dari", "formulir", "sidik", "akun",
    "penulis", "simpan", "buang", "lihat", "lanjut", "bagian", "satu", "nomor", "semua", "sesi", "tindakan",
    "calon", "keputusan", "surat", "temuan", "ditawarkan", "rubrik", "sekarang", "tetap",
    "tetap_catat", "tetap_turun", "kabari", "tanpa_surat", "sudah", "tujuan", "orang_sama", "ingat",
    "bahasa", "zona", "pintasan", "peran", "lewat", "utama", "pakai", "benar", "milik",
})  # fmt: skip
_TEXT_INPUTS = frozenset({"text", "email", "url", "search", "hidden", "date", "time", "month"})

Typed = tuple[str, str]  # of a field: its name, or the words beside it; and what was typed


def find_lost(form: Form, page: str) -> tuple[Typed, ...]:
    """What was typed into a form and no field of the page that answers it holds; in the form's
    order. A form with a password is typed anew."""
    if SECRETS & form.fields.keys():
        return ()
    typed = tuple(list_typed(form))
    if not typed:
        return ()
    shown = _Reader()
    shown.feed(page)
    shown.close()
    return tuple(
        (name, text)
        for name, text in typed
        if (name, text.strip()) not in shown.fields and ("", text.strip()) not in shown.fields
    )


def label_typed(typed: tuple[Typed, ...], language: Language) -> tuple[Typed, ...]:
    """The same with the words that stand beside each field."""
    words = catalog.load(language)
    return tuple(
        (words.say_or(_stem(name), "desk.typed", _stem(name)), text) for name, text in typed
    )


def list_typed(form: Form) -> Iterator[Typed]:
    """What somebody typed into a form, and no words of ours that were left as they were."""
    letter = LetterText(source=form.get("teks"), facts_hash=form.get("sidik"))
    ours = {"teks"} if form.has("sidik") and letter.is_untouched else set[str]()
    for name, values in form.fields.items():
        if _stem(name) not in _NOT_TYPED and name not in ours:
            yield from ((name, text) for text in values if text.strip())


def _stem(name: str) -> str:
    """Of "keterangan-2", a field of several: "keterangan"."""
    return name.partition("-")[0]


class _Reader(HTMLParser):
    """The fields of a page: (name, what stands in it); those without a name, which are read and sent
    nowhere, under ""."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: set[Typed] = set()
        self._area: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A field begins."""
        found = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._area, self._text = found.get("name", ""), []
        elif tag == "input" and found.get("type", "text") in _TEXT_INPUTS:
            self.fields.add((found.get("name", ""), found.get("value", "").strip()))

    def handle_data(self, data: str) -> None:
        """What stands in it."""
        if self._area is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag == "textarea" and self._area is not None:
            self.fields.add((self._area, "".join(self._text).strip()))
            self._area = None
