-- Each organization gets a sequence of its own, which numbers all of its rows: a number shows nothing of what other organizations write. Unlike a row that counts,
-- a sequence makes no writer wait for another.
CREATE FUNCTION "numbers_of"("organization" uuid) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT 'numbers_' || replace("organization"::text, '-', '')
$$;
CREATE FUNCTION "next_number"("organization" uuid) RETURNS bigint LANGUAGE sql VOLATILE STRICT AS $$
  SELECT nextval("numbers_of"("organization")::regclass)
$$;

-- The previous release may still create organizations.
CREATE FUNCTION "create_numbers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE SEQUENCE %I', "numbers_of"(NEW."id"));
  RETURN NULL;
END;
$$;
CREATE TRIGGER "organizations_create_numbers" AFTER INSERT ON "organizations" FOR EACH ROW EXECUTE FUNCTION "create_numbers"();

-- The previous release may still write: it takes numbers from sequences that all organizations share. They move above 10^12, which no organization's own sequence
-- reaches, so that both releases never give the same number. A multiple of 1147483648 keeps the ranks that are made from these numbers in order.
-- ALTER SEQUENCE waits for the transactions that have taken a number, so that their rows are visible to the next migrations; its order is that of the writers.
DO $$
DECLARE
  shared text;
  taken bigint;
BEGIN
  FOREACH shared IN ARRAY ARRAY['conversations', 'departments', 'units', 'participants', 'messages', 'attachments', 'reactions'] LOOP
    shared := shared || '_number_seq';
    EXECUTE format('ALTER SEQUENCE %I INCREMENT BY 1', shared);
    EXECUTE format('SELECT "last_value" FROM %I', shared) INTO taken;
    EXECUTE format('ALTER SEQUENCE %I RESTART WITH %s', shared, taken + 1 + 1024 * 1147483648::bigint);
  END LOOP;
END;
$$;
