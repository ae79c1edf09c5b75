"""Lines of the store where a reason of ours, a server's own words or a sentence of 0.1 may stand."""

from desk.presentation.reasons import in_words
from desk.store.legacy_reasons import translate
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.model import Language


def text_in_words(text: str, language: Language) -> str:
    """Ours in the reader's language; a server's words as they are."""
    said = say_stored(text, catalog.load(language))
    return said if said != text else in_words(translate(text), language)
