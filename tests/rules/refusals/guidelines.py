"""A published guideline stays; a version gets its number from the database."""

from tests.rules.acts import Act
from tests.rules.rows import draft

NEW = "INSERT INTO quotes_guideline (text_ru, text_en, published_at, published_by_id) VALUES ('Как', {}, {}, {})"
DRAFT = NEW.format("'How'", "NULL", "NULL")
PUBLISHED = NEW.format("'How'", "now()", "%(anna)s")
STAYS = "guideline_stays_once_published"

ACTS = [
    Act("a draft is written, changed, published", DRAFT + "; UPDATE quotes_guideline SET text_en = 'So', "
        "published_at = now(), published_by_id = %(anna)s WHERE version IS NULL"),
    Act("a draft is deleted", DRAFT + "; DELETE FROM quotes_guideline WHERE version IS NULL"),
    Act("a published version is changed", PUBLISHED + "; UPDATE quotes_guideline SET text_en = 'So'", STAYS),
    Act(
        "a published version is deleted",
        PUBLISHED + "; DELETE FROM quotes_guideline WHERE text_en = 'How'",
        STAYS,
    ),
    Act(
        "published in another's name",
        NEW.format("'How'", "now()", "%(boris)s"),
        "guideline_published_by_its_user",
    ),
    Act("in one language only", NEW.format("' '", "NULL", "NULL"), "guideline_is_in_both_languages"),
    Act(
        "a draft that somebody has published",
        NEW.format("'How'", "NULL", "%(anna)s"),
        "guideline_is_published_whole",
    ),
    Act(
        "a quote says that it was made under nothing",
        "UPDATE quotes_quote SET guideline_id = NULL WHERE id = %(quote)s",
        stage=draft,
    ),
]  # fmt: skip
