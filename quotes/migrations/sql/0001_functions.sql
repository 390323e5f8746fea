-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- The place of a statement in the order by day said, then number: the day's ordinal (0001-01-01 is 1, as in Python) in the
-- high bits, the row's number in the lower 40, so that the key is unique, and sorts and pages alone. Undated drafts are 0.
CREATE FUNCTION statement_sort_key(spoken text, number bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT (coalesce(lower(edtf_range(spoken)) - date '0001-01-01' + 1, 0)::bigint << 40) | number
$$;
-- undo
DROP FUNCTION statement_sort_key(text, bigint);
