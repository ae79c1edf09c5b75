"""The Warta that the redaksi really published (REDAKSI_CORPUS, warta/kotaku-kalbar.txt), and the mail
its contributor would have sent."""

import re
from pathlib import Path

from desk.demo import makers

CAPTION = "Suasana pembukaan koordinasi di Pontianak. Peserta hadir dari sebelas kota/kabupaten."
TAGS = ("Program Kotaku", "Kotaku", "Pokja PKP", "PKP", "BPM", "CFW", "BPPW", "Bank Dunia")


class Original:
    """The page of the site, cut into what it shows."""

    def __init__(self, page: str) -> None:
        lines = page.splitlines()
        self.headline = lines[2]
        at = next(i for i, line in enumerate(lines) if "Comments (0)" in line)
        author = next(i for i, line in enumerate(lines) if line.startswith("Penulis:"))
        self.tags = lines[at].split(" Comments")[0].split()
        self.body = [line for line in lines[at + 1 : author] if line.strip()]
        self.author = lines[author : author + 2]
        self.editor = next(line for line in lines if line.startswith("Editor:"))
        self.category = next(line for line in lines if line.startswith("Kategori "))

    @property
    def words(self) -> str:
        """The body's, spaces and dateline apart."""
        return fold(" ".join(self.body).removesuffix("[Kalbar]"))


def fold(text: str) -> str:
    """Without spaces of any kind."""
    return re.sub(r"\s+", "", text)


def read_original(corpus: Path) -> Original:
    """The page as it was taken from the site."""
    return Original((corpus / "warta" / "kotaku-kalbar.txt").read_text(encoding="utf-8"))


def set_as_mail(original: Original) -> bytes:
    """A mail with a document of the page's words, and one photo."""
    byline = "\n".join(original.author).removeprefix("Penulis: ")
    captions = [f"foto-1.jpg: {CAPTION}"]
    document = makers.word(original.headline, original.body, byline=byline, captions=captions)
    return makers.mail(
        ("Inayatullah", "inayatullah@kontributor.example"),
        "Warta dari Kalbar",
        "Yth. Redaksi,\n\nterlampir naskah dan foto.\n",
        [("Warta Kalbar.docx", document), ("foto-1.jpg", makers.photo(1600, 1200, 1))],
    )
