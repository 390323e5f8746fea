-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- What a site answered stays as it was noted.
CREATE TRIGGER retrieval_never_changes BEFORE UPDATE OR DELETE ON articles_retrieval
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A snapshot that was fetched says from where. At the commit, since the retrieval comes after its snapshot.
CREATE FUNCTION snapshot_fetched_says_where() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM articles_retrieval WHERE snapshot_id = NEW.id) THEN
        PERFORM refuse('snapshot_fetched_says_where', 'a fetched snapshot has a retrieval: where it came from');
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER snapshot_fetched_says_where AFTER INSERT ON articles_snapshot
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.method = 'fetch') EXECUTE FUNCTION snapshot_fetched_says_where();

SELECT keep_history('articles_retrieval');
-- undo
SELECT stop_history('articles_retrieval');
DROP TRIGGER snapshot_fetched_says_where ON articles_snapshot;
DROP FUNCTION snapshot_fetched_says_where();
DROP TRIGGER retrieval_never_changes ON articles_retrieval;
