-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- 32 bytes that nobody can guess: 244 of their bits come from the system's source of randomness. (PostgreSQL itself gives such
-- bits as UUIDs alone.)
CREATE FUNCTION proof_secret() RETURNS bytea
LANGUAGE sql VOLATILE SET search_path FROM CURRENT AS $$
    SELECT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
$$;

-- One hash of all words of a text, of which each can be shown without the others: of the paragraphs' hashes, in their order; a
-- paragraph is a line, and its hash that of its words' hashes; words are divided by single spaces, and each is hashed behind a
-- salt of its own, the hash of the secret and the word's place. `articles.models.proof` computes the same.
CREATE FUNCTION snapshot_proof(text text, secret bytea) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
    WITH words AS (
        SELECT p.number AS paragraph, w.number AS place, w.word
        FROM unnest(CASE text WHEN '' THEN ARRAY[''] ELSE string_to_array(text, E'\n') END) WITH ORDINALITY AS p(line, number)
        LEFT JOIN LATERAL unnest(string_to_array(p.line, ' ')) WITH ORDINALITY AS w(word, number) ON true
    ), hashed AS (
        SELECT paragraph, sha256(coalesce(string_agg(
            sha256(sha256(secret || int4send(paragraph::int - 1) || int4send(place::int - 1)) || convert_to(word, 'UTF8')), ''
            ORDER BY place
        ), '')) AS hash
        FROM words GROUP BY paragraph
    )
    SELECT encode(sha256(string_agg(hash, '' ORDER BY paragraph)), 'hex') FROM hashed
$$;
-- undo
DROP FUNCTION snapshot_proof(text, bytea);
DROP FUNCTION proof_secret();
