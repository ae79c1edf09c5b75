"""The articles of the demo: short news as facilitators write it. All people and places' events
are invented."""

OPENINGS = (
    "Puluhan warga RT 03 dan RT 04 Kelurahan {place} bergotong royong {work} sepanjang 240 meter, Minggu (15/11). "
    "Sejak pukul enam pagi, bapak-bapak mengangkat batu dan pasir, sementara para ibu menyiapkan sarapan bersama di "
    "teras mushala. Suasana akrab terasa sampai pekerjaan hari itu selesai menjelang azan Asar.",
    "Kelurahan {place} kini memiliki wajah baru. Setelah tiga bulan bekerja bersama, warga dan Badan Keswadayaan "
    "Masyarakat (BKM) menuntaskan pekerjaan {work} yang selama ini menjadi usulan utama dalam rembuk warga. "
    "Peresmian sederhana berlangsung di balai warga, Sabtu (14/11), dihadiri lurah, ketua RW, dan para pemuda.",
)
MIDDLES = (
    "Selama ini, setiap hujan lebat air menggenangi jalan lingkungan hingga setinggi lutut orang dewasa. Anak-anak "
    "sulit berangkat ke sekolah dan usaha warung warga sering terhenti. Kondisi itu dipetakan warga melalui pemetaan "
    "swadaya pada awal tahun, lalu disepakati sebagai prioritas dalam rencana penataan lingkungan permukiman.",
    "Ketua BKM Harapan Jaya, Suryadi, menyampaikan bahwa pekerjaan ini direncanakan sejak rembuk warga pada bulan "
    "Mei. “Kami sepakat mendahulukan titik yang paling sering banjir. Warga menyumbang tenaga, sebagian menyumbang "
    "material, dan pemerintah kelurahan membantu perizinan,” ujarnya di sela kegiatan.",
    "Lurah {place}, Marlina, mengapresiasi swadaya warga yang mencapai seperlima dari total biaya. Menurutnya, "
    "keterlibatan perempuan dalam perencanaan membuat usulan lebih tepat sasaran, misalnya letak bak kontrol yang "
    "tidak mengganggu jalur anak sekolah dan lansia.",
    "Tim fasilitator mendampingi warga sejak tahap sosialisasi, penyusunan gambar kerja, hingga pengawasan mutu. "
    "Setiap sore, kelompok swadaya masyarakat mencatat pemakaian bahan dan menempelkannya di papan informasi supaya "
    "siapa pun dapat memeriksa penggunaan dana secara terbuka.",
    "Setelah pekerjaan rampung, kelompok pemelihara akan membersihkan lokasi setiap dua minggu. Jadwal kerja bakti "
    "sudah ditempel di pos ronda dan disepakati oleh seluruh ketua RT. Warga juga menyisihkan iuran dua ribu rupiah "
    "per rumah setiap bulan untuk biaya perbaikan ringan.",
    "Manfaatnya mulai dirasakan. Nurhayati, pemilik warung kelontong, mengaku tidak lagi mengangkat dagangan ketika "
    "hujan turun. “Dulu setiap musim hujan saya tutup lebih awal. Sekarang pembeli tetap bisa datang, jalannya "
    "kering,” katanya sambil menunjukkan jalan di depan rumahnya.",
)
CLOSING = (
    "Ke depan, warga berharap kegiatan serupa dapat dilanjutkan di RT 05 dan RT 06. Pemerintah kota menyatakan siap "
    "mendukung melalui anggaran tahun berikutnya, sepanjang warga tetap menjadi pelaku utama pembangunan di "
    "lingkungannya sendiri."
)


def article(place: str, work: str, variant: int = 0, middles: int = 4) -> list[str]:
    """Paragraphs of one article; four middles make about 1,700 characters without spaces."""
    chosen = [MIDDLES[(variant + i) % len(MIDDLES)] for i in range(middles)]
    return [
        t.format(place=place, work=work)
        for t in (OPENINGS[variant % len(OPENINGS)], *chosen, CLOSING)
    ]
