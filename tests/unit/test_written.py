"""What contributors write beside their files, and when it is news for an editor: mails as they are
written in Indonesia, that ask something and that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.written import MOST, read_written
from redaksi.model import Caption, Document, Label, Photo, Submission

ARTICLE = """Air Bersih Mengalir di Desa Sukamaju

SUKAMAJU – Warga Desa Sukamaju kini menikmati air bersih setelah pipa sepanjang dua kilometer selesai dipasang pada Senin (23/11).

“Mengapa baru sekarang? Karena dananya baru ada tahun ini,” kata Kepala Desa Sukamaju, Darman, di sela peresmian bak penampung yang dihadiri ratusan warga dari tiga dusun.

Apakah airnya cukup sampai kemarau? Menurut petugas, debit mata air mencapai lima liter per detik, cukup untuk empat ratus rumah tangga yang tersambung sampai akhir tahun ini dan tahun depan.

Pembangunan itu dikerjakan secara gotong royong selama tiga bulan dengan biaya dari dana desa dan swadaya warga. Penulis: Siti Rahma
"""

ASKS = {
    "a mark": "Selamat pagi. Terlampir naskah kami. Kapan kira-kira dimuat?\n\nSalam,\nSiti",
    "no mark": "Yth. Redaksi\n\nberikut naskah kami, kapan ya bisa dimuat\n\nterima kasih\nBudi",
    "apakah": "Assalamualaikum. Saya kirim ulang fotonya. Apakah sudah cukup jelas.\nWassalam",
    "bisakah": "Terlampir dua foto. Bisakah keterangan fotonya ditambah nama camat.",
    "bagaimana": "Bagaimana cara mengirim foto yang besar. Berikut naskahnya.",
    "mohon info": "Terlampir. Mohon info jika sudah diterima.",
    "minta konfirmasi": "Naskah terlampir, minta tolong konfirmasi penerimaannya ya min",
    "tolong konfirmasi": "Foto terlampir.\nTolong konfirmasi.\n\nHormat kami,\nPKK Melati",
    "greeting and question in one line": "Selamat siang Pak, apakah naskah minggu lalu sudah dibaca?",
    "news of an article": "Halo redaksi, bagaimana kabar naskah saya yang minggu lalu?",
    "mau tanya": "Maaf mau tanya, honornya dikirim lewat apa ya",
    "a space before the mark": "Foto yang ini boleh dipakai ? Terlampir.",
    "several marks": "Sudah masuk belum naskah saya ???",
    "sudah … belum": "Terlampir foto susulan. Naskah kemarin sudah dimuat belum\n",
    "bisa … tidak": "Fotonya hanya satu, bisa dimuat tidak",
    "after the signature": "Terlampir.\n\nSalam,\nDewi\n\nNB: kapan dimuat?",
    "p.s. in words": "Naskah terlampir.\nHormat kami\nTim 02\nPS. mohon info honornya",
    "in a list": "Terlampir naskah. Saya ingin bertanya:\n1. Apakah boleh tiga foto?\n2. Kapan batasnya?",
    "english": "Dear editor, please find attached our story. When will it be published?",
    "english without a mark": "Attached is the story. Could you let me know when it runs",
    "please confirm": "Photos attached. Please confirm receipt.",
    "wondering": "Here are the photos. I was out of town. I'm wondering if the caption fits.",
    "javanese": "Sugeng enjang, niki seratanipun. Kapan nggih dimuat?",
    "javanese without a mark": "Nyuwun sewu, pripun carane ngirim foto ingkang ageng",
    "javanese request": "Foto sampun kula kintun. Badhe tanglet, punapa sampun katampi",
    "sundanese": "Sampurasun. Ieu seratanana. Iraha dimuatna?",
    "sundanese without a mark": "Punten bade naros, naha poto kamari tos katampi",
    "sundanese kumaha": "Kumaha carana ngirim poto nu ageung. Hatur nuhun.",
    "chat spelling": "min naskah sy sdh masuk blm ya, gmn caranya tau",
    "over two lines": "Terlampir naskah kegiatan kami di Desa Sukamaju, mohon dibaca, dan\napakah boleh kami menambah satu foto lagi.",
    "above a typed article": f"Yth. Redaksi, ini naskah kami. Apakah panjangnya sudah sesuai?\n\n{ARTICLE}",
    "below a typed article": f"{ARTICLE}\n\nMohon maaf saya ketik di surel. Apakah boleh begini?",
    "a link and a question": "Fotonya di https://contoh.id/f?id=3. Bisa dibuka tidak?",
    "waiting for news": "Terlampir revisinya. Ditunggu kabarnya.",
}
SILENT = {
    "nothing": "",
    "handing in": "Yth. Redaksi,\n\nBersama ini kami kirimkan naskah kegiatan. Mohon dimuat.\n\nSalam",
    "how are you": "Selamat pagi, apa kabar? Semoga sehat selalu. Terlampir naskah kami.",
    "how are you, longer": "Halo Bapak/Ibu redaksi, bagaimana kabarnya hari ini? Berikut naskahnya.",
    "how are you, english": "Hi, how are you? Attached is our story.",
    "how are you, javanese": "Sugeng siang, pripun kabaripun? Niki fotonipun.",
    "how are you, sundanese": "Sampurasun, kumaha damang? Ieu potona.",
    "a link": "Fotonya ada di https://drive.google.com/open?id=1AbC&usp=sharing terima kasih",
    "a link at the end": "Lihat juga: www.desa.example/berita?apakah=1?",
    "a title in quotation marks": "Kami kirim naskah berjudul “Siapa Peduli Sungai Kita?” Mohon dimuat.",
    "a title without": "Terlampir naskah dengan judul Mengapa Harus Menanam Bakau? Terima kasih.",
    "the condition": "Apabila ada yang kurang mohon diinformasikan. Terima kasih.",
    "the condition, english": "If anything is missing, please let us know.",
    "the condition at the end": "Mohon dikabari bila ada yang perlu diperbaiki. Terima kasih.",
    "an offer": "Please let me know if you need anything else.",
    "what news answers": "Naskah sudah memuat apa, siapa, kapan, di mana dan bagaimana.",
    "what news answers, listed": "Naskah sudah lengkap: apa, siapa, kapan, di mana dan bagaimana.",
    "what somebody else asked": "Warga menanyakan kapan jalan diperbaiki; naskah terlampir.",
    "the condition, spoken": "Kalau ada yang salah tolong kabari ya. Makasih.",
    "bagaimana tells": "Naskah ini menceritakan bagaimana warga membangun bendungan.",
    "bagaimana begins a wrapped line": "Naskah yang kami lampirkan ini menceritakan kepada pembaca\nbagaimana warga membangun bendungan.",
    "bagaimanapun": "Bagaimanapun hasilnya kami berterima kasih. Naskah terlampir.",
    "kapan saja": "Boleh dimuat kapan saja. Kapan pun kami siap dihubungi.",
    "a motto below the signature": "Terlampir.\n\nSalam,\nRudi\nSudahkah Anda membaca hari ini?",
    "a question below the signature": "Terlampir.\n\nSalam,\nRudi\nKapan lagi kalau bukan sekarang?",
    "a formula": "Naskah terlampir. Ada pertanyaan? Hubungi 0812.",
    "printing": "Naskah terlampir.\nPerlukah Anda mencetak surel ini?",
    "lost letters": "Assalamu?alaikum. Kegiatan pada hari Jum?at. Rp?500 ribu. Terlampir.",
    "lost smileys": "Naskah terlampir.\nTerima kasih ??\n????",
    "lost bullets": "Terlampir:\n? naskah\n? dua foto\nTerima kasih",
    "doubt in brackets": "Peserta 120 orang (?) menurut panitia. Naskah terlampir.",
    "a caption by its name": "IMG_2041.jpg: Warga bertanya, kapan jalan ini diaspal?\nTerlampir.",
    "a caption by its number": "Foto 1: Apakah ini bendungan lama? Warga menunjuk batu pertama.",
    "captions under their heading": "Keterangan foto:\n1. Kapan jalan ini selesai? Warga bertanya kepada camat.\n2. Siapa yang menang? Juri menghitung.",
    "a typed article": ARTICLE,
    "a typed article, handed in": f"Yth. Redaksi, mohon dimuat naskah kami ini.\n\n{ARTICLE}\nSalam, Siti",
    "thanks": "Matur nuwun sanget. Niki foto ingkang sampun kula dandosi.",
    "thanks, sundanese": "Hatur nuhun pisan. Ieu poto anu tos dilereskeun.",
    "english": "Please find attached the corrected photos. Thank you!",
    "what was asked for": "Ini foto yang diminta. Kegiatannya di Balai Desa, bukan di kecamatan.",
    "quoted below": "> Apakah fotonya ada?\n> Kapan dikirim?\nIni fotonya.",
    "where it was": "Foto diambil di lapangan di mana warga berkumpul setiap pagi.",
}  # fmt: skip


@pytest.mark.parametrize("name", ASKS)
def test_what_asks_is_news(name: str) -> None:
    assert read_written(ASKS[name]).asks


@pytest.mark.parametrize("name", SILENT)
def test_what_does_not_ask_calls_nobody(name: str) -> None:
    assert not read_written(SILENT[name]).asks


CAPTION = "Warga bertanya, kapan jembatan ini selesai dibangun?"
TITLE = "Siapa yang Menjaga Mata Air Kita?"


@pytest.mark.parametrize(
    "submission",
    [
        Submission(
            photos=(
                Photo(
                    name="a.jpg",
                    kind="jpeg",
                    sha256="",
                    caption=Caption(text=CAPTION, source="body", evidence="order"),
                ),
            )
        ),
        Submission(orphans=(Label(text=CAPTION),)),
        Submission(loose=(Label(text=CAPTION),)),
    ],
)
def test_a_caption_that_was_read_calls_nobody(submission: Submission) -> None:
    assert not read_written(f"Terlampir.\n\n{CAPTION}\n", [submission]).asks
    assert read_written(f"Terlampir.\n\n{CAPTION}\n").asks


def test_the_title_of_what_was_sent_calls_nobody() -> None:
    sent = Submission(documents=(Document(name="a.docx", kind="docx", sha256="", title=TITLE),))
    assert not read_written(f"Naskah kami:\n\n{TITLE}\n", [sent]).asks


def test_the_words_are_kept_as_lines_without_what_cannot_be_seen() -> None:
    assert read_written("Satu\u202e.\r\n\r\n\r\n\r\nDua\x00.\n> Tiga\n").text == "Satu .\n\nDua ."


def test_the_words_are_bounded() -> None:
    assert len(read_written("kapan dimuat? " * 10_000).text) == MOST


@given(st.text(max_size=500))
def test_any_words_have_an_answer(own: str) -> None:
    assert read_written(own).asks in (True, False)
