-- Every function keeps this search path, whoever calls it. Without it a session's temporary table, which PostgreSQL looks for
-- first of all, would stand in for a table of the record.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);

-- How names sound, roughly, in Latin letters, a line for each: «Токаев», «Токаеў» and “Tokayev” are all “takaev”. Letters that
-- one of the three languages writes where another writes a second one are one: о and а, э and е and я, г and х, д and дз.
CREATE FUNCTION name_sound(one text, other text DEFAULT '', third text DEFAULT '') RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    sound text := lower(one || E'\n' || other || E'\n' || third);
BEGIN
    sound := translate(sound, 'ąáàâäãåāăčçćęéèêëėēěíìîïįīıłľļńñňņóòôöøőōõśšșşțţťúùûüųűūýÿžżźďřŕğģķ',
                              'aaaaaaaaaccceeeeeeeeiiiiiiilllnnnnoooooooosssstttuuuuuuuyyzzzdrrggk');
    sound := regexp_replace(sound, 'shch|sch|sh', 's', 'g');
    sound := regexp_replace(sound, 'zh|dj|дж', 'j', 'g');
    sound := regexp_replace(sound, 'dz|дз', 'd', 'g');
    sound := regexp_replace(sound, 'tch|ch|ts|tz', 't', 'g');
    sound := replace(replace(replace(replace(sound, 'kh', 'h'), 'ph', 'f'), 'ck', 'k'), 'x', 'ks');
    sound := replace(regexp_replace(sound, '[iy][aeo]', 'e', 'g'), 'yu', 'u');
    -- The signs at the end of the first list, to which none of the second answers, are left out.
    sound := translate(sound, 'абвгґдеёєжзийіїклмнопрстуўфхцчшщыэюяcgoqwyъь''’ʼ‘`',
                              'abvhhdeeejziiiiklmnaprstuvfhttssieuekhakvi');
    sound := regexp_replace(sound, '([b-df-hj-np-tv-xz])\1+', '\1', 'g');
    RETURN regexp_replace(sound, '[^a-z0-9\n]+', ' ', 'g');
END
$$;

-- Both indexes serve the question which names sound like one that is being entered.
CREATE INDEX person_by_sound ON people_person USING gin (name_sound(name_ru, name_be, name_en) gin_trgm_ops);
CREATE INDEX person_name_by_sound ON people_personname USING gin (name_sound(text) gin_trgm_ops);
-- undo
DROP INDEX person_name_by_sound;
DROP INDEX person_by_sound;
DROP FUNCTION name_sound(text, text, text);
