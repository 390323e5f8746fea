-- What is typed and not saved yet: it is its user's own, and it does not grow without end. No history: it is no record.

-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION list_length(list jsonb) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT CASE WHEN jsonb_typeof(list) = 'array' THEN jsonb_array_length(list) END
$$;

-- A CHECK lets NULL by: what is no list has no length.
ALTER TABLE quotes_workingcopy ADD CONSTRAINT working_copy_is_bounded CHECK (
    jsonb_typeof(content) = 'object' AND octet_length(content::text) <= 100000
    AND coalesce(list_length(earlier) <= 50, false) AND coalesce(list_length(later) <= 50, false)
);
ALTER TABLE quotes_workingcopy ADD CONSTRAINT working_copy_has_a_version CHECK (version >= 1);

CREATE FUNCTION working_copy_of_its_user() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF application_user() <> NEW.user_id THEN
        PERFORM refuse('working_copy_of_its_user', 'nobody types in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER working_copy_of_its_user BEFORE INSERT OR UPDATE ON quotes_workingcopy
    FOR EACH ROW EXECUTE FUNCTION working_copy_of_its_user();

CREATE FUNCTION presence_of_its_user() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF application_user() <> NEW.user_id THEN
        PERFORM refuse('presence_of_its_user', 'nobody is there in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER presence_of_its_user BEFORE INSERT OR UPDATE ON quotes_presence
    FOR EACH ROW EXECUTE FUNCTION presence_of_its_user();
-- undo
DROP TRIGGER presence_of_its_user ON quotes_presence;
DROP FUNCTION presence_of_its_user();
DROP TRIGGER working_copy_of_its_user ON quotes_workingcopy;
DROP FUNCTION working_copy_of_its_user();
ALTER TABLE quotes_workingcopy DROP CONSTRAINT working_copy_has_a_version;
ALTER TABLE quotes_workingcopy DROP CONSTRAINT working_copy_is_bounded;
DROP FUNCTION list_length(jsonb);
