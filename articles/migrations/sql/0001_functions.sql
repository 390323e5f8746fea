-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- The hash of a text is that of its UTF-8 bytes. (convert_to is only STABLE for PostgreSQL, as a name of an encoding could
-- be redefined; for UTF8 it never is.)
CREATE FUNCTION text_sha256(text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT encode(sha256(convert_to(text, 'UTF8')), 'hex')
$$;
-- undo
DROP FUNCTION text_sha256(text);
