"""Uploaded spreadsheets: what is brought in is what was tried, and nobody uploads in another's name."""

from tests.rules.acts import Act
from tests.rules.rows import World

UPLOAD = (
    "INSERT INTO quotes_sheetupload (user_id, name, content, uploaded_at) VALUES (%(anna)s, 'quotes.csv', {}, now())"
)
ONE = UPLOAD.format("'a'")
SIZE = "sheet_is_of_bounded_size"


def uploaded(world: World) -> None:
    """Anna has uploaded one."""
    world.acting("anna").run(ONE)


ACTS = [
    Act("an upload of one's own", ONE),
    Act("an upload by the database itself", ONE, user=None),
    Act("an upload in another's name", ONE, "sheet_by_its_user", user="boris"),
    Act("other bytes", "UPDATE quotes_sheetupload SET content = 'b'", "sheet_never_changes", uploaded),
    Act(
        "another user's from now on",
        "UPDATE quotes_sheetupload SET user_id = %(boris)s",
        "sheet_never_changes",
        uploaded,
    ),
    Act("later than it was", "UPDATE quotes_sheetupload SET uploaded_at = now()", "sheet_never_changes", uploaded),
    Act("an upload is deleted", "DELETE FROM quotes_sheetupload", stage=uploaded),
    Act("an upload of nothing", UPLOAD.format("''"), SIZE),
    Act("an upload as large as may be", UPLOAD.format("convert_to(repeat('a', 10485760), 'UTF8')")),
    Act("an upload that is larger", UPLOAD.format("convert_to(repeat('a', 10485761), 'UTF8')"), SIZE),
]
