-- What the tables of people hold beyond their constraints.

-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- Rule 6. A tenure takes over whether its office seats one, so that the exclusion constraint can see it. The office's row is
-- locked meanwhile: it can't change its mind between this look and the commit.
CREATE FUNCTION tenure_takes_seats() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    SELECT single_seat INTO NEW.single_seat FROM people_office WHERE id = NEW.office_id FOR SHARE;
    RETURN NEW;
END
$$;
CREATE TRIGGER tenure_takes_seats BEFORE INSERT OR UPDATE ON people_tenure
    FOR EACH ROW EXECUTE FUNCTION tenure_takes_seats();

CREATE FUNCTION office_gives_seats() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE people_tenure SET single_seat = NEW.single_seat WHERE office_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER office_gives_seats AFTER UPDATE OF single_seat ON people_office
    FOR EACH ROW WHEN (OLD.single_seat IS DISTINCT FROM NEW.single_seat) EXECUTE FUNCTION office_gives_seats();

-- A redirect leads to a record that stands: the target of a merge is not itself merged, and a record that others were
-- merged into takes them along only by an update of theirs.
CREATE FUNCTION person_merge_is_flat() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    -- The row as it is at the commit: it may have changed again since. Its target is locked, so that nobody merges that one
    -- elsewhere at the same time.
    PERFORM FROM people_person t JOIN people_person p ON p.merged_into_id = t.id WHERE p.id = NEW.id FOR SHARE OF t;
    IF EXISTS (
        SELECT FROM people_person p JOIN people_person t ON t.id = p.merged_into_id
        WHERE t.merged_into_id IS NOT NULL AND NEW.id IN (p.id, t.id)
    ) THEN
        PERFORM refuse('person_merge_is_flat', 'a merged record leads to one that stands, not to another merged one');
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER person_merge_is_flat AFTER INSERT OR UPDATE OF merged_into_id ON people_person
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION person_merge_is_flat();

-- A statement names a tenure together with its person (quotes, statement_tenure_is_speakers).
ALTER TABLE people_tenure ADD CONSTRAINT tenure_of_person UNIQUE (id, person_id);

-- Rule 7. The history itself only grows.
-- It is written by the triggers `history` alone: an entry inserted by hand comes at the first depth, theirs deeper.
CREATE FUNCTION history_is_written_by_triggers() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        PERFORM refuse('history_is_written_by_triggers', 'the history is not written by hand');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER history_is_written_by_triggers BEFORE INSERT ON people_historyentry
    FOR EACH ROW EXECUTE FUNCTION history_is_written_by_triggers();
CREATE TRIGGER history_only_grows BEFORE UPDATE OR DELETE ON people_historyentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

SELECT refuse_truncate('people_historyentry');
SELECT keep_history('people_person');
SELECT keep_history('people_personname');
SELECT keep_history('people_organization');
SELECT keep_history('people_office');
SELECT keep_history('people_tenure');
SELECT keep_history('people_meeting');
SELECT keep_history('people_participant');

SELECT never_reuse_ids('people_person', 'people_organization', 'people_office', 'people_meeting');
-- undo
SELECT allow_any_id('people_person', 'people_organization', 'people_office', 'people_meeting');
SELECT stop_history(
    'people_person', 'people_personname', 'people_organization', 'people_office', 'people_tenure',
    'people_meeting', 'people_participant'
);
DROP TRIGGER record_is_emptied_whole ON people_historyentry;
DROP TRIGGER history_only_grows ON people_historyentry;
DROP TRIGGER history_is_written_by_triggers ON people_historyentry;
DROP FUNCTION history_is_written_by_triggers();
ALTER TABLE people_tenure DROP CONSTRAINT tenure_of_person;
DROP TRIGGER person_merge_is_flat ON people_person;
DROP FUNCTION person_merge_is_flat();
DROP TRIGGER office_gives_seats ON people_office;
DROP FUNCTION office_gives_seats();
DROP TRIGGER tenure_takes_seats ON people_tenure;
DROP FUNCTION tenure_takes_seats();
