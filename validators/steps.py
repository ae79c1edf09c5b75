"""Steps that several rules ask for, on a computer and on an Android phone: menus as they are called
there, Indonesian first and English in brackets.

What a phone cannot do says so where it stands. Menus move from one version to the next: a step
names the last word to tap, not where on the screen it is.
"""

from collections.abc import Mapping

from redaksi.model import Language

SAVE_AS_WORD: Mapping[Language, str] = {
    "id": "Di komputer: File > Simpan Sebagai (Save As) > Dokumen Word (.docx). Di HP, di Word: ⋮ "
    "atau File > Simpan sebagai (Save as); di WPS Office: Alat (Tools) > File > Simpan sebagai "
    "(Save as) > .docx; di Google Dokumen: ⋮ > Bagikan & ekspor (Share & export) > Simpan sebagai "
    "(Save as) > Word (.docx).",
    "en": "On a computer: File > Save As > Word Document (.docx). On a phone, in Word: ⋮ or File > "
    "Save as; in WPS Office: Tools > File > Save as > .docx; in Google Docs: ⋮ > Share & export > "
    "Save as > Word (.docx).",
}
ATTACH: Mapping[Language, str] = {
    "id": "Lampirkan pada surel balasan; di Gmail lewat ikon klip > Lampirkan file (Attach file), "
    "bukan Sisipkan dari Drive (Insert from Drive).",
    "en": "Attach the result to your reply; in Gmail by the paper clip > Attach file, not Insert from "
    "Drive.",
}
COPY_ALL: Mapping[Language, str] = {
    "id": "sentuh lama teksnya > Pilih semua (Select all) > Salin (Copy), lalu tempelkan ke "
    "dokumen baru di Word, WPS Office, atau Google Dokumen",
    "en": "touch and hold the text > Select all > Copy, then paste it into a new document in Word, "
    "WPS Office or Google Docs",
}
SELECT_PART: Mapping[Language, str] = {
    "id": "sentuh lama teksnya, geser sampai akhir bagian itu",
    "en": "touch and hold the text, drag to the end of that part",
}
