"""What a new quote's form shows first, so that an annotator does not type the same for each quote of an article."""

from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from articles.models import Article
from people.models import Meeting
from quotes.models import Statement


@dataclass(frozen=True, slots=True)
class Defaults:
    """Date and occasion, each empty where nothing speaks for one; and where each is taken from."""

    spoken: str | None = None
    spoken_known: str = ""
    spoken_evidence: str = ""
    spoken_from: Literal["last", "publication", ""] = ""
    meeting: Meeting | None = None
    occasion_not_named: bool = False
    meeting_from: Literal["last", "others", ""] = ""


def defaults(user: AbstractBaseUser | AnonymousUser, article: Article) -> Defaults:
    """Those of the last quote of this article that the user wrote; else the day of publication, and the occasion of others.

    An occasion that others name is taken only where all who name one name the same. Two queries.
    """
    of_article = Statement.objects.visible_to(user).filter(quotes__snapshot__article=article).select_related("meeting")
    last = of_article.filter(authorships__user=user.pk).order_by("-quotes__pk").first()
    if last is not None and (last.spoken or last.meeting or last.occasion_not_named):
        return Defaults(
            last.spoken,
            last.spoken_known,
            last.spoken_evidence,
            "last" if last.spoken else "",
            last.meeting,
            last.occasion_not_named,
            "last" if last.meeting or last.occasion_not_named else "",
        )
    meetings = list(Meeting.objects.filter(statements__in=of_article.values("pk")).distinct()[:2])
    meeting = meetings[0] if len(meetings) == 1 else None
    published = article.published
    return Defaults(
        spoken=published,
        spoken_known="publication" if published else "",
        spoken_from="publication" if published else "",
        meeting=meeting,
        meeting_from="others" if meeting else "",
    )
