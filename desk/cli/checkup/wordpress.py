"""A WordPress that articles are published to: whether they can be. Nothing is written there."""

from publisher.targets.http import Http, read_url
from publisher.targets.wp_probe import Flaw, probe
from publisher.targets.wp_rest import Rest
from redaksi.catalog import Catalog, Sentence
from redaksi.config import secrets
from redaksi.config.publish import PublishTarget
from redaksi.config.schema import Config, read_environment
from redaksi.errors import ConfigError


def check_wordpress(target: PublishTarget, words: Catalog, config: Config) -> str:
    """The REST API is there, takes our login, and gives us the rights and categories we need."""
    table = f"publish.target.{target.id}"
    password = secrets.read_secret(f"{table}.password", target.password, read_environment())
    http = Http(private=target.private)
    rest = Rest(http=http, url=target.url, user=target.user, password=password)
    flaws = probe(rest, config.publish.categories)
    if flaws:
        raise ConfigError.of([_word(flaw, table, target) for flaw in flaws])
    place = read_url(target.url)
    host = place.host if place else target.url
    return words.say("cli.doctor", "target_wordpress", host=host, user=target.user)


def _word(flaw: Flaw, table: str, target: PublishTarget) -> Sentence:
    facts = {"table": table, "id": target.id, "url": target.url, "user": target.user, **flaw.facts}
    return Sentence("error", flaw.code, facts)
