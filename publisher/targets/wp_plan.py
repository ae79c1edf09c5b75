"""What would be done to a WordPress, held against what is there. Reads only."""

from publisher.targets.target import Action, Article, Known, Step
from publisher.targets.wp_media import find_photos
from publisher.targets.wp_post import Post
from publisher.targets.wp_rest import Rest
from publisher.targets.wp_terms import find_category


def plan_steps(
    rest: Rest, article: Article, action: Action, known: Known | None, post: Post | None
) -> tuple[Step, ...]:
    """Raises Stop where the site refuses already."""
    edition = article.edition
    stands = {
        "slug": edition.slug,
        "id": post.id if post else "-",
        "url": post.link if post else "-",
    }
    if action == "take_down":
        return (Step(code="wordpress_hide" if post else "wordpress_gone", facts=stands),)
    steps = [Step(code="wordpress_change" if post else "wordpress_make", facts=stands)]
    if known and known.version and post and post.version != known.version:
        steps.append(Step(code="wordpress_changed", facts=stands))
    if edition.category:
        find_category(rest, edition.category)
        steps.append(Step(code="wordpress_category", facts={"name": edition.category}))
    there = find_photos(rest, edition, article.photos, known)
    lacking = [photo for photo in article.photos if photo.original not in there]
    if lacking:
        size = -(-sum(photo.size for photo in lacking) // 1000)
        steps.append(Step(code="wordpress_photos", facts={"n": len(lacking), "kb": size}))
    return (*steps, Step(code="wordpress_look"))
