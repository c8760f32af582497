-- parley: no transaction
-- The sequences of the organizations that exist already begin after their greatest numbers. Each is committed alone: PostgreSQL's table of locks would not hold
-- thousands of new sequences. Numbers above 10^12 are the previous release's.
DO $$
DECLARE
  organization uuid;
  greatest_number bigint;
BEGIN
  FOR organization IN SELECT "id" FROM "organizations" ORDER BY "id" LOOP
    CONTINUE WHEN to_regclass("numbers_of"(organization)) IS NOT NULL;
    SELECT coalesce(max(t."number"), 0) INTO greatest_number FROM (
      SELECT max("number") AS "number" FROM "conversations" WHERE "organization_id" = organization AND "number" < 1000000000000
      UNION ALL SELECT max("number") FROM "departments" WHERE "organization_id" = organization AND "number" < 1000000000000
      UNION ALL SELECT max("number") FROM "units" WHERE "organization_id" = organization AND "number" < 1000000000000
      UNION ALL SELECT max("number") FROM "participants" WHERE "organization_id" = organization AND "number" < 1000000000000
      UNION ALL SELECT max("number") FROM "messages" WHERE "organization_id" = organization AND "number" < 1000000000000
      UNION ALL SELECT max("number") FROM "attachments" WHERE "organization_id" = organization AND "number" < 1000000000000
      UNION ALL SELECT max("number") FROM "reactions" WHERE "organization_id" = organization AND "number" < 1000000000000) t;
    EXECUTE format('CREATE SEQUENCE %I START WITH %s', "numbers_of"(organization), greatest_number + 1);
    COMMIT;
  END LOOP;
END;
$$;
