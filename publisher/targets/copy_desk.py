"""The copy desk: an editor pastes the article into a site that has no door for us, and says so."""

from msgspec import Struct

from publisher.targets.target import Action, Article, Asks, Known, Step


class CopyDesk(Struct, frozen=True, kw_only=True):
    """Every verb asks; nothing is known of what stands there but what an editor says."""

    id: str
    has_page: bool = True

    def publish(self, article: Article, known: Known | None) -> Asks:
        """An editor pastes it."""
        return Asks()

    def correct(self, article: Article, known: Known) -> Asks:
        """An editor mends it there."""
        return Asks()

    def take_down(self, article: Article, known: Known) -> Asks:
        """An editor takes it away there."""
        return Asks()

    def find(self, article: Article) -> None:
        """There is nobody to ask."""

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:
        """Who must do what, where it stands if it does."""
        code = f"ask_{action}"
        return (Step(code=code, facts={"url": known.url if known and known.url else "-"}),)
