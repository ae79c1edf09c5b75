"""Addresses of the desk's pages: one place, so that a page and its route cannot differ."""

from urllib.parse import quote, urlencode

from msgspec import Struct

from publisher.site.pages import Entry, Original, Shot, View

VIEWS: dict[str, str] = {
    "action": "tindakan",
    "mine": "saya",
    "waiting": "menunggu",
    "scheduled": "terjadwal",
    "active": "aktif",
}
VIEW_OF = {word: view for view, word in VIEWS.items()}


class Links(Struct, frozen=True):
    """Where a part of a page leads, in the desk."""

    def view(self, view: View | str) -> str:
        """A list."""
        if view == "archive":
            return "/arsip"
        return f"/antrean?tampilan={VIEWS[view]}" if view in VIEWS else "/surel"

    def count(self, view: View | str) -> str:
        """The name of a list, by which the script finds its count."""
        return VIEWS[view]

    def submission(self, number: str, came_from: str = "") -> str:
        """The page of a submission; `came_from`: the list it was opened from."""
        query = f"?{urlencode({'dari': came_from})}" if came_from else ""
        return f"/kiriman/{quote(number)}{query}"

    def thumbnail(self, entry: Entry) -> str:
        """The picture of a row."""
        return f"{_files(entry, 'kecil')}/foto-{entry.picture}.jpg"

    def small(self, entry: Entry, shot: Shot) -> str:
        """A photo, 480 pixels wide at most."""
        return f"{_files(entry, 'kecil')}/{_stem(shot.download)}.jpg"

    def large(self, entry: Entry, shot: Shot) -> str:
        """A photo as large as a screen."""
        return f"{_files(entry, 'layar')}/{_stem(shot.download)}.jpg"

    def original(self, entry: Entry, file: Original | Shot) -> str:
        """A file as it came, to download."""
        return f"{_files(entry, 'berkas')}/{quote(file.download)}"

    def converted(self, entry: Entry, shot: Shot) -> str:
        """A photo as JPEG, to download."""
        return f"{_files(entry, 'berkas')}/{quote(shot.converted)}"

    def copying(self, entry: Entry) -> str:
        """The article, to be set by hand."""
        return self.set(entry.number)

    def set(self, number: str) -> str:
        """The page where an article is set by hand, corrected and taken down."""
        return f"/kiriman/{quote(number)}/tayang"

    def set_photo(self, number: str, revision: int, stem: str) -> str:
        """A photo of an edition, as large as a screen."""
        return f"/kiriman/{quote(number)}/layar/{revision}/{quote(stem)}.jpg"

    def month(self, name: str) -> str:
        """A month of the calendar."""
        return f"/jadwal?bulan={quote(name)}"


def _files(entry: Entry, kind: str) -> str:
    return f"/kiriman/{quote(entry.number)}/{kind}/{entry.revision}"


def _stem(name: str) -> str:
    return quote(name.rpartition(".")[0])
