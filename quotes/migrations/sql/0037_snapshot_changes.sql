-- A statement in full, as the API gives it, names the bounds of its texts' bodies; everything else of a snapshot stays.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- Not `note_changes`, which would make JSON of the whole row, bytes and text included.
CREATE FUNCTION note_changes_of_body() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO quotes_change (statement_id) SELECT DISTINCT statement_id FROM quotes_quote WHERE snapshot_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER changes_of_row AFTER UPDATE ON articles_snapshot
    FOR EACH ROW WHEN ((OLD.body_start, OLD.body_end) IS DISTINCT FROM (NEW.body_start, NEW.body_end))
    EXECUTE FUNCTION note_changes_of_body();
-- undo
DROP TRIGGER changes_of_row ON articles_snapshot;
DROP FUNCTION note_changes_of_body();
