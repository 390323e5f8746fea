-- A key of the API stays the one that was given, is revoked for good, and says who gave it, who allowed it texts, who revoked it.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION api_key_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.id, NEW.key_hash, NEW.ending, NEW.made_on, NEW.made_by_id)
            IS DISTINCT FROM (OLD.id, OLD.key_hash, OLD.ending, OLD.made_on, OLD.made_by_id)
    THEN
        PERFORM refuse('api_key_stays', 'a key is revoked, not changed into another or deleted');
    ELSIF OLD.revoked_at IS NOT NULL AND (to_jsonb(NEW) - 'last_used_on') <> (to_jsonb(OLD) - 'last_used_on') THEN
        PERFORM refuse('api_key_stays_revoked', 'nothing brings a revoked key back');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER api_key_stays BEFORE UPDATE OR DELETE ON quotes_apikey FOR EACH ROW EXECUTE FUNCTION api_key_stays();

CREATE FUNCTION api_key_by_its_user() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    named bigint[] := ARRAY[NEW.texts_allowed_by_id, NEW.revoked_by_id];
BEGIN
    IF TG_OP = 'INSERT' THEN
        named := named || NEW.made_by_id::bigint;
    ELSE
        IF NEW.texts_allowed_by_id IS NOT DISTINCT FROM OLD.texts_allowed_by_id THEN
            named[1] := NULL;
        END IF;
        IF NEW.revoked_by_id IS NOT DISTINCT FROM OLD.revoked_by_id THEN
            named[2] := NULL;
        END IF;
    END IF;
    IF EXISTS (SELECT FROM unnest(named) AS user_id WHERE user_id <> application_user()) THEN
        PERFORM refuse('api_key_by_its_user', 'nobody gives, allows or revokes in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER api_key_by_its_user BEFORE INSERT OR UPDATE ON quotes_apikey
    FOR EACH ROW EXECUTE FUNCTION api_key_by_its_user();

-- The day of the last use is for today's editors; the hash is of no use to any reader.
SELECT keep_history('quotes_apikey', 'key_hash', 'last_used_on');

-- Counted anew after a crash: nothing is written to the log for it, and no request waits for the disk.
ALTER TABLE quotes_requestcount SET UNLOGGED;
-- A row is rewritten by each request of its client: room in its page lets the new version lie beside the old one.
ALTER TABLE quotes_requestcount SET (fillfactor = 50);
-- undo
SELECT stop_history('quotes_apikey');
DROP TRIGGER api_key_by_its_user ON quotes_apikey;
DROP FUNCTION api_key_by_its_user();
DROP TRIGGER api_key_stays ON quotes_apikey;
DROP FUNCTION api_key_stays();
ALTER TABLE quotes_requestcount RESET (fillfactor);
ALTER TABLE quotes_requestcount SET LOGGED;
