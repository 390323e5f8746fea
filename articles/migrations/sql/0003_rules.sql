-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- Rule 1. A snapshot stays what it was; only its body range may move. (That no quote falls outside the body is held by
-- quotes: snapshot_body_keeps_quotes.)
CREATE FUNCTION snapshot_never_changes() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (
        NEW.id, NEW.article_id, NEW.method, NEW.retrieved_at, NEW.raw, NEW.media_type, NEW.encoding, NEW.extractor, NEW.text
    ) IS DISTINCT FROM (
        OLD.id, OLD.article_id, OLD.method, OLD.retrieved_at, OLD.raw, OLD.media_type, OLD.encoding, OLD.extractor, OLD.text
    ) THEN
        PERFORM refuse('snapshot_never_changes',
                       'a snapshot keeps its bytes, text and origin for good; only its body may move');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER snapshot_never_changes BEFORE UPDATE OR DELETE ON articles_snapshot
    FOR EACH ROW EXECUTE FUNCTION snapshot_never_changes();

-- Offsets count this text, so it is in the one normal form that `articles.text.normalise` gives: NFC, no line break but LF, no
-- other control character but the tab, no code point that is no character, no byte order mark at the start. (Not LIKE or a
-- class such as [[:cntrl:]]: these follow the collation.)
ALTER TABLE articles_snapshot ADD CONSTRAINT snapshot_text_is_normal CHECK (
    text IS NFC NORMALIZED
    AND translate(text, U&'\0001\0002\0003\0004\0005\0006\0007\0008\000B\000C\000D\000E\000F\0010\0011\0012\0013\0014\0015'
        '\0016\0017\0018\0019\001A\001B\001C\001D\001E\001F\007F\0085\2028\2029\FFFE\FFFF', '') = text
    AND left(text, 1) <> U&'\FEFF'
);

SELECT keep_history('articles_source');
SELECT keep_history('articles_article');
SELECT keep_history('articles_snapshot', 'raw', 'text');

SELECT never_reuse_ids('articles_source', 'articles_article', 'articles_snapshot');
-- undo
SELECT allow_any_id('articles_source', 'articles_article', 'articles_snapshot');
SELECT stop_history('articles_source', 'articles_article', 'articles_snapshot');
ALTER TABLE articles_snapshot DROP CONSTRAINT snapshot_text_is_normal;
DROP TRIGGER snapshot_never_changes ON articles_snapshot;
DROP FUNCTION snapshot_never_changes();
