-- What a reader reports is about something that was public; it stays, and so does the answer.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION report_of_what_was_public() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM quotes_revision r JOIN quotes_approval a ON a.revision_id = r.id
        WHERE r.id = NEW.revision_id AND r.statement_id = NEW.statement_id
    ) THEN
        PERFORM refuse('report_of_what_was_public', 'no such revision of the statement was ever published');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER report_of_what_was_public BEFORE INSERT ON quotes_errorreport
    FOR EACH ROW EXECUTE FUNCTION report_of_what_was_public();

-- Of an open report nothing changes but that its sender and its contact are forgotten, until it is answered; of an answered one
-- nothing but the sender. What turns out to be no report at all loses its text when that is said.
CREATE FUNCTION report_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (to_jsonb(NEW) - '{text,contact,sender,answered_at,answered_by_id,decision,answer}'::text[])
            <> (to_jsonb(OLD) - '{text,contact,sender,answered_at,answered_by_id,decision,answer}'::text[])
        OR (NEW.text <> OLD.text AND NOT (NEW.decision = 'junk' AND OLD.decision = '' AND NEW.text = ''))
        OR (NEW.contact <> OLD.contact AND NEW.contact <> '')
        OR (NEW.sender <> OLD.sender AND NEW.sender <> '')
    THEN
        PERFORM refuse('report_stays', 'what was reported is never changed or deleted');
    ELSIF OLD.answered_at IS NOT NULL AND (NEW.answered_at, NEW.answered_by_id, NEW.decision, NEW.answer)
        IS DISTINCT FROM (OLD.answered_at, OLD.answered_by_id, OLD.decision, OLD.answer)
    THEN
        PERFORM refuse('report_answer_stays', 'it has its answer');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER report_stays BEFORE UPDATE OR DELETE ON quotes_errorreport
    FOR EACH ROW EXECUTE FUNCTION report_stays();

CREATE FUNCTION report_answered_by_its_user() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF application_user() <> NEW.answered_by_id THEN
        PERFORM refuse('report_answered_by_its_user', 'nobody answers in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER report_answered_by_its_user BEFORE INSERT OR UPDATE OF answered_by_id ON quotes_errorreport
    FOR EACH ROW WHEN (NEW.answered_by_id IS NOT NULL) EXECUTE FUNCTION report_answered_by_its_user();

-- What is to be forgotten is in no history, nor is what never changes unless it is erased.
SELECT keep_history('quotes_errorreport', 'text', 'contact', 'token', 'sender');
-- undo
SELECT stop_history('quotes_errorreport');
DROP TRIGGER report_answered_by_its_user ON quotes_errorreport;
DROP FUNCTION report_answered_by_its_user();
DROP TRIGGER report_stays ON quotes_errorreport;
DROP FUNCTION report_stays();
DROP TRIGGER report_of_what_was_public ON quotes_errorreport;
DROP FUNCTION report_of_what_was_public();
