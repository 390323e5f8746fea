"""Rule 1: a snapshot's bytes, text and hashes never change; its body may, unless a quote would fall outside."""

from tests.rules.acts import Act
from tests.rules.rows import World, draft

SET = "UPDATE articles_snapshot SET {} WHERE id = %(snapshot)s"
ADD = (
    "INSERT INTO articles_snapshot (article_id, method, retrieved_at, raw, media_type, encoding, extractor, text,"
    " body_start, body_end) VALUES (%(article)s, 'paste', now(), 'x', 'text/plain', 'utf-8', 'none', {}, 0, 1)"
)
NEVER = "snapshot_never_changes"
NORMAL = "snapshot_text_is_normal"
BODY = "snapshot_body_keeps_quotes"

FETCHED = ADD.replace("'paste'", "'fetch'").format("'Ё'")
ANSWER = (
    "INSERT INTO articles_retrieval (snapshot_id, fetched_at, asked, address, status, content_type, etag, last_modified)"
    " VALUES ({snapshot}, now(), '{asked}', '{address}', {status}, '', '', '')"
)
PAGE = "https://example.com/most"
STAYS = "retrieval_never_changes"
PROOF_STAYS = "proof_never_changes"
PROOF_UNCHECKED = "UPDATE articles_proof SET {}"


def answer(snapshot: str = "%(snapshot)s", asked: str = PAGE, address: str = PAGE, status: str = "200") -> str:
    """One more retrieval; the snapshot is SQL."""
    return ANSWER.format(snapshot=snapshot, asked=asked, address=address, status=status)


def fetched(world: World) -> None:
    """The snapshot was fetched once more."""
    world.run(answer())


def unguarded(world: World) -> None:
    """Proofs can be changed, as by an owner who switches the trigger off."""
    world.run("DROP TRIGGER proof_never_changes ON articles_proof")


ACTS = [
    Act("its text is rewritten", SET.format("text = text || ' '"), NEVER),
    Act("its bytes are rewritten", SET.format("raw = 'other'"), NEVER),
    Act("its moment is moved", SET.format("retrieved_at = now()"), NEVER),
    Act("its extractor is renamed", SET.format("extractor = 'better'"), NEVER),
    Act("it is moved to another article", SET.format("raw = 'x', article_id = %(other_article)s"), NEVER),
    Act(
        "it is deleted",
        "DELETE FROM articles_snapshot WHERE id = %(snapshot)s",
        NEVER,
        also=("articles_proof_snapshot_id_fk",),
    ),
    Act("all are rewritten at once", "UPDATE articles_snapshot SET media_type = 'text/html'", NEVER),
    Act(
        "it is rewritten by way of a conflict",
        "INSERT INTO articles_snapshot (article_id, method, retrieved_at, raw, media_type, encoding, extractor, text,"
        " body_start, body_end) SELECT article_id, method, retrieved_at, raw, media_type, encoding, extractor, text,"
        " body_start, body_end FROM articles_snapshot WHERE id = %(snapshot)s"
        " ON CONFLICT (article_id, raw_sha256) DO UPDATE SET text = 'other words that are as long as the body was,"
        " and then some more, so that the body still lies inside of them, whatever they may say'",
        NEVER,
    ),
    Act("nothing of it changes", SET.format("text = text, body_end = body_end")),
    Act("its body is moved", SET.format("body_start = 5, body_end = 20")),
    Act(
        "the same bytes of the same article again",
        ADD.replace("'x'", "(SELECT raw FROM articles_snapshot WHERE id = %(snapshot)s)").format("'Ё'"),
        "snapshot_bytes_once",
    ),
    Act("the same bytes of another article", ADD.format("'Ёж'")),
    Act("a text with a letter in two parts", ADD.format(r"U&'и\0306'"), NORMAL),
    Act("a text with CR LF", ADD.format(r"E'а\r\nб'"), NORMAL),
    Act("a text with a form feed", ADD.format(r"E'а\fб'"), NORMAL),
    Act("a text with a line separator", ADD.format(r"U&'а\2028б'"), NORMAL),
    Act("a text with a control character", ADD.format(r"E'а\x01б'"), NORMAL),
    Act("a text with a byte order mark", ADD.format(r"U&'\FEFFа'"), NORMAL),
    Act("a text with tabs and line feeds", ADD.format(r"E'а\tб\n'")),
    Act("a text of no words", ADD.format("''"), "snapshot_body_is_inside"),
    Act("no text", ADD.format("NULL"), "articles_snapshot.text", also=("articles_proof.root",)),
    Act("a body that ends before it starts", SET.format("body_start = 9, body_end = 8"), "snapshot_body_is_inside"),
    Act("a body that is empty", SET.format("body_start = 9, body_end = 9"), "snapshot_body_is_inside"),
    Act("a body longer than the text", SET.format("body_end = length(text) + 1"), "snapshot_body_is_inside"),
    Act("a body to the text's last letter", SET.format("body_end = length(text)")),
    Act("a way that nobody knows", ADD.replace("'paste'", "'dream'").format("'а'"), "snapshot_method_is_known"),
    Act("its body leaves a quote outside at the end", SET.format("body_end = 30"), BODY, draft),
    Act("its body leaves a quote outside at the start", SET.format("body_start = 20"), BODY, draft),
    Act("all bodies are shortened at once", "UPDATE articles_snapshot SET body_end = 25", BODY, draft),
    Act(
        "its body closes up to the quotes",
        SET.format(
            "body_start = (SELECT min(start) FROM quotes_span WHERE quote_id = %(quote)s),"
            ' body_end = (SELECT max("end") FROM quotes_span WHERE quote_id = %(quote)s)'
        ),
        stage=draft,
    ),
    Act("a fetched text without a word of where it came from", FETCHED, "snapshot_fetched_says_where"),
    Act("a fetched text with the site's answer", f"{FETCHED}; {answer('(SELECT max(id) FROM articles_snapshot)')}"),
    Act("a pasted text that is found at an address later", answer()),
    Act("an answer about another's text is moved", "UPDATE articles_retrieval SET etag = 'x'", STAYS, fetched),
    Act("an answer is forgotten", "DELETE FROM articles_retrieval", STAYS, fetched),
    Act("an answer from nowhere", answer(address=""), "retrieval_addresses_are_http"),
    Act("an answer from a file", answer(address="file:///etc/passwd"), "retrieval_addresses_are_http"),
    Act("an answer to no question", answer(asked=""), "retrieval_addresses_are_http"),
    Act("an answer that is an error", answer(status="404"), "retrieval_status_is_an_answer"),
    Act("an answer without a status", answer(status="NULL"), "articles_retrieval.status"),
    Act("a proof is rewritten", "UPDATE articles_proof SET root = repeat('0', 64)", PROOF_STAYS),
    Act("a proof gets another secret", "UPDATE articles_proof SET secret = proof_secret()", PROOF_STAYS),
    Act("a proof is forgotten", "DELETE FROM articles_proof WHERE snapshot_id = %(snapshot)s", PROOF_STAYS),
    Act(
        "a second proof of the same text",
        "INSERT INTO articles_proof (snapshot_id) VALUES (%(snapshot)s)",
        "articles_proof_snapshot_id_key",
    ),
    Act("a proof that is no hash", PROOF_UNCHECKED.format("root = 'none'"), "proof_root_is_a_hash", unguarded),
]
