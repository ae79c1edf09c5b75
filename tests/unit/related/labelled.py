"""Twelve articles and, for each, the one an editor would link first. Invented; labelled by hand before
any program had seen them.

The pairs are a beginning and what came of it, or one idea in two places. What tempts: the same
kelurahan with another matter (siantan-*), the same matter in another province (ipal-*, sampah-*), and
the words that every article of the programme has.
"""

from msgspec import Struct


class Labelled(Struct, frozen=True, kw_only=True):
    """An article and the name of the one that goes with it best."""

    province: str
    headline: str
    text: str
    first: str


ARTICLES = {
    "siantan-drainase": Labelled(
        province="Kalimantan Barat",
        headline="Warga Siantan Hulu Bergotong Royong Bangun Drainase",
        text="""Puluhan warga RT 03 dan RT 04 Kelurahan Siantan Hulu, Kecamatan Pontianak Utara, Kota Pontianak,
bergotong royong membangun drainase sepanjang 240 meter, Minggu (15/11).
Setiap hujan lebat, genangan setinggi lutut menutup jalan lingkungan dan anak-anak sulit berangkat ke sekolah.
Ketua BKM Harapan Jaya, Suryadi, mengatakan titik genangan dipetakan warga melalui pemetaan swadaya pada awal tahun.
“Kami sepakat mendahulukan saluran yang paling sering meluap,” ujarnya.
Tim fasilitator Program Kotaku mendampingi warga sejak penyusunan gambar kerja sampai pengawasan mutu beton.
Pekerjaan drainase direncanakan selesai pada akhir Desember.""",
        first="siantan-genangan",
    ),
    "siantan-genangan": Labelled(
        province="Kalimantan Barat",
        headline="Drainase Rampung, Siantan Hulu Bebas Genangan",
        text="""Musim hujan tahun ini disambut tenang oleh warga Kelurahan Siantan Hulu, Kecamatan Pontianak Utara.
Drainase sepanjang 240 meter yang dikerjakan BKM Harapan Jaya telah rampung dan genangan tidak lagi masuk ke rumah.
Lurah Siantan Hulu, Marlina, menyebut saluran itu mengalirkan air hujan ke parit induk dalam waktu kurang dari satu jam.
Suryadi, ketua BKM, mengingatkan warga agar tidak membuang sampah ke saluran.
Kelompok pemelihara dibentuk dan akan mengeruk sedimen setiap dua minggu.
“Dulu genangan setinggi lutut, sekarang jalan kering,” kata Nurhayati, pemilik warung.
Kegiatan ini merupakan bagian dari Program Kotaku di Kota Pontianak.""",
        first="siantan-drainase",
    ),
    "sampah-siantan": Labelled(
        province="Kalimantan Barat",
        headline="Bank Sampah Siantan Hulu Kumpulkan Dua Ton Plastik",
        text="""Bank sampah Sejahtera di Kelurahan Siantan Hulu, Kota Pontianak, mengumpulkan dua ton plastik selama Oktober.
Jumlah nasabah bertambah menjadi 140 keluarga sejak penimbangan dibuka setiap Sabtu pagi.
Pengurus mencatat tabungan nasabah dalam buku dan menukarnya dengan sembako menjelang hari raya.
Direktur bank sampah, Yuliana, mengatakan botol plastik dan kardus dijual ke pengepul di Sungai Raya.
Sampah organik diolah menjadi kompos untuk kebun warga.
Tim fasilitator Program Kotaku melatih pengurus membukukan penimbangan dan harga.""",
        first="sampah-bansir",
    ),
    "sampah-bansir": Labelled(
        province="Kalimantan Barat",
        headline="Nasabah Bank Sampah Bansir Laut Menabung Kardus",
        text="""Ibu-ibu PKK Kelurahan Bansir Laut, Kecamatan Pontianak Tenggara, Kota Pontianak, meresmikan bank sampah Melati, Sabtu (7/11).
Pada penimbangan pertama, 62 nasabah menyetorkan kardus, botol plastik, dan kaleng.
Setiap setoran dicatat di buku tabungan dan dapat ditukar dengan sembako.
Pengurus belajar dari bank sampah di Siantan Hulu yang lebih dahulu berjalan.
Pengepul menjemput hasil penimbangan setiap bulan, sedangkan sampah organik dijadikan kompos.
Lurah berharap gerakan menabung plastik ini mengurangi timbunan di tempat pembuangan sementara.""",
        first="sampah-siantan",
    ),
    "paving-sekip": Labelled(
        province="Kalimantan Barat",
        headline="Jalan Paving Sekip Lama Mulai Dikerjakan",
        text="""KSM Mawar di Kelurahan Sekip Lama, Kecamatan Singkawang Tengah, Kota Singkawang, mulai memasang paving jalan lingkungan, Senin (9/11).
Jalan sepanjang 310 meter itu selama ini berlumpur dan sulit dilalui gerobak pedagang.
Paving dipesan dari pengrajin setempat sehingga ongkos angkut berkurang.
Ketua KSM, Rudi Hartono, menjelaskan pemadatan badan jalan dilakukan dua kali sebelum paving dipasang.
Warga menyumbang pasir dan tenaga, sementara tim fasilitator Program Kotaku memeriksa kemiringan jalan.""",
        first="paving-roban",
    ),
    "paving-roban": Labelled(
        province="Kalimantan Barat",
        headline="Pedagang Roban Nikmati Jalan Paving Baru",
        text="""Gerobak pedagang kini lancar melintas di Kelurahan Roban, Kecamatan Singkawang Tengah, Kota Singkawang.
Jalan lingkungan yang dulu berlumpur telah dilapisi paving sepanjang 275 meter oleh KSM Anggrek.
Pengrajin paving setempat memasok 18 ribu keping dan mempekerjakan delapan pemuda.
Wali Kota Singkawang meresmikan jalan itu, Kamis (19/11), dan mengapresiasi pemadatan yang rapi.
Warga menjaga kemiringan bahu jalan supaya air tidak menggenang.
Program Kotaku mencatat swadaya warga mencapai seperlima dari biaya.""",
        first="paving-sekip",
    ),
    "ipal-tallo": Labelled(
        province="Sulawesi Selatan",
        headline="IPAL Komunal Tallo Layani 85 Rumah",
        text="""Sebanyak 85 rumah di Kelurahan Tallo, Kecamatan Tallo, Kota Makassar, tersambung ke instalasi pengolahan air limbah (IPAL) komunal.
Sebelumnya, jamban warga langsung membuang tinja ke kanal.
Operator IPAL, Daeng Ngalle, memeriksa bak pengendap dan pipa sambungan rumah setiap pekan.
Dinas Pekerjaan Umum menguji mutu air limbah yang keluar dan hasilnya memenuhi baku mutu.
Iuran sepuluh ribu rupiah sebulan dipakai untuk penyedotan lumpur tinja.
Warga berharap sambungan rumah diperluas pada tahun depan.""",
        first="ipal-lette",
    ),
    "ipal-lette": Labelled(
        province="Sulawesi Selatan",
        headline="Warga Lette Sepakati Lahan untuk IPAL Komunal",
        text="""Rembuk warga Kelurahan Lette, Kecamatan Mariso, Kota Makassar, menyepakati lahan untuk instalasi pengolahan air limbah komunal, Selasa (10/11).
Sanitarian puskesmas menjelaskan bahaya tinja yang mencemari sumur dan kanal.
IPAL itu akan melayani 70 sambungan rumah dan dijaga seorang operator.
Warga Lette belajar dari operator di Tallo mengenai bak pengendap, iuran, dan penyedotan lumpur.
Dinas Pekerjaan Umum menyiapkan gambar jaringan pipa.
Pembangunan dimulai setelah dokumen hibah lahan ditandatangani.""",
        first="ipal-tallo",
    ),
    "usaha-lette": Labelled(
        province="Sulawesi Selatan",
        headline="Perempuan Lette Olah Ikan Jadi Abon",
        text="""Dua belas perempuan di Kelurahan Lette, Kota Makassar, mengolah ikan tuna menjadi abon dan kerupuk.
Kelompok usaha bersama Mutiara memasarkan abon melalui koperasi dan pasar daring.
Pelatihan pengemasan membuat produk tahan tiga bulan dan memperoleh izin rumah tangga.
Ketua kelompok, Hasnah, mengatakan omzet naik menjadi sembilan juta rupiah sebulan.
Modal bergulir dari unit pengelola keuangan dikembalikan tepat waktu.
Nelayan setempat memasok tuna setiap pagi.""",
        first="usaha-parepare",
    ),
    "usaha-parepare": Labelled(
        province="Sulawesi Selatan",
        headline="Abon Ikan Parepare Tembus Pasar Daring",
        text="""Kelompok usaha perempuan di Kelurahan Lumpue, Kecamatan Bacukiki Barat, Kota Parepare, menjual abon ikan hingga ke Surabaya.
Pesanan pasar daring mencapai 400 bungkus sebulan sejak pengemasan diperbaiki.
Ketua kelompok, Sitti Aminah, belajar membuat abon dan kerupuk dari kelompok Mutiara di Makassar.
Koperasi menyalurkan modal bergulir, sedangkan nelayan memasok tuna dan cakalang.
Izin produk rumah tangga sedang diurus supaya omzet bertambah.""",
        first="usaha-lette",
    ),
    "tukang-palembang": Labelled(
        province="Sumatera Selatan",
        headline="Tiga Puluh Tukang Palembang Ikuti Pelatihan Beton",
        text="""Sebanyak 30 tukang dari Kecamatan Seberang Ulu I, Kota Palembang, mengikuti pelatihan campuran beton dan pembesian, Rabu (11/11).
Instruktur balai jasa konstruksi memperagakan uji slump dan cara merawat beton.
Para tukang akan mengikuti uji sertifikasi keterampilan pada bulan depan.
Koordinator kota, Andri Saputra, mengatakan mutu drainase dan jalan bergantung pada keterampilan tukang.
Peserta menerima helm, sepatu, dan buku panduan keselamatan kerja.""",
        first="sertifikat-palembang",
    ),
    "sertifikat-palembang": Labelled(
        province="Sumatera Selatan",
        headline="Tukang Seberang Ulu Kantongi Sertifikat Keterampilan",
        text="""Dua puluh tujuh tukang dari Kecamatan Seberang Ulu I, Kota Palembang, lulus uji sertifikasi keterampilan konstruksi, Kamis (17/12).
Penguji balai jasa konstruksi menilai pembesian, uji slump, dan keselamatan kerja.
Sertifikat itu membuka peluang bekerja pada proyek jalan dan drainase di luar kelurahan.
“Dulu kami bekerja menurut kebiasaan, sekarang menurut ukuran,” kata Zulkifli, tukang beton.
Instruktur akan melatih angkatan kedua pada Februari.""",
        first="tukang-palembang",
    ),
}
