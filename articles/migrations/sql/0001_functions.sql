-- The hash of a text is that of its UTF-8 bytes. (convert_to is only STABLE for PostgreSQL, as a name of an encoding could
-- be redefined; for UTF8 it never is.)
CREATE FUNCTION text_sha256(text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(text, 'UTF8')), 'hex')
$$;
-- undo
DROP FUNCTION text_sha256(text);
