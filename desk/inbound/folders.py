"""The folders of a mailbox: as the configuration names them, and as the server does."""

import msgspec

from ingest.fetch.listing import Selected, is_junk_name
from ingest.fetch.mailbox import Mailbox
from redaksi.errors import LoginRefused, ServerError, Unreachable

SHOWN = 20  # folders that are named when one is not there


def folders_key(mailbox_id: str) -> str:
    """The key of config.toml that names a mailbox's folders."""
    return f"mailbox.{mailbox_id}.folders"


def name_folder(mailbox: Mailbox, folder: str) -> str:
    r"""The folder's name on the server; "\\Junk" and other special uses are looked up, "" when
    there is none."""
    return mailbox.special(folder) if folder.startswith("\\") else folder


def list_folders(mailbox: Mailbox) -> str:
    """The folders that there are, as a sentence names them."""
    return ", ".join(f'"{name}"' for name in mailbox.names()[:SHOWN])


def select_folder(key: str, mailbox: Mailbox, name: str) -> Selected:
    """The folder, and whether it is the one for spam: by its name, else as the server says.

    Raises ServerError naming the `key` that config.toml names it at, and the folders that there
    are.
    """
    selected = _open_folder(key, mailbox, name)
    if name.upper() == "INBOX":
        return selected
    junk = is_junk_name(name) or mailbox.special(r"\Junk") == name
    return msgspec.structs.replace(selected, junk=junk)


def _open_folder(key: str, mailbox: Mailbox, name: str) -> Selected:
    try:
        return mailbox.select(name)
    except ServerError as error:
        if isinstance(error, Unreachable | LoginRefused):
            raise
        facts = {"folder": name, "reply": error.sentence, "folders": list_folders(mailbox)}
        raise ServerError("folder_refused", key=key, **facts) from error
