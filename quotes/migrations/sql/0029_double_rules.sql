-- Articles that two read without seeing each other's work, and a third settles. Every refusal carries its rule's name.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- ---------------------------------------------------------------------------------------------------------------------
-- An article becomes one before anybody has marked anything in it, and stays as it was drawn.

-- The article's row is locked, so that no quote comes between this look and the commit.
CREATE FUNCTION double_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM articles_article WHERE id = NEW.article_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM quotes_quote q JOIN articles_snapshot s ON s.id = q.snapshot_id WHERE s.article_id = NEW.article_id
    ) OR EXISTS (SELECT FROM quotes_assignment WHERE article_id = NEW.article_id AND finished_at IS NOT NULL) THEN
        PERFORM refuse('double_begins_fresh', 'this article has quotes, or somebody has finished it');
    END IF;
    IF NOT EXISTS (SELECT FROM articles_snapshot WHERE id = NEW.snapshot_id AND article_id = NEW.article_id) THEN
        PERFORM refuse('double_text_is_its_articles', 'that text is another article''s');
    END IF;
    IF application_user() <> NEW.made_by_id THEN
        PERFORM refuse('double_made_by_its_user', 'nobody chooses in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER double_begins BEFORE INSERT ON quotes_doubleannotation
    FOR EACH ROW EXECUTE FUNCTION double_begins();
CREATE TRIGGER double_stays_as_drawn AFTER UPDATE ON quotes_doubleannotation
    FOR EACH ROW WHEN (
        (OLD.article_id, OLD.snapshot_id, OLD.drawn_at, OLD.share, OLD.made_by_id)
        IS DISTINCT FROM (NEW.article_id, NEW.snapshot_id, NEW.drawn_at, NEW.share, NEW.made_by_id)
    ) EXECUTE FUNCTION refuse_change();

-- `finished_at` is the database's own: when both have finished. Settling is for one who is neither of the two.
CREATE FUNCTION double_settles() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    sides CONSTANT int := (SELECT count(*) FROM quotes_doubleside WHERE double_id = NEW.id AND finished_at IS NOT NULL);
BEGIN
    IF TG_OP = 'INSERT' OR sides < 2 THEN
        NEW.finished_at := NULL;
    ELSE
        NEW.finished_at := coalesce(OLD.finished_at, clock_timestamp());
    END IF;
    IF NEW.settled_at IS NOT NULL THEN
        IF NEW.finished_at IS NULL THEN
            PERFORM refuse('double_settles_finished', 'the two have not finished both');
        END IF;
        IF EXISTS (SELECT FROM quotes_doubleside WHERE double_id = NEW.id AND annotator_id = NEW.settled_by_id) THEN
            PERFORM refuse('double_settled_by_another', 'who is one of the two does not settle');
        END IF;
        IF application_user() <> NEW.settled_by_id THEN
            PERFORM refuse('double_settled_by_its_user', 'nobody settles in another''s name');
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER double_settles BEFORE INSERT OR UPDATE ON quotes_doubleannotation
    FOR EACH ROW EXECUTE FUNCTION double_settles();
CREATE TRIGGER double_stays_settled BEFORE UPDATE OR DELETE ON quotes_doubleannotation
    FOR EACH ROW WHEN (OLD.settled_at IS NOT NULL) EXECUTE FUNCTION refuse_change();

-- What was settled is how the article was finished: annotated, or without statements.
CREATE FUNCTION double_tells_outcome() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM articles_article WHERE id = NEW.article_id FOR UPDATE;
    UPDATE quotes_assignment
    SET outcome = CASE WHEN EXISTS (
        SELECT FROM quotes_quote q JOIN articles_snapshot s ON s.id = q.snapshot_id WHERE s.article_id = NEW.article_id
    ) THEN 'annotated' ELSE 'no_statements' END
    WHERE article_id = NEW.article_id AND NOT blind AND finished_at IS NOT NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER double_tells_outcome AFTER UPDATE ON quotes_doubleannotation
    FOR EACH ROW WHEN (OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL) EXECUTE FUNCTION double_tells_outcome();

-- ---------------------------------------------------------------------------------------------------------------------
-- A side is one annotator's work on the article; it is frozen when that is finished.

-- What the annotator of a side has marked.
CREATE FUNCTION side_content(of_side bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'quote', q.public_id,
        'spans', (
            SELECT jsonb_agg(jsonb_build_array(t.start, t."end") ORDER BY t.start) FROM quotes_span t WHERE t.quote_id = q.id
        ),
        'kind', q.kind,
        'attribution', q.attribution,
        'passage', CASE WHEN q.passage_start IS NOT NULL THEN jsonb_build_array(q.passage_start, q.passage_end) END,
        'speaker', (SELECT public_id FROM people_person WHERE id = s.speaker_id),
        'organization', (SELECT public_id FROM people_organization WHERE id = s.speaker_organization_id),
        'not_identified', s.speaker_not_identified,
        'tenure', s.tenure_id,
        'spoken', s.spoken,
        'spoken_known', s.spoken_known,
        'meeting', (SELECT public_id FROM people_meeting WHERE id = s.meeting_id),
        'occasion_not_named', s.occasion_not_named,
        'label', s.label,
        'topics', coalesce((
            SELECT jsonb_agg(topic_id ORDER BY topic_id) FROM quotes_statement_topics WHERE statement_id = s.id
        ), '[]'),
        'guideline', (SELECT version FROM quotes_guideline WHERE id = q.guideline_id)
    ) ORDER BY q.id), '[]')
    FROM quotes_quote q JOIN quotes_statement s ON s.id = q.statement_id
    WHERE q.side_id = of_side
$$;

CREATE FUNCTION side_is_its_assignment() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM quotes_assignment a JOIN quotes_doubleannotation d ON d.id = NEW.double_id
        WHERE a.id = NEW.assignment_id AND a.article_id = d.article_id AND a.annotator_id = NEW.annotator_id
            AND a.blind = (NEW.letter = 'b') AND d.settled_at IS NULL AND a.finished_at IS NULL
    ) THEN
        PERFORM refuse('side_is_its_assignment', 'a side is the unfinished work of its annotator on the article');
    END IF;
    NEW.finished_at := NULL;
    NEW.content := NULL;
    NEW.guideline_id := NULL;
    RETURN NEW;
END
$$;
CREATE TRIGGER side_is_its_assignment BEFORE INSERT ON quotes_doubleside
    FOR EACH ROW EXECUTE FUNCTION side_is_its_assignment();
CREATE TRIGGER side_stays_whose_it_is AFTER UPDATE ON quotes_doubleside
    FOR EACH ROW WHEN (
        (OLD.double_id, OLD.assignment_id, OLD.annotator_id, OLD.letter)
        IS DISTINCT FROM (NEW.double_id, NEW.assignment_id, NEW.annotator_id, NEW.letter)
    ) EXECUTE FUNCTION refuse_change();

-- The end of the work on it is the assignment's; the content is what stands there at that moment, whatever the update says.
CREATE FUNCTION side_freezes() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.finished_at := (SELECT finished_at FROM quotes_assignment WHERE id = NEW.assignment_id);
    IF (NEW.finished_at IS NULL) <> (OLD.finished_at IS NULL) AND EXISTS (
        SELECT FROM quotes_doubleannotation WHERE id = NEW.double_id AND finished_at IS NOT NULL
    ) THEN
        PERFORM refuse('side_stays_finished', 'both have finished; what differs is being settled, or is');
    END IF;
    IF NEW.finished_at IS NULL OR OLD.finished_at IS NOT NULL THEN
        NEW.content := CASE WHEN NEW.finished_at IS NOT NULL THEN OLD.content END;
    ELSE
        -- A query of its own: it sees what was committed while this waited for the side's row.
        SELECT side_content(NEW.id) INTO NEW.content;
    END IF;
    NEW.guideline_id := CASE
        WHEN NEW.finished_at IS NULL THEN NULL
        WHEN OLD.finished_at IS NULL THEN (
            SELECT id FROM quotes_guideline WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1
        )
        ELSE OLD.guideline_id
    END;
    RETURN NEW;
END
$$;
CREATE TRIGGER side_freezes BEFORE UPDATE ON quotes_doubleside FOR EACH ROW EXECUTE FUNCTION side_freezes();
CREATE FUNCTION side_tells_double() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE quotes_doubleannotation SET finished_at = finished_at WHERE id = NEW.double_id AND settled_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER side_tells_double AFTER UPDATE OF finished_at ON quotes_doubleside
    FOR EACH ROW EXECUTE FUNCTION side_tells_double();
CREATE TRIGGER side_finished_is_kept BEFORE DELETE ON quotes_doubleside
    FOR EACH ROW WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION refuse_change();

-- Who gives the article up leaves it to another, but not what they have marked in it.
CREATE FUNCTION assignment_moves_its_side() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    -- What is settled stays, whatever becomes of the work on the article after that.
    side CONSTANT bigint := (
        SELECT s.id FROM quotes_doubleside s JOIN quotes_doubleannotation d ON d.id = s.double_id
        WHERE s.assignment_id = NEW.id AND d.settled_at IS NULL
    );
BEGIN
    IF side IS NULL THEN
        RETURN NULL;
    END IF;
    IF NEW.skipped_at IS NOT NULL OR NEW.passed_on_at IS NOT NULL THEN
        IF EXISTS (SELECT FROM quotes_quote WHERE side_id = side) THEN
            PERFORM refuse('side_keeps_its_annotator', 'the annotator has marked quotes in it');
        END IF;
        DELETE FROM quotes_doubleside WHERE id = side;
    ELSIF NEW.finished_at IS DISTINCT FROM OLD.finished_at THEN
        UPDATE quotes_doubleside SET finished_at = NEW.finished_at WHERE id = side;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER assignment_moves_its_side AFTER UPDATE OF finished_at, skipped_at, passed_on_at ON quotes_assignment
    FOR EACH ROW EXECUTE FUNCTION assignment_moves_its_side();

-- ---------------------------------------------------------------------------------------------------------------------
-- A quote of such an article is one side's. Until it is settled, that side's annotator alone writes it, until they finish; then
-- it is for one who is neither of the two.

-- The side's row is share-locked: who finishes waits for what is being written, and what is written after that is refused.
CREATE FUNCTION refuse_unless_side_is_writable(of_side bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    acting CONSTANT integer := application_user();
    side record;
BEGIN
    IF of_side IS NULL THEN
        RETURN;
    END IF;
    PERFORM FROM quotes_doubleside WHERE id = of_side FOR SHARE;
    SELECT s.annotator_id, s.finished_at, d.id AS of_double, d.finished_at AS both_finished, d.settled_at INTO side
    FROM quotes_doubleside s JOIN quotes_doubleannotation d ON d.id = s.double_id WHERE s.id = of_side;
    IF side.settled_at IS NOT NULL THEN
        RETURN;
    ELSIF side.both_finished IS NULL THEN
        IF side.annotator_id <> acting THEN
            PERFORM refuse('side_is_its_annotators', 'these quotes are another''s blind reading');
        ELSIF side.finished_at IS NOT NULL THEN
            PERFORM refuse('side_is_finished', 'its annotator has finished');
        END IF;
    ELSIF EXISTS (SELECT FROM quotes_doubleside WHERE double_id = side.of_double AND annotator_id = acting) THEN
        PERFORM refuse('double_waits_for_adjudication', 'both have finished; somebody else settles what differs');
    END IF;
END
$$;

CREATE FUNCTION quote_is_of_a_side() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_article bigint;
    double record;
    side record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        NEW.side_id := OLD.side_id;
        PERFORM refuse_unless_side_is_writable(NEW.side_id);
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM refuse_unless_side_is_writable(OLD.side_id);
        RETURN OLD;
    END IF;
    NEW.side_id := NULL;
    -- Whoever makes the article a double one waits for this quote, or this for them.
    SELECT a.id INTO of_article
    FROM articles_snapshot s JOIN articles_article a ON a.id = s.article_id
    WHERE s.id = NEW.snapshot_id FOR KEY SHARE OF a;
    SELECT d.id, d.snapshot_id INTO double
    FROM quotes_doubleannotation d WHERE d.article_id = of_article AND d.settled_at IS NULL;
    IF double IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT s.id INTO side FROM quotes_doubleside s WHERE s.double_id = double.id AND s.annotator_id = application_user();
    IF side IS NULL THEN
        PERFORM refuse('quote_is_of_a_side', 'this article is annotated twice, and the writer is neither of the two');
        RETURN NEW;
    END IF;
    PERFORM refuse_unless_side_is_writable(side.id);
    IF NEW.snapshot_id <> double.snapshot_id THEN
        PERFORM refuse('side_words_its_text', 'both read the same text');
    END IF;
    NEW.side_id := side.id;
    RETURN NEW;
END
$$;
CREATE TRIGGER quote_is_of_a_side BEFORE INSERT OR UPDATE OR DELETE ON quotes_quote
    FOR EACH ROW EXECUTE FUNCTION quote_is_of_a_side();

CREATE FUNCTION span_is_of_a_side() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM refuse_unless_side_is_writable((SELECT side_id FROM quotes_quote WHERE id = OLD.quote_id));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM refuse_unless_side_is_writable((SELECT side_id FROM quotes_quote WHERE id = NEW.quote_id));
        RETURN NEW;
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER span_is_of_a_side BEFORE INSERT OR UPDATE OR DELETE ON quotes_span
    FOR EACH ROW EXECUTE FUNCTION span_is_of_a_side();

-- Of what the quotes report, the two write no more than their own; others may, as who merges two records of one person does.
CREATE FUNCTION refuse_of_another_side(of_statement bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    side bigint;
BEGIN
    FOR side IN
        SELECT DISTINCT q.side_id FROM quotes_quote q JOIN quotes_doubleside s ON s.id = q.side_id
        WHERE q.statement_id = of_statement AND EXISTS (
            SELECT FROM quotes_doubleside mine WHERE mine.double_id = s.double_id AND mine.annotator_id = application_user()
        )
    LOOP
        PERFORM refuse_unless_side_is_writable(side);
    END LOOP;
END
$$;
CREATE FUNCTION statement_is_of_a_side() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM refuse_of_another_side(NEW.id);
    RETURN NEW;
END
$$;
CREATE TRIGGER statement_is_of_a_side BEFORE UPDATE ON quotes_statement
    FOR EACH ROW EXECUTE FUNCTION statement_is_of_a_side();
CREATE FUNCTION part_is_of_a_side() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM refuse_of_another_side(CASE WHEN TG_OP = 'DELETE' THEN OLD.statement_id ELSE NEW.statement_id END);
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER topic_is_of_a_side BEFORE INSERT OR UPDATE OR DELETE ON quotes_statement_topics
    FOR EACH ROW EXECUTE FUNCTION part_is_of_a_side();
CREATE TRIGGER addressee_is_of_a_side BEFORE INSERT OR UPDATE OR DELETE ON quotes_addressee
    FOR EACH ROW EXECUTE FUNCTION part_is_of_a_side();

-- A statement quoted in a blind reading is quoted nowhere else, and nobody has submitted it: else the one would see of the other's
-- work what becomes of a statement that both know. (`quote_changed` has locked the statement.)
CREATE FUNCTION side_stays_apart() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    open_sides CONSTANT bigint[] := (
        SELECT coalesce(array_agg(DISTINCT q.side_id), '{}')
        FROM quotes_quote q
        JOIN quotes_doubleside s ON s.id = q.side_id
        JOIN quotes_doubleannotation d ON d.id = s.double_id AND d.settled_at IS NULL
        WHERE q.statement_id = NEW.statement_id
    );
BEGIN
    IF open_sides <> '{}' AND (
        EXISTS (
            SELECT FROM quotes_quote WHERE statement_id = NEW.statement_id AND side_id IS DISTINCT FROM open_sides[1]
        ) OR EXISTS (SELECT FROM quotes_revision WHERE statement_id = NEW.statement_id)
    ) THEN
        PERFORM refuse('side_stays_apart', 'a blind reading''s statement is quoted nowhere else, nor was it submitted');
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER side_stays_apart AFTER INSERT OR UPDATE OF statement_id ON quotes_quote
    FOR EACH ROW EXECUTE FUNCTION side_stays_apart();
CREATE FUNCTION revision_waits_for_settlement() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT FROM quotes_quote q
        JOIN quotes_doubleside s ON s.id = q.side_id
        JOIN quotes_doubleannotation d ON d.id = s.double_id AND d.settled_at IS NULL
        WHERE q.statement_id = NEW.statement_id
    ) THEN
        PERFORM refuse('revision_waits_for_settlement', 'its article is annotated twice, and that is not settled');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER revision_waits_for_settlement BEFORE INSERT ON quotes_revision
    FOR EACH ROW EXECUTE FUNCTION revision_waits_for_settlement();

-- ---------------------------------------------------------------------------------------------------------------------
-- What is decided of a difference: while it waits for that, by neither of the two.

CREATE FUNCTION ruling_is_due() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_double CONSTANT bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.double_id ELSE NEW.double_id END;
    acting CONSTANT integer := application_user();
BEGIN
    PERFORM FROM quotes_doubleannotation
    WHERE id = of_double AND finished_at IS NOT NULL AND settled_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        PERFORM refuse('ruling_is_due', 'nothing is to be decided: the two are at work, or it is settled');
    END IF;
    IF TG_OP <> 'DELETE' THEN
        IF acting <> NEW.ruled_by_id THEN
            PERFORM refuse('ruling_by_its_user', 'nobody decides in another''s name');
        END IF;
        IF NEW.quote_a <> '' AND NOT EXISTS (
            SELECT FROM quotes_doubleside
            WHERE double_id = of_double AND letter = 'a' AND content @> jsonb_build_array(jsonb_build_object('quote', NEW.quote_a))
        ) OR NEW.quote_b <> '' AND NOT EXISTS (
            SELECT FROM quotes_doubleside
            WHERE double_id = of_double AND letter = 'b' AND content @> jsonb_build_array(jsonb_build_object('quote', NEW.quote_b))
        ) THEN
            PERFORM refuse('ruling_names_its_quotes', 'no such quote on that side');
        END IF;
    END IF;
    IF EXISTS (
        SELECT FROM quotes_doubleside WHERE double_id = of_double
        AND annotator_id = CASE WHEN TG_OP = 'DELETE' THEN acting ELSE NEW.ruled_by_id END
    ) THEN
        PERFORM refuse('ruling_by_another', 'who is one of the two does not decide');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER ruling_is_due BEFORE INSERT OR UPDATE OR DELETE ON quotes_ruling
    FOR EACH ROW EXECUTE FUNCTION ruling_is_due();

-- ---------------------------------------------------------------------------------------------------------------------
-- How an article was finished, as 0017 has it; but what one of the two says of theirs is true of their own quotes, and the other's
-- change nothing of it.

CREATE OR REPLACE FUNCTION assignment_outcome_is_true() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    side bigint;
    quoted boolean;
BEGIN
    PERFORM FROM articles_article WHERE id = NEW.article_id FOR UPDATE;
    SELECT s.id INTO side FROM quotes_doubleside s JOIN quotes_doubleannotation d ON d.id = s.double_id
    WHERE s.assignment_id = NEW.id AND d.settled_at IS NULL;
    IF side IS NOT NULL THEN
        quoted := EXISTS (SELECT FROM quotes_quote WHERE side_id = side);
    ELSIF NEW.blind THEN
        RETURN NEW;
    ELSE
        quoted := EXISTS (
            SELECT FROM quotes_quote q JOIN articles_snapshot s ON s.id = q.snapshot_id WHERE s.article_id = NEW.article_id
        );
    END IF;
    IF quoted AND NEW.outcome = 'no_statements' THEN
        PERFORM refuse('assignment_without_statements', 'this article has quotes');
    ELSIF NOT quoted AND NEW.outcome = 'annotated' THEN
        PERFORM refuse('assignment_annotated_has_quotes', 'this article has no quote');
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER assignment_outcome_is_true ON quotes_assignment;
CREATE TRIGGER assignment_outcome_is_true BEFORE INSERT OR UPDATE ON quotes_assignment
    FOR EACH ROW WHEN (NEW.finished_at IS NOT NULL) EXECUTE FUNCTION assignment_outcome_is_true();

CREATE OR REPLACE FUNCTION reopen_assignment(of_article bigint, finished_as text) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT AS $$
    UPDATE quotes_assignment
    SET finished_at = NULL, outcome = '', reopened_at = clock_timestamp(), reopened_by_id = application_user(),
        reopen_reason = ''
    WHERE article_id = of_article AND outcome = finished_as AND NOT blind AND NOT EXISTS (
        SELECT FROM quotes_doubleannotation WHERE article_id = of_article AND settled_at IS NULL
    )
$$;

-- Who settles submits what others wrote, and writes no part of it by that: two people have looked at it all the same, the one
-- who wrote and the one who approves.
CREATE OR REPLACE FUNCTION revision_becomes_current() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO quotes_authorship (statement_id, user_id, since)
    SELECT NEW.statement_id, NEW.submitted_by_id, clock_timestamp()
    WHERE NOT EXISTS (
        SELECT FROM quotes_quote q
        JOIN quotes_doubleside s ON s.id = q.side_id
        JOIN quotes_doubleannotation d ON d.id = s.double_id
        WHERE q.statement_id = NEW.statement_id AND d.settled_by_id = NEW.submitted_by_id
    )
    ON CONFLICT (statement_id, user_id) DO NOTHING;
    UPDATE quotes_statement SET current_revision_id = NEW.id WHERE id = NEW.statement_id;
    RETURN NULL;
END
$$;

SELECT keep_history('quotes_doubleshare');
SELECT keep_history('quotes_doubleannotation');
SELECT keep_history('quotes_doubleside');
SELECT keep_history('quotes_ruling');
-- undo
SELECT stop_history('quotes_doubleshare', 'quotes_doubleannotation', 'quotes_doubleside', 'quotes_ruling');
CREATE OR REPLACE FUNCTION reopen_assignment(of_article bigint, finished_as text) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT AS $$
    UPDATE quotes_assignment
    SET finished_at = NULL, outcome = '', reopened_at = clock_timestamp(), reopened_by_id = application_user(),
        reopen_reason = ''
    WHERE article_id = of_article AND outcome = finished_as AND NOT blind
$$;
DROP TRIGGER assignment_outcome_is_true ON quotes_assignment;
CREATE OR REPLACE FUNCTION assignment_outcome_is_true() RETURNS trigger
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
CREATE OR REPLACE FUNCTION revision_becomes_current() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO quotes_authorship (statement_id, user_id, since)
    VALUES (NEW.statement_id, NEW.submitted_by_id, clock_timestamp())
    ON CONFLICT (statement_id, user_id) DO NOTHING;
    UPDATE quotes_statement SET current_revision_id = NEW.id WHERE id = NEW.statement_id;
    RETURN NULL;
END
$$;
DROP TRIGGER ruling_is_due ON quotes_ruling;
DROP FUNCTION ruling_is_due();
DROP TRIGGER revision_waits_for_settlement ON quotes_revision;
DROP FUNCTION revision_waits_for_settlement();
DROP TRIGGER side_stays_apart ON quotes_quote;
DROP FUNCTION side_stays_apart();
DROP TRIGGER addressee_is_of_a_side ON quotes_addressee;
DROP TRIGGER topic_is_of_a_side ON quotes_statement_topics;
DROP FUNCTION part_is_of_a_side();
DROP TRIGGER statement_is_of_a_side ON quotes_statement;
DROP FUNCTION statement_is_of_a_side();
DROP FUNCTION refuse_of_another_side(bigint);
DROP TRIGGER span_is_of_a_side ON quotes_span;
DROP FUNCTION span_is_of_a_side();
DROP TRIGGER quote_is_of_a_side ON quotes_quote;
DROP FUNCTION quote_is_of_a_side();
DROP FUNCTION refuse_unless_side_is_writable(bigint);
DROP TRIGGER assignment_moves_its_side ON quotes_assignment;
DROP FUNCTION assignment_moves_its_side();
DROP TRIGGER side_finished_is_kept ON quotes_doubleside;
DROP TRIGGER side_tells_double ON quotes_doubleside;
DROP FUNCTION side_tells_double();
DROP TRIGGER side_freezes ON quotes_doubleside;
DROP FUNCTION side_freezes();
DROP TRIGGER side_stays_whose_it_is ON quotes_doubleside;
DROP TRIGGER side_is_its_assignment ON quotes_doubleside;
DROP FUNCTION side_is_its_assignment();
DROP FUNCTION side_content(bigint);
DROP TRIGGER double_tells_outcome ON quotes_doubleannotation;
DROP FUNCTION double_tells_outcome();
DROP TRIGGER double_stays_settled ON quotes_doubleannotation;
DROP TRIGGER double_settles ON quotes_doubleannotation;
DROP FUNCTION double_settles();
DROP TRIGGER double_stays_as_drawn ON quotes_doubleannotation;
DROP TRIGGER double_begins ON quotes_doubleannotation;
DROP FUNCTION double_begins();
