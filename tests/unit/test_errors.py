"""Errors carry a code and facts: English in the log, the reader's language at the edge and out of
a column of text."""

import pytest

from redaksi import catalog
from redaksi.catalog import Sentence, choose_form
from redaksi.catalog.stored import freeze, say_stored
from redaksi.errors import ConfigError, LoginRefused, RedaksiError, StoreError
from redaksi.redact import mask_addresses
from redaksi.text import locale

INDONESIAN = catalog.load("id")
AGAIN = Sentence(section="remedy", key="login_again", facts={"box": "warta"})
REFUSED = LoginRefused("login_refused", server="mx", reply="535 no a@b.example", remedy=AGAIN)


def test_an_error_is_english_for_the_log_and_says_itself_in_both_languages() -> None:
    assert str(REFUSED) == (
        "mx refused the login: 535 no a@b.example. Run `redaksi login warta` again."
    )
    assert REFUSED.say("id") == (
        "mx menolak masuk: 535 no a@b.example. Jalankan lagi `redaksi login warta`."
    )


def test_what_is_kept_of_an_error_is_said_in_any_language() -> None:
    kept = REFUSED.freeze()
    assert say_stored(kept, catalog.load("en")) == str(REFUSED)
    assert say_stored(kept, INDONESIAN) == REFUSED.say("id")


def test_facts_are_cleaned_before_they_are_kept() -> None:
    kept = REFUSED.freeze(mask_addresses)
    assert "a@b.example" not in kept
    assert say_stored(kept, INDONESIAN) == (
        "mx menolak masuk: 535 no …@…. Jalankan lagi `redaksi login warta`."
    )


def test_a_list_of_facts_is_kept_as_its_parts() -> None:
    states = [Sentence(section="letter_state", key=key) for key in ("draft", "held")]
    kept = freeze(Sentence("error", "letter_is", {"number": 1, "state": "x", "allowed": states}))
    assert say_stored(kept, INDONESIAN) == "surat 1: x; seharusnya: konsep, ditahan"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "imap.example.org refused the login: no",
        REFUSED.freeze()[:40],
        '{"section": "error", "key": "files", "facts": {}}',
    ],
    ids=["nothing", "kept by 0.1", "cut short", "a fact is missing"],
)
def test_what_was_not_kept_so_is_shown_as_it_stands(text: str) -> None:
    assert say_stored(text, INDONESIAN) == text


def test_an_error_without_words_of_its_own_says_what_it_was_given() -> None:
    assert StoreError("disk full").freeze(mask_addresses) == "disk full"
    assert RedaksiError("disk full").say("id") == "disk full"


def test_a_configuration_tells_every_mistake_a_line_each() -> None:
    mistakes = [Sentence("error", "no_port", {"where": "reply.port", "port": n}) for n in (0, -1)]
    assert ConfigError.of(mistakes).say("id").splitlines() == [
        "reply.port: 0 bukan porta; tulis angka dari 1 sampai 65535",
        "reply.port: -1 bukan porta; tulis angka dari 1 sampai 65535",
    ]


def test_forms_are_chosen_as_cldr_chooses_them() -> None:
    for count in range(203):
        chosen = locale.choose_plural(count, "one", "many", "en")
        assert choose_form(count, "en") == chosen
        assert choose_form(count, "id") == "many"
