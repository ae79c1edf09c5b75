"""How a contributor is addressed."""

import pytest

from publisher.letters.greeting import Addressed, address_form


@pytest.mark.parametrize(
    ("told", "title", "name"),
    [
        ("Rahmawati", "", "Rahmawati"),
        ("Bapak Drs. H. Suryadi, M.Si.", "Bapak", "Drs. H. Suryadi, M.Si."),
        ("Bpk. Suryadi", "Bapak", "Suryadi"),
        ("Ibu Ani", "Ibu", "Ani"),
        ("Bapak/Ibu Suryadi", "", "Suryadi"),
        ("'Suryadi'", "", "Suryadi"),
        ("“Andi Tenri”", "", "Andi Tenri"),
        ("DRS. H. SURYADI, M.SI", "", "DRS. H. Suryadi, M.SI"),
        ("rahmawati1987", "", ""),
        ("Tim Fasilitator 04", "", ""),
        ("BKM Sejahtera", "", ""),
        ("Kotaku Kalbar", "", ""),
        ("Ibu", "", ""),
        ("-", "", ""),
        ("Noreply", "", ""),
        ("ABDUL-RAHMAN SALEH", "", "Abdul-Rahman Saleh"),
        ("", "", ""),
        (
            "Raden Mas Ngabehi Prawirodirdjo Atmodiwiryo Kusumaningrat, S.Sos., M.Si.",
            "",
            "Raden Mas Ngabehi Prawirodirdjo Atmodiwiryo Kusumaningrat",
        ),
    ],
)
def test_a_person_is_addressed_by_name_and_an_office_by_none(
    told: str, title: str, name: str
) -> None:
    assert address_form(told) == Addressed(title=title, name=name)
