-- Rules 2, 3, 4 and 7 of the record. Every refusal carries the name of its rule as a constraint's name.

-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- ---------------------------------------------------------------------------------------------------------------------
-- Rule 2. Spans stand in the body, word for word, one after another.

-- The snapshot's row is share-locked, so that its body can't move away between this look and the commit.
CREATE FUNCTION span_is_exact() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    snapshot record;
BEGIN
    SELECT s.text, s.body_start, s.body_end INTO snapshot
    FROM quotes_quote q JOIN articles_snapshot s ON s.id = q.snapshot_id
    WHERE q.id = NEW.quote_id
    FOR SHARE OF s;
    IF NEW.start < snapshot.body_start OR NEW."end" > snapshot.body_end THEN
        PERFORM refuse('span_inside_body', format('%s-%s lies outside the body %s-%s', NEW.start, NEW."end",
                                                  snapshot.body_start, snapshot.body_end));
    END IF;
    -- A negative length is an error of substr that names no rule; span_is_not_empty refuses it.
    IF NEW.exact IS DISTINCT FROM substr(snapshot.text, NEW.start + 1, greatest(NEW."end" - NEW.start, 0)) THEN
        PERFORM refuse('span_is_exact', format('%s-%s of the text reads otherwise', NEW.start, NEW."end"));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER span_is_exact BEFORE INSERT OR UPDATE ON quotes_span
    FOR EACH ROW EXECUTE FUNCTION span_is_exact();

ALTER TABLE quotes_span ADD CONSTRAINT spans_are_disjoint
    EXCLUDE USING gist (quote_id WITH =, int4range(start, "end") WITH &&);

CREATE FUNCTION snapshot_body_keeps_quotes() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT FROM quotes_span s JOIN quotes_quote q ON q.id = s.quote_id
        WHERE q.snapshot_id = NEW.id AND (s.start < NEW.body_start OR s."end" > NEW.body_end)
    ) THEN
        PERFORM refuse('snapshot_body_keeps_quotes', 'a quote would fall outside the body');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER snapshot_body_keeps_quotes BEFORE UPDATE OF body_start, body_end ON articles_snapshot
    FOR EACH ROW EXECUTE FUNCTION snapshot_body_keeps_quotes();

-- A quote words one snapshot for good: its offsets mean nothing in another.
CREATE FUNCTION quote_stays_in_its_snapshot() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM refuse('quote_stays_in_its_snapshot', 'a quote is not moved to another snapshot; make a new one');
    RETURN NULL;
END
$$;
CREATE TRIGGER quote_stays_in_its_snapshot BEFORE UPDATE OF snapshot_id ON quotes_quote
    FOR EACH ROW WHEN (OLD.snapshot_id IS DISTINCT FROM NEW.snapshot_id)
    EXECUTE FUNCTION quote_stays_in_its_snapshot();

-- At the commit a quote has words, and its passage lies inside one of its spans.
CREATE FUNCTION quote_is_whole(of_quote bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    quote record;
BEGIN
    SELECT id, passage_start, passage_end INTO quote FROM quotes_quote WHERE id = of_quote FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM quotes_span WHERE quote_id = of_quote) THEN
        PERFORM refuse('quote_has_words', 'a quote needs at least one span');
    END IF;
    IF quote.passage_start IS NOT NULL AND NOT EXISTS (
        SELECT FROM quotes_span
        WHERE quote_id = of_quote AND start <= quote.passage_start AND quote.passage_end <= "end"
    ) THEN
        PERFORM refuse('quote_passage_inside_span', 'the passage lies outside the quote''s spans');
    END IF;
END
$$;
CREATE FUNCTION check_quote() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM quote_is_whole(NEW.id);
    RETURN NULL;
END
$$;
CREATE FUNCTION check_quote_of_span() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM quote_is_whole(OLD.quote_id);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER quote_is_whole AFTER INSERT OR UPDATE ON quotes_quote
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_quote();
CREATE CONSTRAINT TRIGGER quote_stays_whole AFTER UPDATE OR DELETE ON quotes_span
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_quote_of_span();

-- The attribution is printed in the text that the quote is taken from.
CREATE FUNCTION quote_attribution_is_printed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.attribution <> '' AND NOT EXISTS (
        SELECT FROM articles_snapshot WHERE id = NEW.snapshot_id AND strpos(text, NEW.attribution) > 0
    ) THEN
        PERFORM refuse('quote_attribution_is_printed', 'these words do not stand in the text');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER quote_attribution_is_printed BEFORE INSERT OR UPDATE OF attribution, snapshot_id ON quotes_quote
    FOR EACH ROW EXECUTE FUNCTION quote_attribution_is_printed();

-- ---------------------------------------------------------------------------------------------------------------------
-- A statement's lead is a quote of its own; its tenure is one of the speaker's. Checked at the commit, so that a merge of
-- persons can move both.

ALTER TABLE quotes_quote ADD CONSTRAINT quote_of_statement UNIQUE (id, statement_id);
ALTER TABLE quotes_statement ADD CONSTRAINT statement_lead_is_its_own
    FOREIGN KEY (lead_id, id) REFERENCES quotes_quote (id, statement_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE quotes_statement ADD CONSTRAINT statement_tenure_is_speakers
    FOREIGN KEY (tenure_id, speaker_id) REFERENCES people_tenure (id, person_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION topic_tree_is_shallow() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- As with merged persons: the row as it is at the commit, and its broader topic locked.
    PERFORM FROM quotes_topic t JOIN quotes_topic n ON n.parent_id = t.id WHERE n.id = NEW.id FOR SHARE OF t;
    IF EXISTS (
        SELECT FROM quotes_topic n JOIN quotes_topic t ON t.id = n.parent_id
        WHERE t.parent_id IS NOT NULL AND NEW.id IN (n.id, t.id)
    ) THEN
        PERFORM refuse('topic_tree_is_shallow', 'topics have two levels: broader and narrower');
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER topic_tree_is_shallow AFTER INSERT OR UPDATE OF parent_id ON quotes_topic
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION topic_tree_is_shallow();

-- ---------------------------------------------------------------------------------------------------------------------
-- Rule 3. What a revision holds, and what undoes it.

-- Everything about a statement that a second person consents to.
CREATE FUNCTION statement_content(of_statement bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT jsonb_build_object(
        'speaker', (SELECT public_id FROM people_person WHERE id = s.speaker_id),
        'speaker_organization', (SELECT public_id FROM people_organization WHERE id = s.speaker_organization_id),
        'speaker_not_identified', s.speaker_not_identified,
        'tenure', s.tenure_id,
        'spoken', s.spoken,
        'spoken_known', s.spoken_known,
        'spoken_evidence', s.spoken_evidence,
        'meeting', (SELECT public_id FROM people_meeting WHERE id = s.meeting_id),
        'occasion_not_named', s.occasion_not_named,
        'label', s.label,
        'lead', (SELECT public_id FROM quotes_quote WHERE id = s.lead_id),
        'addressees', coalesce((
            SELECT jsonb_agg(jsonb_build_object('person', p.public_id, 'organization', o.public_id,
                                                'in_words', a.in_words) ORDER BY a.id)
            FROM quotes_addressee a
            LEFT JOIN people_person p ON p.id = a.person_id
            LEFT JOIN people_organization o ON o.id = a.organization_id
            WHERE a.statement_id = s.id
        ), '[]'),
        'quotes', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', q.public_id,
                'snapshot', n.public_id,
                'text_sha256', n.text_sha256,
                'kind', q.kind,
                'language', q.language,
                'attribution', q.attribution,
                'passage_start', q.passage_start,
                'passage_end', q.passage_end,
                'spans', (
                    SELECT jsonb_agg(jsonb_build_object('start', t.start, 'end', t."end", 'exact', t.exact) ORDER BY t.start)
                    FROM quotes_span t WHERE t.quote_id = q.id
                )
            ) ORDER BY q.id)
            FROM quotes_quote q JOIN articles_snapshot n ON n.id = q.snapshot_id
            WHERE q.statement_id = s.id
        ), '[]')
    )
    FROM quotes_statement s WHERE s.id = of_statement
$$;

-- Notes the application's user as one who wrote a part of the statement.
CREATE FUNCTION note_author(of_statement bigint) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT AS $$
    INSERT INTO quotes_authorship (statement_id, user_id, since)
    SELECT of_statement, application_user(), clock_timestamp() WHERE application_user() IS NOT NULL
    ON CONFLICT (statement_id, user_id) DO NOTHING
$$;

-- A change of the content: notes who wrote, and takes back what was submitted. The statement's row is locked first, so
-- that a submission or an approval under way at the same time sees either all of the change or none of it.
CREATE FUNCTION content_changed(of_statement bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM FROM quotes_statement WHERE id = of_statement FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM note_author(of_statement);
    UPDATE quotes_statement SET current_revision_id = NULL WHERE id = of_statement AND current_revision_id IS NOT NULL;
END
$$;

-- A part goes from one statement to another: who wrote a part of the one has now written a part of the other.
CREATE FUNCTION part_moved(from_statement bigint, to_statement bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- In one order whoever moves what, so that two who move in opposite directions don't wait for each other for ever.
    PERFORM content_changed(least(from_statement, to_statement));
    PERFORM content_changed(greatest(from_statement, to_statement));
    INSERT INTO quotes_authorship (statement_id, user_id, since)
    SELECT to_statement, user_id, clock_timestamp() FROM quotes_authorship WHERE statement_id = from_statement
    ON CONFLICT (statement_id, user_id) DO NOTHING;
END
$$;

-- The person that a merge has put in somebody's place.
CREATE FUNCTION person_now(person bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT coalesce(merged_into_id, id) FROM people_person WHERE id = person
$$;

CREATE FUNCTION same_content(one quotes_statement, other quotes_statement) RETURNS boolean
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT (
        person_now(one.speaker_id), one.speaker_organization_id, one.speaker_not_identified, one.tenure_id, one.spoken,
        one.spoken_known, one.spoken_evidence, one.meeting_id, one.occasion_not_named, one.label, one.lead_id
    ) IS NOT DISTINCT FROM (
        person_now(other.speaker_id), other.speaker_organization_id, other.speaker_not_identified, other.tenure_id,
        other.spoken, other.spoken_known, other.spoken_evidence, other.meeting_id, other.occasion_not_named, other.label,
        other.lead_id
    )
$$;

-- The persons that a revision's content names, as merges have them now.
CREATE FUNCTION named_now(content jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT jsonb_agg(coalesce(t.public_id, named.public_id) ORDER BY place)
    FROM (
        SELECT content ->> 'speaker', 0
        UNION ALL
        SELECT addressee ->> 'person', nth FROM jsonb_array_elements(content -> 'addressees') WITH ORDINALITY AS a (addressee, nth)
    ) AS named (public_id, place)
    LEFT JOIN people_person p ON p.public_id = named.public_id
    LEFT JOIN people_person t ON t.id = p.merged_into_id
$$;

-- A merge moves statements to another person without a new approval, since both are one. When it is undone, or the merged
-- record deleted, they are not: what still names the other one is taken back. At the commit, when all has been moved.
CREATE FUNCTION merge_undone() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    concerned bigint[];
BEGIN
    SELECT array_agg(id) INTO concerned FROM people_person
    WHERE OLD.merged_into_id IN (id, merged_into_id) OR OLD.id IN (id, merged_into_id)
        OR id = (SELECT merged_into_id FROM people_person WHERE id = OLD.id);
    PERFORM content_changed(s.id)
    FROM quotes_statement s JOIN quotes_revision r ON r.id = s.current_revision_id
    WHERE (
        s.speaker_id = ANY (concerned)
        OR EXISTS (SELECT FROM quotes_addressee WHERE statement_id = s.id AND person_id = ANY (concerned))
    ) AND named_now(r.content) IS DISTINCT FROM named_now(statement_content(s.id));
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER merge_undone AFTER UPDATE OR DELETE ON people_person
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL) EXECUTE FUNCTION merge_undone();

CREATE FUNCTION statement_revision_is_its_content() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- Nobody undoes a merge while a statement goes from one of the two to the other.
        IF NEW.speaker_id <> OLD.speaker_id THEN
            PERFORM FROM people_person WHERE id IN (OLD.speaker_id, NEW.speaker_id) ORDER BY id FOR SHARE;
        END IF;
        IF NOT same_content(OLD, NEW) THEN
            NEW.current_revision_id := NULL;
            PERFORM note_author(NEW.id);
        END IF;
        IF NEW.current_revision_id IS NULL OR NEW.current_revision_id = OLD.current_revision_id THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.current_revision_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM quotes_revision r
        WHERE r.id = NEW.current_revision_id AND r.statement_id = NEW.id
            AND r.number = (SELECT max(number) FROM quotes_revision WHERE statement_id = NEW.id)
            AND r.content = statement_content(NEW.id)
            AND NOT EXISTS (SELECT FROM quotes_approval WHERE revision_id = r.id)
            AND NOT EXISTS (SELECT FROM quotes_return WHERE revision_id = r.id)
    ) THEN
        -- Once left, a decided revision does not come back: a change and its undoing are two changes, and who approved may
        -- have made one of them.
        PERFORM refuse('statement_revision_is_its_content', 'the statement is not what this revision says, or it is decided');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER statement_revision_is_its_content BEFORE INSERT OR UPDATE ON quotes_statement
    FOR EACH ROW EXECUTE FUNCTION statement_revision_is_its_content();

CREATE FUNCTION statement_made() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM note_author(NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER statement_made AFTER INSERT ON quotes_statement FOR EACH ROW EXECUTE FUNCTION statement_made();

CREATE FUNCTION part_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM content_changed(NEW.statement_id);
    ELSIF TG_OP = 'UPDATE' AND NEW.statement_id <> OLD.statement_id THEN
        PERFORM part_moved(OLD.statement_id, NEW.statement_id);
    ELSE
        PERFORM content_changed(OLD.statement_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER quote_changed AFTER INSERT OR DELETE ON quotes_quote FOR EACH ROW EXECUTE FUNCTION part_changed();
CREATE TRIGGER quote_rewritten AFTER UPDATE ON quotes_quote
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION part_changed();
-- A merge of persons changes whom an addressee's row points at, not who is meant; where both were addressed, it deletes one
-- of two rows that now mean the same person.
CREATE FUNCTION addressee_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM content_changed(NEW.statement_id);
    ELSIF NOT EXISTS (
        SELECT FROM quotes_addressee
        WHERE statement_id = OLD.statement_id AND person_now(person_id) = person_now(OLD.person_id)
    ) THEN
        PERFORM content_changed(OLD.statement_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER addressee_changed AFTER INSERT OR DELETE ON quotes_addressee
    FOR EACH ROW EXECUTE FUNCTION addressee_changed();
CREATE FUNCTION addressee_rewritten() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.statement_id <> NEW.statement_id THEN
        PERFORM part_moved(OLD.statement_id, NEW.statement_id);
        RETURN NULL;
    END IF;
    IF NEW.person_id <> OLD.person_id THEN
        PERFORM FROM people_person WHERE id IN (OLD.person_id, NEW.person_id) ORDER BY id FOR SHARE;
    END IF;
    -- Addressees stand in the order of their numbers.
    IF (OLD.id, person_now(OLD.person_id), OLD.organization_id, OLD.in_words)
        IS DISTINCT FROM (NEW.id, person_now(NEW.person_id), NEW.organization_id, NEW.in_words)
    THEN
        PERFORM content_changed(OLD.statement_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER addressee_rewritten AFTER UPDATE ON quotes_addressee
    FOR EACH ROW EXECUTE FUNCTION addressee_rewritten();

CREATE FUNCTION span_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM content_changed(statement_id) FROM quotes_quote WHERE id = NEW.quote_id;
    ELSIF TG_OP = 'UPDATE' AND NEW.quote_id <> OLD.quote_id THEN
        PERFORM part_moved(o.statement_id, n.statement_id)
        FROM quotes_quote o, quotes_quote n WHERE o.id = OLD.quote_id AND n.id = NEW.quote_id;
    ELSE
        PERFORM content_changed(statement_id) FROM quotes_quote WHERE id = OLD.quote_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER span_changed AFTER INSERT OR DELETE ON quotes_span FOR EACH ROW EXECUTE FUNCTION span_changed();
CREATE TRIGGER span_rewritten AFTER UPDATE ON quotes_span
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION span_changed();

-- ---------------------------------------------------------------------------------------------------------------------
-- Rules 3 and 4. Submission: what lacks anything that publication needs is refused, and the database itself writes down
-- what is submitted.

CREATE FUNCTION revision_holds_content() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    statement quotes_statement;
BEGIN
    SELECT * INTO statement FROM quotes_statement WHERE id = NEW.statement_id FOR UPDATE;
    NEW.number := 1 + coalesce((SELECT max(number) FROM quotes_revision WHERE statement_id = NEW.statement_id), 0);
    NEW.content := statement_content(NEW.statement_id);
    -- What is asked is the content: a number in the row may point at a record that is made only later in the transaction.
    IF NEW.content ->> 'lead' IS NULL THEN
        PERFORM refuse('statement_has_lead_quote', 'no quote leads');
    END IF;
    IF NEW.content ->> 'speaker' IS NULL AND NEW.content ->> 'speaker_organization' IS NULL AND NOT (
        statement.speaker_not_identified
        AND EXISTS (SELECT FROM quotes_quote WHERE id = statement.lead_id AND attribution ~ '\S')
    ) THEN
        PERFORM refuse('statement_has_speaker',
                       'neither a speaker nor "not identified" with the printed attribution in the leading quote');
    END IF;
    IF NEW.content ->> 'spoken' IS NULL THEN
        PERFORM refuse('statement_has_spoken_date', 'no date');
    END IF;
    IF NEW.content ->> 'meeting' IS NULL AND NOT statement.occasion_not_named THEN
        PERFORM refuse('statement_has_occasion', 'neither an occasion nor "not named"');
    END IF;
    IF application_user() <> NEW.submitted_by_id THEN
        PERFORM refuse('revision_by_its_user', 'nobody submits in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER revision_holds_content BEFORE INSERT ON quotes_revision
    FOR EACH ROW EXECUTE FUNCTION revision_holds_content();

CREATE FUNCTION revision_becomes_current() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO quotes_authorship (statement_id, user_id, since)
    VALUES (NEW.statement_id, NEW.submitted_by_id, clock_timestamp())
    ON CONFLICT (statement_id, user_id) DO NOTHING;
    UPDATE quotes_statement SET current_revision_id = NEW.id WHERE id = NEW.statement_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER revision_becomes_current AFTER INSERT ON quotes_revision
    FOR EACH ROW EXECUTE FUNCTION revision_becomes_current();

-- A verdict is on the current revision, once, by the user who gives it.
CREATE FUNCTION refuse_verdict_unless_due(of_revision bigint, by_user integer) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_statement bigint;
BEGIN
    SELECT statement_id INTO of_statement FROM quotes_revision WHERE id = of_revision;
    PERFORM FROM quotes_statement WHERE id = of_statement AND current_revision_id = of_revision FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('verdict_on_current_revision', 'the statement has changed since this revision');
    END IF;
    IF EXISTS (SELECT FROM quotes_approval WHERE revision_id = of_revision)
        OR EXISTS (SELECT FROM quotes_return WHERE revision_id = of_revision)
    THEN
        PERFORM refuse('verdict_only_once', 'this revision has been approved or returned already');
    END IF;
    IF application_user() <> by_user THEN
        PERFORM refuse('verdict_by_its_user', 'nobody decides in another''s name');
    END IF;
    RETURN of_statement;
END
$$;
CREATE FUNCTION approval_by_another() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_statement bigint := refuse_verdict_unless_due(NEW.revision_id, NEW.approved_by_id);
BEGIN
    IF EXISTS (SELECT FROM quotes_authorship WHERE statement_id = of_statement AND user_id = NEW.approved_by_id) THEN
        PERFORM refuse('approval_by_another', 'who wrote a part of a statement does not approve it');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER approval_by_another BEFORE INSERT ON quotes_approval
    FOR EACH ROW EXECUTE FUNCTION approval_by_another();
CREATE FUNCTION return_is_due() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM refuse_verdict_unless_due(NEW.revision_id, NEW.returned_by_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER return_is_due BEFORE INSERT ON quotes_return FOR EACH ROW EXECUTE FUNCTION return_is_due();

CREATE TRIGGER revisions_only_grow BEFORE UPDATE OR DELETE ON quotes_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approvals_only_grow BEFORE UPDATE OR DELETE ON quotes_approval
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER returns_only_grow BEFORE UPDATE OR DELETE ON quotes_return
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Authorship goes only with a draft that is deleted whole; what was once submitted can't be (its revisions stay).
ALTER TABLE quotes_authorship ADD CONSTRAINT authorship_of_statement
    FOREIGN KEY (statement_id) REFERENCES quotes_statement (id) ON DELETE CASCADE;
CREATE TRIGGER authorships_only_grow BEFORE UPDATE ON quotes_authorship
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION authorship_goes_with_its_draft() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM quotes_statement WHERE id = OLD.statement_id) THEN
        PERFORM refuse('authorships_only_grow', 'who wrote a part of a statement stays on record');
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER authorship_goes_with_its_draft BEFORE DELETE ON quotes_authorship
    FOR EACH ROW EXECUTE FUNCTION authorship_goes_with_its_draft();

-- A withdrawal is a public note: only its restoration is added, once.
CREATE FUNCTION withdrawal_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.restored_at IS NOT NULL
        OR (NEW.id, NEW.statement_id, NEW.reason, NEW.withdrawn_by_id, NEW.withdrawn_at)
            IS DISTINCT FROM (OLD.id, OLD.statement_id, OLD.reason, OLD.withdrawn_by_id, OLD.withdrawn_at)
    THEN
        PERFORM refuse('withdrawal_stays', 'a withdrawal is not rewritten; it can be ended by a restoration');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER withdrawal_stays BEFORE UPDATE OR DELETE ON quotes_withdrawal
    FOR EACH ROW EXECUTE FUNCTION withdrawal_stays();

-- ---------------------------------------------------------------------------------------------------------------------
-- Rule 7 and public ids.

SELECT keep_history('quotes_topic');
SELECT keep_history('quotes_statement');
SELECT keep_history('quotes_statement_topics');
SELECT keep_history('quotes_addressee');
SELECT keep_history('quotes_quote');
SELECT keep_history('quotes_span');
SELECT keep_history('quotes_authorship');
SELECT keep_history('quotes_revision', 'content');
SELECT keep_history('quotes_approval');
SELECT keep_history('quotes_return');
SELECT keep_history('quotes_withdrawal');

SELECT never_reuse_ids('quotes_topic', 'quotes_statement', 'quotes_quote');
-- undo
SELECT allow_any_id('quotes_topic', 'quotes_statement', 'quotes_quote');
SELECT stop_history(
    'quotes_withdrawal', 'quotes_return', 'quotes_approval', 'quotes_revision', 'quotes_authorship',
    'quotes_span', 'quotes_quote', 'quotes_addressee', 'quotes_statement_topics', 'quotes_statement',
    'quotes_topic'
);
DROP TRIGGER withdrawal_stays ON quotes_withdrawal;
DROP FUNCTION withdrawal_stays();
DROP TRIGGER authorship_goes_with_its_draft ON quotes_authorship;
DROP FUNCTION authorship_goes_with_its_draft();
DROP TRIGGER authorships_only_grow ON quotes_authorship;
ALTER TABLE quotes_authorship DROP CONSTRAINT authorship_of_statement;
DROP TRIGGER returns_only_grow ON quotes_return;
DROP TRIGGER approvals_only_grow ON quotes_approval;
DROP TRIGGER revisions_only_grow ON quotes_revision;
DROP TRIGGER return_is_due ON quotes_return;
DROP FUNCTION return_is_due();
DROP TRIGGER approval_by_another ON quotes_approval;
DROP FUNCTION approval_by_another();
DROP FUNCTION refuse_verdict_unless_due(bigint, integer);
DROP TRIGGER revision_becomes_current ON quotes_revision;
DROP FUNCTION revision_becomes_current();
DROP TRIGGER revision_holds_content ON quotes_revision;
DROP FUNCTION revision_holds_content();
DROP TRIGGER span_rewritten ON quotes_span;
DROP TRIGGER span_changed ON quotes_span;
DROP FUNCTION span_changed();
DROP TRIGGER addressee_rewritten ON quotes_addressee;
DROP FUNCTION addressee_rewritten();
DROP TRIGGER addressee_changed ON quotes_addressee;
DROP FUNCTION addressee_changed();
DROP TRIGGER quote_rewritten ON quotes_quote;
DROP TRIGGER quote_changed ON quotes_quote;
DROP FUNCTION part_changed();
DROP TRIGGER statement_made ON quotes_statement;
DROP FUNCTION statement_made();
DROP TRIGGER statement_revision_is_its_content ON quotes_statement;
DROP FUNCTION statement_revision_is_its_content();
DROP TRIGGER merge_undone ON people_person;
DROP FUNCTION merge_undone();
DROP FUNCTION named_now(jsonb);
DROP FUNCTION same_content(quotes_statement, quotes_statement);
DROP FUNCTION person_now(bigint);
DROP FUNCTION part_moved(bigint, bigint);
DROP FUNCTION content_changed(bigint);
DROP FUNCTION note_author(bigint);
DROP FUNCTION statement_content(bigint);
DROP TRIGGER topic_tree_is_shallow ON quotes_topic;
DROP FUNCTION topic_tree_is_shallow();
ALTER TABLE quotes_statement DROP CONSTRAINT statement_tenure_is_speakers;
ALTER TABLE quotes_statement DROP CONSTRAINT statement_lead_is_its_own;
ALTER TABLE quotes_quote DROP CONSTRAINT quote_of_statement;
DROP TRIGGER quote_attribution_is_printed ON quotes_quote;
DROP FUNCTION quote_attribution_is_printed();
DROP TRIGGER quote_stays_whole ON quotes_span;
DROP TRIGGER quote_is_whole ON quotes_quote;
DROP FUNCTION check_quote_of_span();
DROP FUNCTION check_quote();
DROP FUNCTION quote_is_whole(bigint);
DROP TRIGGER quote_stays_in_its_snapshot ON quotes_quote;
DROP FUNCTION quote_stays_in_its_snapshot();
DROP TRIGGER snapshot_body_keeps_quotes ON articles_snapshot;
DROP FUNCTION snapshot_body_keeps_quotes();
ALTER TABLE quotes_span DROP CONSTRAINT spans_are_disjoint;
DROP TRIGGER span_is_exact ON quotes_span;
DROP FUNCTION span_is_exact();
