"""What stands before a subject."""

import pytest

from redaksi.text import subject


@pytest.mark.parametrize(
    ("written", "is_reply", "is_forward", "bare"),
    [
        ("Re: Naskah", True, False, "Naskah"),
        ("RE[2]: Naskah", True, False, "Naskah"),
        ("Balasan： Naskah", True, False, "Naskah"),
        ("AW: Naskah", True, False, "Naskah"),
        ("FWD: re: Naskah", False, True, "Naskah"),
        ("Fw:Naskah", False, True, "Naskah"),
        ("Tr : Naskah", False, True, "Naskah"),
        ("Diteruskan: Naskah", False, True, "Naskah"),
        ("Re: Fwd: Naskah", True, False, "Naskah"),
        ("Rehabilitasi: sukses", False, False, "Rehabilitasi: sukses"),
        ("Naskah re: jalan", False, False, "Naskah re: jalan"),
        ("  Naskah ", False, False, "Naskah"),
    ],
)
def test_marks_before_a_subject(written: str, is_reply: bool, is_forward: bool, bare: str) -> None:
    found = (subject.is_reply(written), subject.is_forward(written), subject.strip_marks(written))
    assert found == (is_reply, is_forward, bare)
