"""Where the parts of a page lead, in the generated queue: files beside the page."""

from msgspec import Struct

from publisher.site.pages import FILES, Entry, Original, Shot, View


class StaticLinks(Struct, frozen=True):
    """`root`: from the page to the folder of the queue, "" or "../"."""

    root: str = ""

    def view(self, view: View) -> str:
        """A list."""
        return self.root + FILES[view]

    def submission(self, number: str, _: str = "") -> str:
        """The page of a submission."""
        return f"{self.root}{number}/index.html"

    def thumbnail(self, entry: Entry) -> str:
        """The picture of a row."""
        return f"{self.root}{entry.number}/k-{entry.thumbnail}.jpg"

    def small(self, _: Entry, shot: Shot) -> str:
        """A photo, 480 pixels wide at most."""
        return f"k-{shot.sha256}.jpg"

    def large(self, _: Entry, shot: Shot) -> str:
        """A photo as large as a screen."""
        return f"l-{shot.sha256}.jpg"

    def original(self, _: Entry, file: Original | Shot) -> str:
        """A file as it came."""
        return file.download

    def converted(self, _: Entry, shot: Shot) -> str:
        """A photo as JPEG."""
        return shot.converted

    def copying(self, _: Entry) -> str:
        """The article, to be set by hand."""
        return "tayang.html"
