"""What is typed and not saved yet: one copy of a thing for each user, in their own name, of a bounded size."""

from tests.rules.acts import Act
from tests.rules.rows import World, draft

COPY = (
    "INSERT INTO quotes_workingcopy (user_id, snapshot_id, of, content, earlier, later, fingerprint, version, updated_at)"
    " VALUES (%(anna)s, %(snapshot)s, {of}, {content}, {earlier}, {later}, '', {version}, now())"
)
VALUES = {"of": "'new'", "content": "'{}'", "earlier": "'[]'", "later": "'[]'", "version": "1"}
HERE = "INSERT INTO quotes_presence (user_id, snapshot_id, of, seen_at) VALUES (%(anna)s, %(snapshot)s, {}, now())"
BOUNDED, OWN = "working_copy_is_bounded", "working_copy_of_its_user"
LONG_LIST = "(SELECT jsonb_agg(1) FROM generate_series(1, {}))"
LONG_TEXT = "jsonb_build_object('label', repeat('x', {}))"


def copy(**columns: str) -> str:
    """One copy; the values are SQL."""
    return COPY.format(**VALUES | columns)


def typed(world: World) -> None:
    """Anna has typed something, and her page is open."""
    draft(world)
    world.run(copy())
    world.run(HERE.format("'new'"))


ACTS = [
    Act("a copy of a new quote", copy()),
    Act("a copy of a quote", copy(of="'quote:0a1b2c3d'")),
    Act("a copy of a suggestion", copy(of="'suggestion:12'"), stage=typed),
    Act("a copy of nothing", copy(of="''"), "working_copy_of_something"),
    Act("a copy of what nobody knows", copy(of="'new one'"), "working_copy_of_something"),
    Act("a copy of the same twice", copy(), "working_copy_once", typed),
    Act("what is typed is no form", copy(content="'[]'"), BOUNDED),
    Act("what is typed is nothing", copy(content="'null'"), BOUNDED),
    Act("a long text", copy(content=LONG_TEXT.format(99_000))),
    Act("a text without end", copy(content=LONG_TEXT.format(100_001)), BOUNDED),
    Act("fifty states before it", copy(earlier=LONG_LIST.format(50))),
    Act("one state too many", copy(earlier=LONG_LIST.format(51)), BOUNDED),
    Act("one undone state too many", copy(later=LONG_LIST.format(51)), BOUNDED),
    Act("states that are no list", copy(earlier="'{}'"), BOUNDED),
    Act("undone states that are no list", copy(later="'1'"), BOUNDED),
    Act("no version", copy(version="0"), "working_copy_has_a_version"),
    Act("a copy in another's name", copy(), OWN, user="boris"),
    Act("another's copy is rewritten", "UPDATE quotes_workingcopy SET version = 2", OWN, typed, user="boris"),
    Act("one's own is", "UPDATE quotes_workingcopy SET version = 2", stage=typed),
    Act("the machine forgets", "DELETE FROM quotes_workingcopy", stage=typed, user=None),
    Act("somebody is there", HERE.format("'quote:0a1b2c3d'")),
    Act("somebody writes nothing known", HERE.format("'poetry'"), "presence_of_something"),
    Act("somebody is there twice", HERE.format("'new'"), "presence_once", typed),
    Act("somebody is there in another's name", HERE.format("'new'"), "presence_of_its_user", user="boris"),
]
