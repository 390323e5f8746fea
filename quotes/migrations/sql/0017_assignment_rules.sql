-- What the work on articles is held to beyond the constraints of its table.

-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- Whether a body holds anything but white space. The index answers it without reading texts.
CREATE FUNCTION has_words(text text, body_start integer, body_end integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT substr(text, body_start + 1, greatest(body_end - body_start, 0)) ~ '\S'
$$;
CREATE INDEX snapshot_with_words ON articles_snapshot (article_id, id) WHERE has_words(text, body_start, body_end);

-- Nobody gives, takes, ends or reopens work in another's name.
CREATE FUNCTION assignment_by_its_user() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    acting CONSTANT integer := application_user();
BEGIN
    IF acting <> NEW.assigned_by_id AND NEW.assigned_by_id IS DISTINCT FROM OLD.assigned_by_id
        OR acting <> NEW.passed_on_by_id AND NEW.passed_on_by_id IS DISTINCT FROM OLD.passed_on_by_id
        OR acting <> NEW.reopened_by_id AND NEW.reopened_by_id IS DISTINCT FROM OLD.reopened_by_id
        OR acting <> NEW.annotator_id AND (
            NEW.begun_at IS NOT NULL AND NEW.begun_at IS DISTINCT FROM OLD.begun_at
            OR NEW.skipped_at IS NOT NULL AND NEW.skipped_at IS DISTINCT FROM OLD.skipped_at
            OR NEW.finished_at IS NOT NULL AND NEW.finished_at IS DISTINCT FROM OLD.finished_at
        )
    THEN
        PERFORM refuse('assignment_by_its_user', 'nobody assigns, works or reopens in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER assignment_by_its_user BEFORE INSERT OR UPDATE ON quotes_assignment
    FOR EACH ROW EXECUTE FUNCTION assignment_by_its_user();

-- Whose work it is, and on what, stays: another's work is another row.
CREATE TRIGGER assignment_stays_whose_it_is AFTER UPDATE OF article_id, annotator_id ON quotes_assignment
    FOR EACH ROW WHEN ((OLD.article_id, OLD.annotator_id) IS DISTINCT FROM (NEW.article_id, NEW.annotator_id))
    EXECUTE FUNCTION refuse_change();

-- How an article was finished is true. Its row is locked, so that no quote comes or goes between this look and the commit.
CREATE FUNCTION assignment_outcome_is_true() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    quoted boolean;
BEGIN
    PERFORM FROM articles_article WHERE id = NEW.article_id FOR UPDATE;
    quoted := EXISTS (
        SELECT FROM quotes_quote q JOIN articles_snapshot s ON s.id = q.snapshot_id WHERE s.article_id = NEW.article_id
    );
    IF quoted AND NEW.outcome = 'no_statements' THEN
        PERFORM refuse('assignment_without_statements', 'this article has quotes');
    ELSIF NOT quoted AND NEW.outcome = 'annotated' THEN
        PERFORM refuse('assignment_annotated_has_quotes', 'this article has no quote');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER assignment_outcome_is_true BEFORE INSERT OR UPDATE ON quotes_assignment
    FOR EACH ROW WHEN (NEW.finished_at IS NOT NULL AND NOT NEW.blind) EXECUTE FUNCTION assignment_outcome_is_true();

-- And it stays true: a first quote in an article without statements, or the end of the last one in an annotated article, opens
-- the work on it again. Refusing would let the state of somebody's work stand in the way of the record.
CREATE FUNCTION reopen_assignment(of_article bigint, finished_as text) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT AS $$
    UPDATE quotes_assignment
    SET finished_at = NULL, outcome = '', reopened_at = clock_timestamp(), reopened_by_id = application_user(),
        reopen_reason = ''
    WHERE article_id = of_article AND outcome = finished_as AND NOT blind
$$;
CREATE FUNCTION quote_opens_assignment() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_article bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT a.id INTO of_article
        FROM articles_snapshot s JOIN articles_article a ON a.id = s.article_id
        WHERE s.id = NEW.snapshot_id FOR KEY SHARE OF a;
        PERFORM reopen_assignment(of_article, 'no_statements');
        RETURN NULL;
    END IF;
    -- Of two who delete the last two quotes the second one waits here, and sees that none is left.
    SELECT a.id INTO of_article
    FROM articles_snapshot s JOIN articles_article a ON a.id = s.article_id
    WHERE s.id = OLD.snapshot_id FOR NO KEY UPDATE OF a;
    IF NOT EXISTS (
        SELECT FROM quotes_quote q JOIN articles_snapshot s ON s.id = q.snapshot_id WHERE s.article_id = of_article
    ) THEN
        PERFORM reopen_assignment(of_article, 'annotated');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER quote_opens_assignment AFTER INSERT OR DELETE ON quotes_quote
    FOR EACH ROW EXECUTE FUNCTION quote_opens_assignment();

SELECT keep_history('quotes_assignment');
-- undo
SELECT stop_history('quotes_assignment');
DROP TRIGGER quote_opens_assignment ON quotes_quote;
DROP FUNCTION quote_opens_assignment();
DROP FUNCTION reopen_assignment(bigint, text);
DROP TRIGGER assignment_outcome_is_true ON quotes_assignment;
DROP FUNCTION assignment_outcome_is_true();
DROP TRIGGER assignment_stays_whose_it_is ON quotes_assignment;
DROP TRIGGER assignment_by_its_user ON quotes_assignment;
DROP FUNCTION assignment_by_its_user();
DROP INDEX snapshot_with_words;
DROP FUNCTION has_words(text, integer, integer);
