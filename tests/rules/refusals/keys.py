"""A key of the API is known by its hash alone, stays the one that was given, and is revoked for good, in one's own name."""

from tests.rules.acts import Act
from tests.rules.rows import World

NEW = (
    "INSERT INTO quotes_apikey (key_hash, ending, name, owner, may_read_texts, texts_allowed_by_id, expires_on, made_on,"
    " made_by_id, revoked_at, revoked_by_id) VALUES ({hash}, {ending}, {name}, {owner}, {texts}, {allowed}, {expires}, {made},"
    " {by}, {revoked}, {revoker})"
)
VALUES = {
    "hash": "repeat('0a', 32)",
    "ending": "'aB_-'",
    "name": "'Зеркало'",
    "owner": "'Вестник'",
    "texts": "false",
    "allowed": "NULL",
    "expires": "'2032-01-01'",
    "made": "'2031-01-01'",
    "by": "%(vera)s",
    "revoked": "NULL",
    "revoker": "NULL",
}
REVOKE = "UPDATE quotes_apikey SET revoked_at = now(), revoked_by_id = %(vera)s"
ALLOW = "UPDATE quotes_apikey SET may_read_texts = true, texts_allowed_by_id = {by}"
STAYS, GONE, OWN = "api_key_stays", "api_key_stays_revoked", "api_key_by_its_user"
HASHED, WHOLE, ALLOWED = "api_key_is_hashed", "api_key_is_revoked_whole", "api_key_texts_allowed_by_somebody"


def new(**columns: str) -> str:
    """One key; the values are SQL."""
    return NEW.format(**VALUES | columns)


def given(world: World) -> None:
    """Vera has given a key."""
    world.acting("vera").run(new())


def revoked(world: World) -> None:
    """And has revoked it."""
    given(world)
    world.acting("vera").run(REVOKE)


ACTS = [
    Act("a key is given", new(), user="vera"),
    Act("a key is given by the database's own role", new(), user=None),
    Act("a key that reads texts is given", new(texts="true", allowed="%(vera)s"), user="vera"),
    Act("a key without a hash", new(hash="NULL"), "quotes_apikey.key_hash", user="vera"),
    Act("a key that is kept as it is", new(hash="'skz_abc'"), HASHED, user="vera"),
    Act("an empty hash", new(hash="''"), HASHED, user="vera"),
    Act("half a hash", new(hash="repeat('0a', 16)"), HASHED, user="vera"),
    Act("more than a key's ending", new(ending="'skz_abcd'"), "api_key_shows_its_ending_only", user="vera"),
    Act("a key for nothing", new(name="' '"), "api_key_is_named", user="vera"),
    Act("a key of nobody's", new(owner="''"), "api_key_is_named", user="vera"),
    Act("a name without end", new(name="repeat('я', 201)"), "api_key_is_bounded", user="vera"),
    Act("an owner without end", new(owner="repeat('я', 201)"), "api_key_is_bounded", user="vera"),
    Act("texts that nobody allowed", new(texts="true"), ALLOWED, user="vera"),
    Act("somebody who allowed nothing", new(allowed="%(vera)s"), ALLOWED, user="vera"),
    Act("texts that nobody allowed later", ALLOW.format(by="NULL"), ALLOWED, given, user="vera"),
    Act("texts are allowed later", ALLOW.format(by="%(vera)s"), stage=given, user="vera"),
    Act("texts are allowed in another's name", ALLOW.format(by="%(anna)s"), OWN, given, user="vera"),
    Act("a key without a last day", new(expires="NULL"), "quotes_apikey.expires_on", user="vera"),
    Act("a key that never works", new(expires="'2030-12-31'"), "api_key_works_for_some_time", user="vera"),
    Act("a key is given in another's name", new(by="%(anna)s"), OWN, user="vera"),
    Act("a key is revoked in another's name", REVOKE.replace("vera", "anna"), OWN, given, user="vera"),
    Act("revoked by nobody", "UPDATE quotes_apikey SET revoked_at = now()", WHOLE, given, user="vera"),
    Act("revoked at no time", "UPDATE quotes_apikey SET revoked_by_id = %(vera)s", WHOLE, given, user="vera"),
    Act("a key is revoked", REVOKE, stage=given, user="vera"),
    Act("its last day is moved", "UPDATE quotes_apikey SET expires_on = '2033-01-01'", stage=given, user="vera"),
    Act("another key's hash", "UPDATE quotes_apikey SET key_hash = repeat('0b', 32)", STAYS, given, user="vera"),
    Act("another day of making", "UPDATE quotes_apikey SET made_on = '2030-01-01'", STAYS, given, user="vera"),
    Act("another giver", "UPDATE quotes_apikey SET made_by_id = %(anna)s", STAYS, given, user="anna"),
    Act("a key is deleted", "DELETE FROM quotes_apikey", STAYS, given, user="vera"),
    Act("a revoked key is deleted", "DELETE FROM quotes_apikey", STAYS, revoked, user="vera"),
    Act(
        "a revoked key comes back",
        "UPDATE quotes_apikey SET revoked_at = NULL, revoked_by_id = NULL",
        GONE,
        revoked,
        user="vera",
    ),
    Act("another time of revoking", "UPDATE quotes_apikey SET revoked_at = 'epoch'", GONE, revoked, user="vera"),
    Act("a revoked key reads texts", ALLOW.format(by="%(vera)s"), GONE, revoked, user="vera"),
    Act("a revoked key was used that day", "UPDATE quotes_apikey SET last_used_on = made_on", stage=revoked, user=None),
]
