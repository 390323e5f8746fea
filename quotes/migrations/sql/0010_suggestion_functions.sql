-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- Spans as pairs of offsets, [[from, to], …]: where the first begins. NULL for what are no spans in order: none at all, no
-- pairs, a missing number, an empty one, one that begins before the one before it has ended.
CREATE FUNCTION first_of_spans(spans int[]) RETURNS int
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    last int := 0;
    number int;
    place int := 0;
BEGIN
    IF spans IS NULL OR array_ndims(spans) IS DISTINCT FROM 2 OR array_length(spans, 2) <> 2
        OR array_lower(spans, 1) <> 1 OR array_lower(spans, 2) <> 1
    THEN
        RETURN NULL;
    END IF;
    FOREACH number IN ARRAY spans LOOP
        place := place + 1;
        -- A start may be where the last span ended; an end lies behind its start.
        IF number IS NULL OR number < last OR (place % 2 = 0 AND number = last) THEN
            RETURN NULL;
        END IF;
        last := number;
    END LOOP;
    RETURN spans[1][1];
END
$$;

-- Where the last of such spans ends.
CREATE FUNCTION last_of_spans(spans int[]) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT spans[array_upper(spans, 1)][2] WHERE first_of_spans(spans) IS NOT NULL
$$;
-- undo
DROP FUNCTION last_of_spans(int[]);
DROP FUNCTION first_of_spans(int[]);
