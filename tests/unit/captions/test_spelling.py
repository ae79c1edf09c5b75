"""Words for a photo or a caption that were typed badly are read as those they were meant for."""

import pytest

from ingest.read.captions.grammar.spelling import mend
from ingest.read.captions.labels import find_labels

WORDS = "Warga membersihkan saluran di RT 03."


@pytest.mark.parametrize(
    "opening",
    [
        "Ketrangan foto 1:", "Keterngan Foto 1:", "Ktrngan foto 1 -", "Fhoto 1:", "Fto 1.", "Capt. foto 1:",
        "Cap. 1:", "Gb. 1:", "Gmbar 1 =", "Gmbr 1:", "F1.", "Ft. 1 -", "Lampiran foto 1:", "Keterangan : Foto 1 :",
        "📷 Foto 1:", "👉 Foto 1 -", "• Fotto 1:", "DESKRPSI FOTO 1:",
    ],
)  # fmt: skip
def test_a_caption_opened_in_a_hurry(opening: str) -> None:
    label = find_labels(f"{opening} {WORDS}", "body")[0]
    assert (label.key, label.text) == ("Foto 1", WORDS)


@pytest.mark.parametrize(
    "line",
    [
        "Gambir 2: jalan masih tergenang.", "Fotografer 1 orang.", "Desa 1: Sukamaju.", "Kanan 1: warga.",
        "Potong tumpeng oleh lurah.", "Ketenangan warga terganggu.", "Fotto bersama para warga.", "F. Rahmawati", "",
    ],
)  # fmt: skip
def test_other_words_stay(line: str) -> None:
    assert mend(line) == line


def test_what_follows_the_designator_is_untouched() -> None:
    assert mend("Ketrangan fto 2: Fhoto bersama.") == "Keterangan Foto 2: Fhoto bersama."
