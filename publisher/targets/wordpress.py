"""A WordPress, through its REST API (publishing.md, section 4).

Every verb looks before it makes: an article is found by its slug, a photo by its own, so that what a
cut left is taken up and never made twice. What somebody changed there is never overwritten unless
an editor says so.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from publisher.targets.http import Http
from publisher.targets.target import (
    Action,
    Article,
    Delivered,
    Known,
    Media,
    NotNow,
    Outcome,
    Refused,
    Step,
)
from publisher.targets.wp_media import find_photos, put_photos
from publisher.targets.wp_plan import plan_steps
from publisher.targets.wp_post import FIELDS, Attachment, Post, Wanted, make_wanted
from publisher.targets.wp_rest import Rest, Stop
from publisher.targets.wp_terms import find_category, make_tags

_NOT_FOR_STRANGERS = (400, 401, 403)  # how one who is not logged in is answered
_READ = {"context": "edit", "_fields": FIELDS}


class WordPress(Struct, frozen=True, kw_only=True):
    """A site where we write as `user`, by an application password."""

    id: str
    rest: Rest
    has_page: bool = True

    @classmethod
    def at(cls, target: str, url: str, user: str, password: str, http: Http) -> "WordPress":
        """The target of this id at a site's address ("https://warta.example")."""
        return cls(id=target, rest=Rest(http=http, url=url, user=user, password=password))

    def publish(self, article: Article, known: Known | None) -> Outcome:
        """Make the post, or take up what an earlier try made of it."""
        return _settle(lambda: self._publish(article, known))

    def correct(self, article: Article, known: Known) -> Outcome:
        """Change the post. What is gone there is not made anew, unless an editor says so."""
        return _settle(lambda: self._correct(article, known))

    def take_down(self, article: Article, known: Known) -> Outcome:
        """Make it private; what a foreign hand changed in it stays as it is."""
        return _settle(lambda: self._take_down(article, known))

    def find(self, article: Article) -> Known | NotNow | Refused | None:
        """The post that readers see."""
        try:
            shown = [each for each in self._find_named(article) if each.status == "publish"]
            if not shown:
                return None
            photos = find_photos(self.rest, article.edition, article.photos, None)
        except Stop as stop:
            return stop.outcome
        return _describe(shown[0], photos)

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:
        """The steps, each held against what is there."""
        try:
            post = self._find_post(article, known)
            return plan_steps(self.rest, article, action, known, post)
        except Stop as stop:
            facts = {"code": stop.outcome.code, "detail": stop.outcome.detail or "-"}
            return (Step(code="wordpress_stops", facts=facts),)

    def _publish(self, article: Article, known: Known | None) -> Delivered:
        posts = self._find_named(article)
        category = find_category(self.rest, article.edition.category)
        post = self._get_known(known) or (posts[0] if posts else None)
        if post is None:
            self._refuse_trashed(article)
        elif post.status == "trash" and not article.overwrite:
            raise Stop(Refused(code="gone_on_site", detail="trash"))
        return self._deliver(article, known, post, posts, category)

    def _correct(self, article: Article, known: Known) -> Delivered:
        posts = self._find_named(article)
        category = find_category(self.rest, article.edition.category)
        post = self._get_known(known) if known.external_id else (posts[0] if posts else None)
        is_gone = post is None or post.status == "trash"
        if is_gone and not article.overwrite:
            raise Stop(Refused(code="gone_on_site", detail=known.external_id))
        return self._deliver(article, known, post, posts, category)

    def _deliver(
        self,
        article: Article,
        known: Known | None,
        post: Post | None,
        posts: Sequence[Post],
        category: tuple[int, ...],
    ) -> Delivered:
        photos = find_photos(self.rest, article.edition, article.photos, known)
        tags = make_tags(self.rest, article.edition.tags)
        # an earlier try may have done it all, and only its answer was cut
        is_done = post is not None and _has_all(article, photos, category, tags, post)
        if post is not None and not is_done:
            _refuse_foreign(article, known, post)
        photos = put_photos(self.rest, article, photos)
        if post is None or not is_done:
            post = self._write(post, make_wanted(article.edition, photos, category, tags))
        doubles = self._set_aside(post, posts)
        return Delivered(known=_describe(post, photos), doubles=doubles)

    def _write(self, post: Post | None, wanted: Wanted) -> Post:
        """Make or change the post. What the site keeps back is not published."""
        route = f"wp/v2/posts/{post.id}" if post else "wp/v2/posts"
        body = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
        written = self.rest.post(route, body).read(Post)
        if written.status != wanted.status:
            raise Stop(Refused(code="not_allowed", detail=f"status {written.status[:40]}"))
        return written

    def _take_down(self, article: Article, known: Known) -> Delivered:
        named = self._find_named(article)
        post = self._get_known(known)
        posts = {each.id: each for each in (*named, *([post] if post else []))}
        taken = [self._hide(each) for each in posts.values() if each.status != "trash"]
        if not taken:
            return Delivered(known=known)
        main = next((each for each in taken if str(each.id) == known.external_id), taken[0])
        described = _describe(main, {})
        return Delivered(
            known=Known(
                external_id=described.external_id,
                version=described.version,
                url=known.url,
                media=known.media,
            )
        )

    def _hide(self, post: Post) -> Post:
        if post.status in ("private", "draft"):
            return post
        hidden = self.rest.post(f"wp/v2/posts/{post.id}", {"status": "private"}).read(Post)
        if hidden.status != "private":
            raise Stop(Refused(code="not_allowed", detail=f"status {hidden.status[:40]}"))
        return hidden

    def _set_aside(self, post: Post, posts: Sequence[Post]) -> int:
        """Others of the same slug become drafts: the lower id stays."""
        others = [each for each in posts if each.id != post.id and each.status == "publish"]
        for each in others:
            self.rest.post(f"wp/v2/posts/{each.id}", {"status": "draft"}).read(Post)
        return len(others)

    def _find_post(self, article: Article, known: Known | None) -> Post | None:
        named = self._find_named(article)
        return self._get_known(known) or (named[0] if named else None)

    def _get_known(self, known: Known | None) -> Post | None:
        if known is None or not known.external_id.isdecimal():
            return None
        reply = self.rest.get(f"wp/v2/posts/{known.external_id}", _READ)
        return None if reply.code == "rest_post_invalid_id" else reply.read(Post)

    def _find_named(self, article: Article) -> list[Post]:
        """The posts of the article's slug, whatever their state, the lowest id first. WordPress
        calls a second one "-2"."""
        slug = article.edition.slug
        params = {"slug[]": [slug, f"{slug}-2"], "status": "any", **_READ}
        reply = self.rest.get("wp/v2/posts", params)
        if reply.status in _NOT_FOR_STRANGERS:
            self.rest.check_login()
        return sorted(reply.read(tuple[Post, ...]), key=lambda each: each.id)

    def _refuse_trashed(self, article: Article) -> None:
        """What somebody threw away there is not made anew by itself ("any" leaves the trash out)."""
        slug = f"{article.edition.slug}__trashed"
        params = {"slug[]": [slug], "status": "trash", **_READ}
        if not article.overwrite and self.rest.get("wp/v2/posts", params).read(tuple[Post, ...]):
            raise Stop(Refused(code="gone_on_site", detail="trash"))


def _has_all(
    article: Article,
    photos: dict[str, Attachment],
    category: tuple[int, ...],
    tags: tuple[int, ...],
    post: Post,
) -> bool:
    """Whether the post is the edition already."""
    if len(photos) < len(article.edition.photos):
        return False
    return make_wanted(article.edition, photos, category, tags).is_as(post)


def _refuse_foreign(article: Article, known: Known | None, post: Post) -> None:
    """Raises Stop where somebody else changed the post. Of one that nothing is known of, what was
    never changed is ours, and what is private: we took it down."""
    if article.overwrite:
        return
    if known is not None and known.version:
        is_ours = post.version == known.version
    else:
        is_ours = post.is_untouched or post.status == "private"
    if not is_ours:
        raise Stop(Refused(code="changed_on_site", detail=f"{post.status} {post.modified_gmt}"))


def _settle(act: Callable[[], Delivered]) -> Outcome:
    try:
        return act()
    except Stop as stop:
        return stop.outcome


def _describe(post: Post, photos: dict[str, Attachment]) -> Known:
    return Known(
        external_id=str(post.id),
        version=post.version,
        url=post.link,
        media={
            original: Media(id=str(each.id), url=each.source_url)
            for original, each in photos.items()
        },
    )
