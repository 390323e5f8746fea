-- The rule, put into words, is the reason for a suggestion; each speaker who comes into question has reasons of their own.

-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE OR REPLACE FUNCTION suggestion_stays_as_decided() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (
        NEW.id, NEW.snapshot_id, NEW.engine, NEW.rule, NEW.kind, NEW.spans, NEW.cue, NEW.mention, NEW.confidence,
        NEW.speaker_name, NEW.unverified, NEW.choices
    ) IS DISTINCT FROM (
        OLD.id, OLD.snapshot_id, OLD.engine, OLD.rule, OLD.kind, OLD.spans, OLD.cue, OLD.mention, OLD.confidence,
        OLD.speaker_name, OLD.unverified, OLD.choices
    ) THEN
        PERFORM refuse('suggestion_stays_as_decided', 'a person has decided on it');
    END IF;
    RETURN NEW;
END
$$;

-- What is the machine's own and long is not kept twice.
SELECT stop_history('quotes_suggestion');
SELECT keep_history('quotes_suggestion', 'choices');
-- undo
SELECT stop_history('quotes_suggestion');
SELECT keep_history('quotes_suggestion', 'reasons', 'choices');

SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE OR REPLACE FUNCTION suggestion_stays_as_decided() RETURNS trigger
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
