"""A password that somebody chooses, and one that is made for somebody else."""

from starlette.responses import Response

from desk.web import auth
from desk.web.passwords import check_password, hash_password, make_password
from desk.web.render import see_other
from desk.web.visit import Visit
from desk.workflow.accounts.members import keep_own_password
from desk.workflow.accounts.settings import Wrong, noting
from redaksi.errors import IllegalMove


def choose_password(visit: Visit, old: str, new: str, again: str) -> tuple[Wrong, ...]:
    """Keep it; what is wrong, and then nothing is kept. Raises auth.TooMany."""
    wrong: list[Wrong] = []
    with noting(wrong, "lama"):
        if not auth.is_own_password(visit, old):
            raise IllegalMove("password_wrong")
    with noting(wrong, "baru"):
        check_password(new, visit.who.login, visit.who.name)
        if new == old:
            raise IllegalMove("password_same")
    with noting(wrong, "ulang"):
        if new != again:
            raise IllegalMove("passwords_differ")
    if not wrong:
        keep_own_password(visit.app, visit.who.id, hash_password(new, visit.desk.hashing))
    return tuple(wrong)


def sign_in_anew(visit: Visit, where: str) -> Response:
    """After every browser was signed out, this one alone goes on, by a token of its own."""
    remember = visit.session is not None and visit.session.remembered
    with visit.app.store.begin() as tx:
        signed_in = auth.begin_session(tx, visit, visit.who, remember=remember)
    response = see_other(where)
    auth.give_cookie(visit.desk, response, signed_in)
    return response


def make_hashed(visit: Visit) -> tuple[str, str]:
    """A password to be shown once, and its hash."""
    password = make_password()
    return password, hash_password(password, visit.desk.hashing)
