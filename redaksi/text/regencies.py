"""Indonesia's cities and regencies (*kota*, *kabupaten*) as the Ministry of Home Affairs names them,
by province: 98 and 416 of them, in 38 provinces.

Names alone mean nothing: "Batu" is a stone and a city. What is asked for in running text stands
behind "Kota" or "Kabupaten".
"""

import re
from collections.abc import Iterator

from redaksi.text.places import find_province

# province -> its cities, its regencies
_NAMES: dict[str, tuple[str, str]] = {
    "Aceh": (
        "Banda Aceh, Sabang, Lhokseumawe, Langsa, Subulussalam",
        "Aceh Selatan, Aceh Tenggara, Aceh Timur, Aceh Tengah, Aceh Barat, Aceh Besar, Pidie, Aceh Utara,"
        " Simeulue, Aceh Singkil, Bireuen, Aceh Barat Daya, Gayo Lues, Aceh Jaya, Nagan Raya, Aceh Tamiang,"
        " Bener Meriah, Pidie Jaya",
    ),
    "Sumatera Utara": (
        "Medan, Pematangsiantar, Sibolga, Tanjungbalai, Binjai, Tebing Tinggi, Padangsidimpuan, Gunungsitoli",
        "Tapanuli Tengah, Tapanuli Utara, Tapanuli Selatan, Nias, Langkat, Karo, Deli Serdang, Simalungun,"
        " Asahan, Labuhanbatu, Dairi, Toba, Mandailing Natal, Nias Selatan, Pakpak Bharat,"
        " Humbang Hasundutan, Samosir, Serdang Bedagai, Batu Bara, Padang Lawas Utara, Padang Lawas,"
        " Labuhanbatu Selatan, Labuhanbatu Utara, Nias Utara, Nias Barat",
    ),
    "Sumatera Barat": (
        "Padang, Solok, Sawahlunto, Padang Panjang, Bukittinggi, Payakumbuh, Pariaman",
        "Pesisir Selatan, Solok, Sijunjung, Tanah Datar, Padang Pariaman, Agam, Lima Puluh Kota, Pasaman,"
        " Kepulauan Mentawai, Dharmasraya, Solok Selatan, Pasaman Barat",
    ),
    "Riau": (
        "Pekanbaru, Dumai",
        "Kampar, Indragiri Hulu, Bengkalis, Indragiri Hilir, Pelalawan, Rokan Hulu, Rokan Hilir, Siak,"
        " Kuantan Singingi, Kepulauan Meranti",
    ),
    "Jambi": (
        "Jambi, Sungai Penuh",
        "Kerinci, Merangin, Sarolangun, Batanghari, Muaro Jambi, Tanjung Jabung Barat, Tanjung Jabung Timur,"
        " Bungo, Tebo",
    ),
    "Sumatera Selatan": (
        "Palembang, Pagar Alam, Lubuk Linggau, Prabumulih",
        "Ogan Komering Ulu, Ogan Komering Ilir, Muara Enim, Lahat, Musi Rawas, Musi Banyuasin, Banyuasin,"
        " Ogan Komering Ulu Timur, Ogan Komering Ulu Selatan, Ogan Ilir, Empat Lawang,"
        " Penukal Abab Lematang Ilir, Musi Rawas Utara",
    ),
    "Bengkulu": (
        "Bengkulu",
        "Bengkulu Selatan, Rejang Lebong, Bengkulu Utara, Kaur, Seluma, Mukomuko, Lebong, Kepahiang,"
        " Bengkulu Tengah",
    ),
    "Lampung": (
        "Bandar Lampung, Metro",
        "Lampung Selatan, Lampung Tengah, Lampung Utara, Lampung Barat, Tulang Bawang, Tanggamus,"
        " Lampung Timur, Way Kanan, Pesawaran, Pringsewu, Mesuji, Tulang Bawang Barat, Pesisir Barat",
    ),
    "Kepulauan Bangka Belitung": (
        "Pangkal Pinang",
        "Bangka, Belitung, Bangka Selatan, Bangka Tengah, Bangka Barat, Belitung Timur",
    ),
    "Kepulauan Riau": (
        "Batam, Tanjung Pinang",
        "Bintan, Karimun, Natuna, Lingga, Kepulauan Anambas",
    ),
    "DKI Jakarta": (
        "Jakarta Pusat, Jakarta Utara, Jakarta Barat, Jakarta Selatan, Jakarta Timur",
        "Kepulauan Seribu",
    ),
    "Jawa Barat": (
        "Bogor, Sukabumi, Bandung, Cirebon, Bekasi, Depok, Cimahi, Tasikmalaya, Banjar",
        "Bogor, Sukabumi, Cianjur, Bandung, Garut, Tasikmalaya, Ciamis, Kuningan, Cirebon, Majalengka,"
        " Sumedang, Indramayu, Subang, Purwakarta, Karawang, Bekasi, Bandung Barat, Pangandaran",
    ),
    "Jawa Tengah": (
        "Magelang, Surakarta, Salatiga, Semarang, Pekalongan, Tegal",
        "Cilacap, Banyumas, Purbalingga, Banjarnegara, Kebumen, Purworejo, Wonosobo, Magelang, Boyolali,"
        " Klaten, Sukoharjo, Wonogiri, Karanganyar, Sragen, Grobogan, Blora, Rembang, Pati, Kudus, Jepara,"
        " Demak, Semarang, Temanggung, Kendal, Batang, Pekalongan, Pemalang, Tegal, Brebes",
    ),
    "DI Yogyakarta": ("Yogyakarta", "Kulon Progo, Bantul, Gunungkidul, Sleman"),
    "Jawa Timur": (
        "Kediri, Blitar, Malang, Probolinggo, Pasuruan, Mojokerto, Madiun, Surabaya, Batu",
        "Pacitan, Ponorogo, Trenggalek, Tulungagung, Blitar, Kediri, Malang, Lumajang, Jember, Banyuwangi,"
        " Bondowoso, Situbondo, Probolinggo, Pasuruan, Sidoarjo, Mojokerto, Jombang, Nganjuk, Madiun,"
        " Magetan, Ngawi, Bojonegoro, Tuban, Lamongan, Gresik, Bangkalan, Sampang, Pamekasan, Sumenep",
    ),
    "Banten": (
        "Tangerang, Cilegon, Serang, Tangerang Selatan",
        "Pandeglang, Lebak, Tangerang, Serang",
    ),
    "Bali": (
        "Denpasar",
        "Jembrana, Tabanan, Badung, Gianyar, Klungkung, Bangli, Karangasem, Buleleng",
    ),
    "Nusa Tenggara Barat": (
        "Mataram, Bima",
        "Lombok Barat, Lombok Tengah, Lombok Timur, Sumbawa, Dompu, Bima, Sumbawa Barat, Lombok Utara",
    ),
    "Nusa Tenggara Timur": (
        "Kupang",
        "Kupang, Timor Tengah Selatan, Timor Tengah Utara, Belu, Alor, Flores Timur, Sikka, Ende, Ngada,"
        " Manggarai, Sumba Timur, Sumba Barat, Lembata, Rote Ndao, Manggarai Barat, Nagekeo, Sumba Tengah,"
        " Sumba Barat Daya, Manggarai Timur, Sabu Raijua, Malaka",
    ),
    "Kalimantan Barat": (
        "Pontianak, Singkawang",
        "Sambas, Mempawah, Sanggau, Ketapang, Sintang, Kapuas Hulu, Bengkayang, Landak, Sekadau, Melawi,"
        " Kayong Utara, Kubu Raya",
    ),
    "Kalimantan Tengah": (
        "Palangka Raya",
        "Kotawaringin Barat, Kotawaringin Timur, Kapuas, Barito Selatan, Barito Utara, Katingan, Seruyan,"
        " Sukamara, Lamandau, Gunung Mas, Pulang Pisau, Murung Raya, Barito Timur",
    ),
    "Kalimantan Selatan": (
        "Banjarmasin, Banjarbaru",
        "Tanah Laut, Kotabaru, Banjar, Barito Kuala, Tapin, Hulu Sungai Selatan, Hulu Sungai Tengah,"
        " Hulu Sungai Utara, Tabalong, Tanah Bumbu, Balangan",
    ),
    "Kalimantan Timur": (
        "Balikpapan, Samarinda, Bontang",
        "Paser, Kutai Kartanegara, Berau, Kutai Barat, Kutai Timur, Penajam Paser Utara, Mahakam Ulu",
    ),
    "Kalimantan Utara": ("Tarakan", "Bulungan, Malinau, Nunukan, Tana Tidung"),
    "Sulawesi Utara": (
        "Manado, Bitung, Tomohon, Kotamobagu",
        "Bolaang Mongondow, Minahasa, Kepulauan Sangihe, Kepulauan Talaud, Minahasa Selatan,"
        " Minahasa Utara, Minahasa Tenggara, Bolaang Mongondow Utara, Siau Tagulandang Biaro,"
        " Bolaang Mongondow Timur, Bolaang Mongondow Selatan",
    ),
    "Sulawesi Tengah": (
        "Palu",
        "Banggai, Poso, Donggala, Tolitoli, Buol, Morowali, Banggai Kepulauan, Parigi Moutong,"
        " Tojo Una-Una, Sigi, Banggai Laut, Morowali Utara",
    ),
    "Sulawesi Selatan": (
        "Makassar, Parepare, Palopo",
        "Kepulauan Selayar, Bulukumba, Bantaeng, Jeneponto, Takalar, Gowa, Sinjai, Bone, Maros,"
        " Pangkajene dan Kepulauan, Barru, Soppeng, Wajo, Sidenreng Rappang, Pinrang, Enrekang, Luwu,"
        " Tana Toraja, Luwu Utara, Luwu Timur, Toraja Utara",
    ),
    "Sulawesi Tenggara": (
        "Kendari, Baubau",
        "Kolaka, Konawe, Muna, Buton, Konawe Selatan, Bombana, Wakatobi, Kolaka Utara, Konawe Utara,"
        " Buton Utara, Kolaka Timur, Konawe Kepulauan, Muna Barat, Buton Tengah, Buton Selatan",
    ),
    "Gorontalo": ("Gorontalo", "Gorontalo, Boalemo, Bone Bolango, Pohuwato, Gorontalo Utara"),
    "Sulawesi Barat": ("", "Pasangkayu, Mamuju, Mamasa, Polewali Mandar, Majene, Mamuju Tengah"),
    "Maluku": (
        "Ambon, Tual",
        "Maluku Tengah, Maluku Tenggara, Kepulauan Tanimbar, Buru, Seram Bagian Timur, Seram Bagian Barat,"
        " Kepulauan Aru, Maluku Barat Daya, Buru Selatan",
    ),
    "Maluku Utara": (
        "Ternate, Tidore Kepulauan",
        "Halmahera Barat, Halmahera Tengah, Halmahera Utara, Halmahera Selatan, Kepulauan Sula,"
        " Halmahera Timur, Pulau Morotai, Pulau Taliabu",
    ),
    "Papua": (
        "Jayapura",
        "Jayapura, Kepulauan Yapen, Biak Numfor, Sarmi, Keerom, Waropen, Supiori, Mamberamo Raya",
    ),
    "Papua Barat": (
        "",
        "Manokwari, Fakfak, Teluk Bintuni, Teluk Wondama, Kaimana, Manokwari Selatan, Pegunungan Arfak",
    ),
    "Papua Selatan": ("", "Merauke, Boven Digoel, Mappi, Asmat"),
    "Papua Tengah": (
        "",
        "Nabire, Puncak Jaya, Paniai, Mimika, Puncak, Dogiyai, Intan Jaya, Deiyai",
    ),
    "Papua Pegunungan": (
        "",
        "Jayawijaya, Pegunungan Bintang, Yahukimo, Tolikara, Mamberamo Tengah, Yalimo, Lanny Jaya, Nduga",
    ),
    "Papua Barat Daya": ("Sorong", "Sorong, Sorong Selatan, Raja Ampat, Tambrauw, Maybrat"),
}
_KINDS = ("Kota", "Kabupaten")
_LONGEST = 4  # words of a name


def _fold(name: str) -> str:
    return re.sub(r"[^a-z]+", "", name.lower())


def _list_all() -> Iterator[tuple[str, str, str]]:
    for province, kinds in _NAMES.items():
        for kind, names in zip(_KINDS, kinds, strict=True):
            for name in filter(None, names.split(", ")):
                yield kind, name, province


# "Kota", folded name -> its name
_KNOWN = {(kind, _fold(name)): f"{kind} {name}" for kind, name, _ in _list_all()}
# the same -> its province; and "", folded name -> those of every city and regency of that name
_HOMES: dict[tuple[str, str], frozenset[str]] = {}
for _kind, _name, _province in _list_all():
    for _key in ((_kind, _fold(_name)), ("", _fold(_name))):
        _HOMES[_key] = _HOMES.get(_key, frozenset()) | {_province}

_NAME = r"[A-Z][\w'’-]*"
_MENTION = re.compile(
    r"\b(?P<kind>Kota(?:madya)?|KOTA|Kab(?:upaten)?|KAB(?:UPATEN)?)\b\.?"
    rf"(?:[ ]Adm(?:inistrasi|\.))?[ ](?=(?P<name>{_NAME}(?:[ ](?:dan|{_NAME})){{0,{_LONGEST - 1}}}))"
)
_PREFIX = re.compile(r"(?:kota(?:madya)?|kab(?:upaten)?)\b\.?\s*", re.IGNORECASE)


def find_regencies(text: str) -> tuple[str, ...]:
    """The cities and regencies `text` names as such, by their own names, in order: "Kota
    Pontianak" for "Kotamadya Pontianak", "Kabupaten Kubu Raya" for "Kab. Kubu Raya"."""
    found = (_find_named(mention) for mention in _MENTION.finditer(text))
    return tuple(dict.fromkeys(filter(None, found)))


def _find_named(mention: re.Match[str]) -> str | None:
    """The longest known name that the words behind "Kota" or "Kabupaten" begin with."""
    kind = _name_kind(mention["kind"])
    words = mention["name"].split(" ")
    tries = (_fold("".join(words[:most])) for most in range(len(words), 0, -1))
    return next((_KNOWN[kind, name] for name in tries if (kind, name) in _KNOWN), None)


def _name_kind(prefix: str) -> str:
    return "Kota" if prefix.lower().startswith("kota") else "Kabupaten"


def find_homes(place: str) -> frozenset[str]:
    """The provinces that a city or regency of this name lies in: one for "Kabupaten Banjar", two
    for "Banjar", none for other places."""
    prefix = _PREFIX.match(place)
    name = _fold(_PREFIX.sub("", place, count=1))
    kind = _name_kind(prefix[0]) if prefix else ""
    return _HOMES.get((kind, name)) or _HOMES.get(("", name), frozenset())


def find_province_of(place: str) -> str | None:
    """The province that `place` is, or that the city or regency of that name lies in; None for
    other places, and for names that two provinces have."""
    homes = find_homes(place)
    return find_province(place) or (next(iter(homes)) if len(homes) == 1 else None)
