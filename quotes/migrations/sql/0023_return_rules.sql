-- A return points into a text that a quote of its statement stands in; what somebody has seen stays seen.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION return_points_into_its_text() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM quotes_revision r
        JOIN quotes_quote q ON q.statement_id = r.statement_id
        JOIN articles_snapshot n ON n.id = q.snapshot_id
        WHERE r.id = NEW.revision_id AND n.id = NEW.snapshot_id AND coalesce(NEW.span_end, 0) <= char_length(n.text)
    ) THEN
        PERFORM refuse('return_points_into_its_text', 'no quote of the statement stands in that text, or it ends before');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER return_points_into_its_text BEFORE INSERT ON quotes_return
    FOR EACH ROW WHEN (NEW.snapshot_id IS NOT NULL) EXECUTE FUNCTION return_points_into_its_text();

CREATE TRIGGER seen_only_grows BEFORE UPDATE OR DELETE ON quotes_seen FOR EACH ROW EXECUTE FUNCTION refuse_change();
SELECT keep_history('quotes_seen');
-- undo
SELECT stop_history('quotes_seen');
DROP TRIGGER seen_only_grows ON quotes_seen;
DROP TRIGGER return_points_into_its_text ON quotes_return;
DROP FUNCTION return_points_into_its_text();
