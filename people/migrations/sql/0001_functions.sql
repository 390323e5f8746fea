-- Functions that the tables of every app use: dates, public ids, history. Plain SQL, PostgreSQL 15 and later.

-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- The days an EDTF date means, [first, last + 1): `2024-03-04` a day, `2024-03` a month, `2024-33` … `2024-36` a quarter
-- (EDTF level 2), `2024` a year, from 1000 to 2999. NULL for everything else, impossible days included. (Not `\d`: under
-- an ICU collation that takes the digits of every script.)
CREATE FUNCTION edtf_range(edtf text) RETURNS daterange
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    year int;
    part int;
    first date;
BEGIN
    IF edtf !~ '^[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$' THEN
        RETURN NULL;
    END IF;
    year := substr(edtf, 1, 4)::int;
    IF length(edtf) = 4 THEN
        RETURN daterange(make_date(year, 1, 1), make_date(year + 1, 1, 1));
    END IF;
    part := substr(edtf, 6, 2)::int;
    IF part BETWEEN 33 AND 36 AND length(edtf) = 7 THEN
        first := make_date(year, (part - 33) * 3 + 1, 1);
        RETURN daterange(first, (first + interval '3 months')::date);
    END IF;
    IF part NOT BETWEEN 1 AND 12 THEN
        RETURN NULL;
    END IF;
    first := make_date(year, part, 1);
    IF length(edtf) = 7 THEN
        RETURN daterange(first, (first + interval '1 month')::date);
    END IF;
    part := substr(edtf, 9, 2)::int;
    IF part < 1 OR first + part - 1 >= (first + interval '1 month')::date THEN
        RETURN NULL;
    END IF;
    RETURN daterange(first + part - 1, first + part);
END
$$;

-- The days that the two dates do not rule out. A start that is not known (NULL) and an end that is not known (NULL) or
-- open (`..`) leave their side unbounded. NULL where the end certainly lies before the start.
CREATE FUNCTION possible_period(starts text, ends text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT CASE
        WHEN upper(edtf_range(ends)) <= lower(edtf_range(starts)) THEN NULL
        ELSE daterange(lower(edtf_range(starts)), upper(edtf_range(ends)))
    END
$$;

-- The days covered whatever the two dates mean: from the last day the start can mean to the first day the end can mean,
-- that day excluded, so that a successor may take over on it. An end that is not known leaves only the start, if
-- that is known to the day: who came «in March» and left nobody knows when may have left before the 31st.
CREATE FUNCTION certain_period(starts text, ends text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT CASE
        WHEN starts IS NULL THEN 'empty'::daterange
        WHEN ends IS NULL AND upper(edtf_range(starts)) - lower(edtf_range(starts)) > 1 THEN 'empty'::daterange
        WHEN ends IS NULL THEN edtf_range(starts)
        WHEN ends = '..' THEN daterange(upper(edtf_range(starts)) - 1, NULL)
        WHEN lower(edtf_range(ends)) <= upper(edtf_range(starts)) - 1 THEN 'empty'::daterange
        ELSE daterange(upper(edtf_range(starts)) - 1, lower(edtf_range(ends)))
    END
$$;

-- Eight letters and digits for a row's number: a Feistel network of four rounds over 40 bits, one-to-one, so that no two
-- rows of a kind share an id; written in Crockford's base 32 (no i, l, o, u). Opaque, not secret.
CREATE FUNCTION public_id(kind text, number bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    alphabet CONSTANT text := '0123456789abcdefghjkmnpqrstvwxyz';
    high bigint := number >> 20;
    low bigint := number & 1048575;
    mixed bigint;
    written text := '';
BEGIN
    IF number < 0 OR number >= 1099511627776 THEN
        RAISE EXCEPTION 'public ids are made for numbers from 0 to 2^40 - 1, not for %', number;
    END IF;
    FOR step IN 1..4 LOOP
        mixed := high # ('x' || substr(md5(kind || ':' || step || ':' || low), 1, 5))::bit(20)::bigint;
        high := low;
        low := mixed;
    END LOOP;
    mixed := (high << 20) | low;
    FOR place IN 0..7 LOOP
        written := substr(alphabet, ((mixed >> (place * 5)) & 31)::int + 1, 1) || written;
    END LOOP;
    RETURN written;
END
$$;

-- Refuses what is being done; the error carries the rule's name as if a constraint of that name had refused.
CREATE FUNCTION refuse(rule text, why text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = rule, MESSAGE = rule || ': ' || why;
END
$$;

-- The application's user, as `people.acting` told it for this transaction; NULL in a session of the database itself.
CREATE FUNCTION application_user() RETURNS integer
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    SELECT NULLIF(current_setting('skazano.user', true), '')::integer
$$;

-- Trigger function `history`: notes each change of a row; the trigger's arguments name columns too large to keep twice.
CREATE FUNCTION write_history() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    omitted CONSTANT text[] := coalesce(TG_ARGV::text[], '{}');  -- without arguments TG_ARGV is NULL
    was jsonb;
    became jsonb;
    row_id bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        was := to_jsonb(OLD) - omitted;
        row_id := OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        became := to_jsonb(NEW) - omitted;
        row_id := NEW.id;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(jsonb_object_agg(key, was -> key), '{}'), coalesce(jsonb_object_agg(key, became -> key), '{}')
        INTO was, became
        FROM jsonb_object_keys(became) AS key
        WHERE was -> key IS DISTINCT FROM became -> key;
        IF became = '{}' THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO people_historyentry (at, transaction_id, table_name, row_id, action, user_id, role, before, after)
    VALUES (clock_timestamp(), pg_current_xact_id()::text::bigint, TG_TABLE_NAME, row_id, TG_OP, application_user(),
            session_user, was, became);
    RETURN NULL;
END
$$;

-- Trigger function: TRUNCATE fires no trigger for its rows, so it would go by every rule and leave no trace. Only the whole
-- record may be emptied at once, as a test run does between two tests; that is a new start, not a change.
CREATE FUNCTION record_is_emptied_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_table regclass;
    is_left boolean;
BEGIN
    FOR of_table IN
        SELECT tgrelid FROM pg_trigger WHERE tgname = 'record_is_emptied_whole' AND tgfoid = (
            SELECT tgfoid FROM pg_trigger WHERE tgrelid = TG_RELID AND tgname = TG_NAME
        )
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', of_table) INTO is_left;
        IF is_left THEN
            PERFORM refuse('record_is_emptied_whole', format('%s can''t be emptied alone', TG_TABLE_NAME));
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE FUNCTION refuse_truncate(of_table regclass) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER record_is_emptied_whole AFTER TRUNCATE ON %s EXECUTE FUNCTION record_is_emptied_whole()',
                   of_table);
END
$$;

-- Trigger function: the rules look at rows that others have just committed. In a transaction that sees only what was there when
-- it began, they would be blind, and locks would not help.
CREATE FUNCTION record_is_written_read_committed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        PERFORM refuse('record_is_written_read_committed', 'write to the record in a READ COMMITTED transaction');
    END IF;
    RETURN NULL;
END
$$;

-- Puts the history trigger on a table; further arguments are columns to leave out.
CREATE FUNCTION keep_history(of_table regclass, VARIADIC omitted text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM refuse_truncate(of_table);
    EXECUTE format(
        'CREATE TRIGGER record_is_written_read_committed BEFORE INSERT OR UPDATE OR DELETE ON %s
         EXECUTE FUNCTION record_is_written_read_committed()', of_table
    );
    EXECUTE format(
        'CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION write_history(%s)',
        of_table, (SELECT string_agg(quote_literal(name), ', ') FROM unnest(omitted) AS name)
    );
END
$$;

-- Takes `keep_history` back.
CREATE FUNCTION stop_history(VARIADIC of_tables regclass[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_table regclass;
BEGIN
    FOREACH of_table IN ARRAY of_tables LOOP
        EXECUTE format('DROP TRIGGER history ON %s', of_table);
        EXECUTE format('DROP TRIGGER record_is_written_read_committed ON %s', of_table);
        EXECUTE format('DROP TRIGGER record_is_emptied_whole ON %s', of_table);
    END LOOP;
END
$$;

-- Trigger function: a new row's number is the one its identity has just drawn in this session, and nobody ever had it.
-- GENERATED ALWAYS alone lets COPY and OVERRIDING SYSTEM VALUE by, and a sequence can be set back.
CREATE FUNCTION id_is_given_once() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    drawn bigint;
BEGIN
    BEGIN
        drawn := currval(pg_get_serial_sequence(TG_RELID::regclass::text, 'id'));
    EXCEPTION WHEN object_not_in_prerequisite_state THEN
        drawn := NULL;  -- nothing was drawn in this session
    END;
    IF NEW.id IS DISTINCT FROM drawn THEN
        PERFORM refuse('id_is_given_once', format('the database itself numbers the rows of %s', TG_TABLE_NAME));
    END IF;
    IF EXISTS (
        SELECT FROM people_historyentry WHERE table_name = TG_TABLE_NAME AND row_id = NEW.id AND action = 'INSERT'
    ) THEN
        PERFORM refuse('id_is_given_once', format('the number %s of %s was another row''s', NEW.id, TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END
$$;

-- The number of a row comes from its identity alone and stays: what was given once is never given again.
CREATE FUNCTION never_reuse_ids(VARIADIC of_tables regclass[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_table regclass;
BEGIN
    FOREACH of_table IN ARRAY of_tables LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN id SET GENERATED ALWAYS', of_table);
        EXECUTE format(
            'CREATE TRIGGER id_is_given_once BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION id_is_given_once()', of_table
        );
        EXECUTE format(
            -- AFTER: a BEFORE UPDATE trigger makes every update lock the row against those that only refer to it.
            'CREATE TRIGGER id_never_changes AFTER UPDATE OF id ON %s FOR EACH ROW WHEN (OLD.id <> NEW.id)
             EXECUTE FUNCTION refuse_change()', of_table
        );
    END LOOP;
END
$$;

-- Takes `never_reuse_ids` back.
CREATE FUNCTION allow_any_id(VARIADIC of_tables regclass[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_table regclass;
BEGIN
    FOREACH of_table IN ARRAY of_tables LOOP
        EXECUTE format('DROP TRIGGER id_never_changes ON %s', of_table);
        EXECUTE format('DROP TRIGGER id_is_given_once ON %s', of_table);
        EXECUTE format('ALTER TABLE %s ALTER COLUMN id SET GENERATED BY DEFAULT', of_table);
    END LOOP;
END
$$;

-- Trigger function for what may not be changed or deleted; the rule's name is the trigger's.
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM refuse(TG_NAME, format('rows of %s are never changed or deleted', TG_TABLE_NAME));
    RETURN NULL;
END
$$;
-- undo
DROP FUNCTION refuse_change();
DROP FUNCTION allow_any_id(regclass[]);
DROP FUNCTION never_reuse_ids(regclass[]);
DROP FUNCTION id_is_given_once();
DROP FUNCTION stop_history(regclass[]);
DROP FUNCTION keep_history(regclass, text[]);
DROP FUNCTION refuse_truncate(regclass);
DROP FUNCTION record_is_written_read_committed();
DROP FUNCTION record_is_emptied_whole();
DROP FUNCTION write_history();
DROP FUNCTION application_user();
DROP FUNCTION refuse(text, text);
DROP FUNCTION public_id(text, bigint);
DROP FUNCTION certain_period(text, text);
DROP FUNCTION possible_period(text, text);
DROP FUNCTION edtf_range(text);
