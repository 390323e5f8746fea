-- Rule 1. A snapshot stays what it was; only its body range may move. (That no quote falls outside the body is held by
-- quotes: snapshot_body_keeps_quotes.)
CREATE FUNCTION snapshot_never_changes() RETURNS trigger
LANGUAGE plpgsql AS $$
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

-- Offsets count this text, so it is in the one normal form that `articles.text.normalise` gives.
ALTER TABLE articles_snapshot ADD CONSTRAINT snapshot_text_is_normal
    CHECK (text IS NFC NORMALIZED AND strpos(text, E'\r') = 0);

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
