-- A restoration says who brings a record back and why; within it a deleted row may come back under the number it had.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION restoration_is_its_users() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF application_user() IS DISTINCT FROM NEW.user_id THEN
        PERFORM refuse('restoration_by_its_user', 'nobody restores in another''s name');
    END IF;
    NEW.at := clock_timestamp();
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END
$$;
CREATE TRIGGER restoration_by_its_user BEFORE INSERT ON people_restoration
    FOR EACH ROW EXECUTE FUNCTION restoration_is_its_users();
CREATE TRIGGER restorations_only_grow BEFORE UPDATE OR DELETE ON people_restoration
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
SELECT keep_history('people_restoration');

-- Whether a restoration is under way in this transaction. Its number alone would not do: a cluster into which a dump was
-- restored counts its transactions anew.
CREATE FUNCTION is_restoring() RETURNS boolean
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT EXISTS (
        SELECT FROM people_restoration WHERE transaction_id = pg_current_xact_id()::text::bigint AND at >= now()
    )
$$;

-- The row as it was when it was deleted; NULL where it was not, or is there.
CREATE FUNCTION as_deleted(of_table text, of_row bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT CASE WHEN action = 'DELETE' THEN before END
    FROM people_historyentry WHERE table_name = of_table AND row_id = of_row ORDER BY id DESC LIMIT 1
$$;

-- As in 0001_functions, but in a restoration the number of a deleted row comes back with that very row.
CREATE OR REPLACE FUNCTION id_is_given_once() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    drawn bigint;
    deleted jsonb;
BEGIN
    IF is_restoring() THEN
        -- What the database computes itself is empty yet.
        SELECT as_deleted(TG_TABLE_NAME, NEW.id) - coalesce(array_agg(attname::text), '{}') INTO deleted
        FROM pg_attribute WHERE attrelid = TG_RELID AND attgenerated <> '';
        IF deleted IS NOT NULL AND to_jsonb(jsonb_populate_record(NEW, deleted)) = to_jsonb(NEW) THEN
            RETURN NEW;
        END IF;
    END IF;
    BEGIN
        drawn := currval(pg_get_serial_sequence(TG_RELID::regclass::text, 'id'));
    EXCEPTION WHEN object_not_in_prerequisite_state THEN
        drawn := NULL;  -- nothing was drawn in this session
    END;
    IF NEW.id IS DISTINCT FROM drawn THEN
        PERFORM refuse('id_is_given_once', format('the database itself numbers the rows of %s', TG_TABLE_NAME));
    END IF;
    IF EXISTS (
        SELECT FROM people_historyentry WHERE table_name = TG_TABLE_NAME AND row_id = NEW.id AND action = 'INSERT'
    ) THEN
        PERFORM refuse('id_is_given_once', format('the number %s of %s was another row''s', NEW.id, TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END
$$;
-- undo
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
CREATE OR REPLACE FUNCTION id_is_given_once() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    drawn bigint;
BEGIN
    BEGIN
        drawn := currval(pg_get_serial_sequence(TG_RELID::regclass::text, 'id'));
    EXCEPTION WHEN object_not_in_prerequisite_state THEN
        drawn := NULL;  -- nothing was drawn in this session
    END;
    IF NEW.id IS DISTINCT FROM drawn THEN
        PERFORM refuse('id_is_given_once', format('the database itself numbers the rows of %s', TG_TABLE_NAME));
    END IF;
    IF EXISTS (
        SELECT FROM people_historyentry WHERE table_name = TG_TABLE_NAME AND row_id = NEW.id AND action = 'INSERT'
    ) THEN
        PERFORM refuse('id_is_given_once', format('the number %s of %s was another row''s', NEW.id, TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END
$$;
DROP FUNCTION as_deleted(text, bigint);
DROP FUNCTION is_restoring();
SELECT stop_history('people_restoration');
DROP TRIGGER restorations_only_grow ON people_restoration;
DROP TRIGGER restoration_by_its_user ON people_restoration;
DROP FUNCTION restoration_is_its_users();
