"""The folders of a mailbox: as the configuration names them, and as the server does."""

import msgspec

from ingest.fetch.listing import Selected, is_junk_name
from ingest.fetch.mailbox import Mailbox


def name_folder(mailbox: Mailbox, folder: str) -> str:
    r"""The folder's name on the server; "\\Junk" and other special uses are looked up, "" when
    there is none."""
    return mailbox.special(folder) if folder.startswith("\\") else folder


def select_folder(mailbox: Mailbox, name: str) -> Selected:
    """The folder, and whether it is the one for spam: by its name, else as the server says."""
    selected = mailbox.select(name)
    if name.upper() == "INBOX":
        return selected
    junk = is_junk_name(name) or mailbox.special(r"\Junk") == name
    return msgspec.structs.replace(selected, junk=junk)
