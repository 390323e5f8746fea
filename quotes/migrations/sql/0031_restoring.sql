-- What comes back in a restoration has its authors and its guideline as before.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- Who restores a deleted draft becomes an author; those who wrote it stay ones, else they could approve their own words.
CREATE OR REPLACE FUNCTION statement_made() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM note_author(NEW.id);
    IF is_restoring() THEN
        INSERT INTO quotes_authorship (statement_id, user_id, since)
        SELECT NEW.id, (before ->> 'user_id')::integer, (before ->> 'since')::timestamptz
        FROM people_historyentry
        WHERE table_name = 'quotes_authorship' AND action = 'DELETE' AND (before ->> 'statement_id')::bigint = NEW.id
        ORDER BY id
        ON CONFLICT (statement_id, user_id) DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

-- A quote that comes back was made under the guideline that it names; the row is the one that was deleted (id_is_given_once).
CREATE OR REPLACE FUNCTION quote_notes_guideline() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF as_deleted('quotes_quote', NEW.id) IS NULL THEN
            NEW.guideline_id := (SELECT id FROM quotes_guideline WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1);
        END IF;
    ELSE
        NEW.guideline_id := OLD.guideline_id;
    END IF;
    RETURN NEW;
END
$$;
-- undo
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
CREATE OR REPLACE FUNCTION quote_notes_guideline() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.guideline_id := (SELECT id FROM quotes_guideline WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1);
    ELSE
        NEW.guideline_id := OLD.guideline_id;
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE FUNCTION statement_made() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM note_author(NEW.id);
    RETURN NULL;
END
$$;
