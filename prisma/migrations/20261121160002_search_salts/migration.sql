-- The beginning of every search token of an organization: the same length for all, random, and never shown. `search_salted_at` is null while messages of
-- the organization wait for salted tokens; organizations created from now on have none that wait.
ALTER TABLE "organizations"
  ADD COLUMN "search_salt" TEXT NOT NULL DEFAULT substr(replace(gen_random_uuid()::text, '-', ''), 1, 12),
  ADD COLUMN "search_salted_at" TIMESTAMPTZ(3);
ALTER TABLE "organizations" ALTER COLUMN "search_salted_at" SET DEFAULT CURRENT_TIMESTAMP;

CREATE UNIQUE INDEX "organizations_search_salt_key" ON "organizations"("search_salt");
