-- A contact may be a short code or an alphanumeric sender, and a number may have 7 digits. Each check also accepts what the previous release accepts,
-- such as `+00000000`: that release may still run, and what it stored stays.

-- NOT VALID: no row is read while the tables are locked. The next migration, a transaction of its own, validates the rows and lets readers and writers
-- through meanwhile. The tables are locked in the order in which ingestion uses them, so that the two never wait for each other in a circle.
DO $$
DECLARE
  -- `+` and 7 digits of which the first is 1 to 9, or 8 to 15 digits.
  e164 CONSTANT text := '\+([1-9][0-9]{6}|[0-9]{8,15})';
  short_code CONSTANT text := '[0-9]{3,8}';
  sender CONSTANT text := '(?=.*[A-Za-z])[A-Za-z0-9+_&.-]([A-Za-z0-9 +_&.-]{0,9}[A-Za-z0-9+_&.-])?';
  contact CONSTANT text := format('%s|%s|%s', e164, short_code, sender);
  tables CONSTANT text[] := ARRAY['phone_numbers', 'conversations', 'participants', 'reactions', 'consents'];
  columns CONSTANT text[] := ARRAY['number', 'contact_number', 'contact_number', 'from_number', 'contact_number'];
  name text;
  rule text;
BEGIN
  FOR place IN 1..5 LOOP
    name := tables[place] || CASE WHEN place = 1 THEN '_number' ELSE '_contact_address' END;
    rule := CASE WHEN place = 1 THEN e164 ELSE contact END;
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I, ADD CONSTRAINT %I CHECK (%I ~ %L) NOT VALID',
      tables[place], tables[place] || '_e164', name, columns[place], '^(' || rule || ')$');
  END LOOP;
END
$$;
