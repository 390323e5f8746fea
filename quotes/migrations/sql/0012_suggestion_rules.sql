-- What a suggestion is held to beyond its constraints. It is the machine's word; what a person decided on it is theirs.

-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- The snapshot's text never changes, so one look is enough.
CREATE FUNCTION suggestion_inside_text() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    whole CONSTANT int4range := (SELECT int4range(0, length(text)) FROM articles_snapshot WHERE id = NEW.snapshot_id);
BEGIN
    IF NOT (whole @> coalesce(NEW.cue, whole) AND whole @> coalesce(NEW.mention, whole))
        OR isempty(NEW.cue) OR isempty(NEW.mention) OR last_of_spans(NEW.spans) > upper(whole)
    THEN
        PERFORM refuse('suggestion_inside_text', format('the text has %s characters', upper(whole)));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER suggestion_inside_text BEFORE INSERT OR UPDATE OF snapshot_id, spans, cue, mention ON quotes_suggestion
    FOR EACH ROW EXECUTE FUNCTION suggestion_inside_text();

-- What a person has decided on stays as it was then; only the decision can be taken back. (Who the speaker is may go with the
-- person's record.)
CREATE FUNCTION suggestion_stays_as_decided() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (
        NEW.id, NEW.snapshot_id, NEW.engine, NEW.rule, NEW.kind, NEW.spans, NEW.cue, NEW.mention, NEW.confidence, NEW.reasons,
        NEW.speaker_name, NEW.unverified, NEW.choices
    ) IS DISTINCT FROM (
        OLD.id, OLD.snapshot_id, OLD.engine, OLD.rule, OLD.kind, OLD.spans, OLD.cue, OLD.mention, OLD.confidence, OLD.reasons,
        OLD.speaker_name, OLD.unverified, OLD.choices
    ) THEN
        PERFORM refuse('suggestion_stays_as_decided', 'a person has decided on it');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER suggestion_stays_as_decided BEFORE UPDATE OR DELETE ON quotes_suggestion
    FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION suggestion_stays_as_decided();

CREATE FUNCTION suggestion_decided_by_its_user() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF application_user() <> NEW.decided_by_id THEN
        PERFORM refuse('suggestion_decided_by_its_user', 'nobody decides in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER suggestion_decided_by_its_user BEFORE INSERT OR UPDATE OF state, decided_by_id ON quotes_suggestion
    FOR EACH ROW EXECUTE FUNCTION suggestion_decided_by_its_user();

-- The quote that came of it words the same snapshot. (No quote ever goes to another.)
CREATE FUNCTION suggestion_quote_words_its_text() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM quotes_quote WHERE id = NEW.quote_id AND snapshot_id <> NEW.snapshot_id) THEN
        PERFORM refuse('suggestion_quote_words_its_text', 'that quote is taken from another text');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER suggestion_quote_words_its_text BEFORE INSERT OR UPDATE OF quote_id, snapshot_id ON quotes_suggestion
    FOR EACH ROW WHEN (NEW.quote_id IS NOT NULL) EXECUTE FUNCTION suggestion_quote_words_its_text();

-- What is the machine's own and long is not kept twice.
SELECT keep_history('quotes_suggestion', 'reasons', 'choices');
-- undo
SELECT stop_history('quotes_suggestion');
DROP TRIGGER suggestion_quote_words_its_text ON quotes_suggestion;
DROP FUNCTION suggestion_quote_words_its_text();
DROP TRIGGER suggestion_decided_by_its_user ON quotes_suggestion;
DROP FUNCTION suggestion_decided_by_its_user();
DROP TRIGGER suggestion_stays_as_decided ON quotes_suggestion;
DROP FUNCTION suggestion_stays_as_decided();
DROP TRIGGER suggestion_inside_text ON quotes_suggestion;
DROP FUNCTION suggestion_inside_text();
