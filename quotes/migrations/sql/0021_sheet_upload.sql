-- What is brought in is what was tried: an uploaded spreadsheet never changes, and is uploaded in nobody else's name.

-- As in 0003_rules: no temporary table stands in for one of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

CREATE FUNCTION sheet_by_its_user() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF application_user() <> NEW.user_id THEN
        PERFORM refuse('sheet_by_its_user', 'nobody uploads in another''s name');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER sheet_by_its_user BEFORE INSERT ON quotes_sheetupload
    FOR EACH ROW EXECUTE FUNCTION sheet_by_its_user();
CREATE TRIGGER sheet_never_changes BEFORE UPDATE ON quotes_sheetupload
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- undo
DROP TRIGGER sheet_never_changes ON quotes_sheetupload;
DROP TRIGGER sheet_by_its_user ON quotes_sheetupload;
DROP FUNCTION sheet_by_its_user();
