-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- A proof is what the database computes, whatever an INSERT says.
CREATE FUNCTION proof_is_computed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.secret := proof_secret();
    NEW.root := (SELECT snapshot_proof(s.text, NEW.secret) FROM articles_snapshot s WHERE s.id = NEW.snapshot_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER proof_is_computed BEFORE INSERT ON articles_proof FOR EACH ROW EXECUTE FUNCTION proof_is_computed();

-- It was published: it never changes, as the text does not.
CREATE TRIGGER proof_never_changes BEFORE UPDATE OR DELETE ON articles_proof
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Each snapshot has one from its first moment.
CREATE FUNCTION snapshot_gets_proof() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO articles_proof (snapshot_id) VALUES (NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER snapshot_gets_proof AFTER INSERT ON articles_snapshot
    FOR EACH ROW EXECUTE FUNCTION snapshot_gets_proof();

INSERT INTO articles_proof (snapshot_id) SELECT id FROM articles_snapshot ORDER BY id;

SELECT keep_history('articles_proof', 'secret');
-- undo
SELECT stop_history('articles_proof');
DROP TRIGGER snapshot_gets_proof ON articles_snapshot;
DROP FUNCTION snapshot_gets_proof();
DROP TRIGGER proof_never_changes ON articles_proof;
DROP TRIGGER proof_is_computed ON articles_proof;
DROP FUNCTION proof_is_computed();
