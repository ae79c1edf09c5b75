"""Whether the work goes on, for programs: codes alone, no name and no count."""

from desk.app import App
from desk.health.judge import find_troubles
from desk.health.look import observe
from desk.health.trouble import TroubleCode
from desk.store.jobs import processes
from redaksi.errors import StoreError

# what keeps us from being ready; a letter that waits for an editor does not
STOPPED = (
    TroubleCode.FOLDER_LATE,
    TroubleCode.FOLDER_UNPOLLED,
    TroubleCode.FOLDER_FAILS,
    TroubleCode.MAILBOX_FAILS,
    TroubleCode.EXAMINER_GONE,
    TroubleCode.DISK_BYTES,
)
NOT_WRITTEN = "not_written"


def name_stopped(app: App) -> tuple[str, ...]:
    """Why we are not ready, sorted; none when the database was written within a minute and every
    folder was read well within three intervals."""
    try:
        with app.store.read_as_one():
            observed = observe(app, tries=False)
            with app.store.read() as tx:
                is_written = processes.is_any_alive(tx)
    except StoreError:
        return (TroubleCode.STORE_CLOSED.value,)
    found = {trouble.code for trouble in find_troubles(observed, app.config, app.clock())}
    codes = [code.value for code in STOPPED if code in found]
    return tuple(sorted([*codes, *([] if is_written else [NOT_WRITTEN])]))
