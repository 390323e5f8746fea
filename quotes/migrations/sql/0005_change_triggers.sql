-- Every table that a statement's index document reads notes the statements it touches (quotes.search.documents).

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

ALTER TABLE quotes_change ALTER COLUMN xid SET DEFAULT pg_current_xact_id()::text::bigint;

-- The trigger's first argument names the changed row's column, the second is a query for the statements that depend on the
-- row with that value ($1). Both the old and the new value count.
CREATE FUNCTION note_changes() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    key_column CONSTANT text := TG_ARGV[0];
    statements CONSTANT text := TG_ARGV[1];
    was bigint;
    is_now bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        was := (to_jsonb(OLD) ->> key_column)::bigint;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        is_now := (to_jsonb(NEW) ->> key_column)::bigint;
    END IF;
    IF is_now IS NOT NULL THEN
        EXECUTE 'INSERT INTO quotes_change (statement_id) SELECT DISTINCT id FROM (' || statements || ') AS s (id)' USING is_now;
    END IF;
    IF was IS NOT NULL AND was IS DISTINCT FROM is_now THEN
        EXECUTE 'INSERT INTO quotes_change (statement_id) SELECT DISTINCT id FROM (' || statements || ') AS s (id)' USING was;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION note_changes_of(of_table regclass, key_column text, statements text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER changes AFTER INSERT OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION note_changes(%L, %L)',
        of_table, key_column, statements
    );
    EXECUTE format(
        'CREATE TRIGGER changes_of_row AFTER UPDATE ON %s FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
         EXECUTE FUNCTION note_changes(%L, %L)',
        of_table, key_column, statements
    );
END
$$;

-- The statements in which a person is named: as the speaker or as an addressee.
CREATE FUNCTION statements_naming_person(person bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT id FROM quotes_statement WHERE speaker_id = person
    UNION SELECT statement_id FROM quotes_addressee WHERE person_id = person
$$;
CREATE FUNCTION statements_naming_organization(organization bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT id FROM quotes_statement WHERE speaker_organization_id = organization
    UNION SELECT statement_id FROM quotes_addressee WHERE organization_id = organization
$$;
CREATE FUNCTION statements_in_article(article bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT q.statement_id FROM articles_snapshot n JOIN quotes_quote q ON q.snapshot_id = n.id WHERE n.article_id = article
$$;

SELECT note_changes_of('quotes_statement', 'id', 'SELECT $1');
SELECT note_changes_of('quotes_quote', 'statement_id', 'SELECT $1');
SELECT note_changes_of('quotes_span', 'quote_id', 'SELECT statement_id FROM quotes_quote WHERE id = $1');
SELECT note_changes_of('quotes_addressee', 'statement_id', 'SELECT $1');
SELECT note_changes_of('quotes_statement_topics', 'statement_id', 'SELECT $1');
SELECT note_changes_of('quotes_topic', 'id',
    'SELECT st.statement_id FROM quotes_statement_topics st JOIN quotes_topic t ON t.id = st.topic_id
     WHERE $1 IN (t.id, t.parent_id)');
SELECT note_changes_of('quotes_approval', 'revision_id', 'SELECT statement_id FROM quotes_revision WHERE id = $1');
SELECT note_changes_of('quotes_withdrawal', 'statement_id', 'SELECT $1');
SELECT note_changes_of('people_person', 'id', 'SELECT statements_naming_person($1)');
SELECT note_changes_of('people_personname', 'person_id', 'SELECT statements_naming_person($1)');
SELECT note_changes_of('people_organization', 'id', 'SELECT statements_naming_organization($1)');
SELECT note_changes_of('people_office', 'id',
    'SELECT s.id FROM people_tenure t JOIN quotes_statement s ON s.tenure_id = t.id WHERE t.office_id = $1');
SELECT note_changes_of('people_tenure', 'id', 'SELECT id FROM quotes_statement WHERE tenure_id = $1');
SELECT note_changes_of('people_meeting', 'id', 'SELECT id FROM quotes_statement WHERE meeting_id = $1');
SELECT note_changes_of('articles_article', 'id', 'SELECT statements_in_article($1)');
SELECT note_changes_of('articles_source', 'id',
    'SELECT statements_in_article(id) FROM articles_article WHERE source_id = $1');
-- undo
DROP FUNCTION note_changes_of(regclass, text, text);
DROP FUNCTION note_changes() CASCADE;
DROP FUNCTION statements_in_article(bigint);
DROP FUNCTION statements_naming_organization(bigint);
DROP FUNCTION statements_naming_person(bigint);
ALTER TABLE quotes_change ALTER COLUMN xid DROP DEFAULT;
