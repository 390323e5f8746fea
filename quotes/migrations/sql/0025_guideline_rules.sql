-- A guideline is numbered when it is published and stays from then on; a quote notes the one that it was made under.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION guideline_is_numbered() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.version := NULL;
    IF NEW.published_at IS NOT NULL THEN
        IF application_user() <> NEW.published_by_id THEN
            PERFORM refuse('guideline_published_by_its_user', 'nobody publishes in another''s name');
        END IF;
        -- Of two at the same time the second waits for the first and gets the next number.
        PERFORM pg_advisory_xact_lock('quotes_guideline'::regclass::oid::bigint);
        NEW.version := 1 + coalesce((SELECT max(version) FROM quotes_guideline), 0);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guideline_is_numbered BEFORE INSERT ON quotes_guideline
    FOR EACH ROW EXECUTE FUNCTION guideline_is_numbered();
CREATE TRIGGER guideline_is_numbered_later BEFORE UPDATE ON quotes_guideline
    FOR EACH ROW WHEN (OLD.version IS NULL) EXECUTE FUNCTION guideline_is_numbered();

CREATE TRIGGER guideline_stays_once_published BEFORE UPDATE OR DELETE ON quotes_guideline
    FOR EACH ROW WHEN (OLD.version IS NOT NULL) EXECUTE FUNCTION refuse_change();

CREATE FUNCTION quote_notes_guideline() RETURNS trigger
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
CREATE TRIGGER quote_notes_guideline BEFORE INSERT OR UPDATE ON quotes_quote
    FOR EACH ROW EXECUTE FUNCTION quote_notes_guideline();

SELECT keep_history('quotes_guideline');
-- undo
SELECT stop_history('quotes_guideline');
DROP TRIGGER quote_notes_guideline ON quotes_quote;
DROP FUNCTION quote_notes_guideline();
DROP TRIGGER guideline_stays_once_published ON quotes_guideline;
DROP TRIGGER guideline_is_numbered_later ON quotes_guideline;
DROP TRIGGER guideline_is_numbered ON quotes_guideline;
DROP FUNCTION guideline_is_numbered();
