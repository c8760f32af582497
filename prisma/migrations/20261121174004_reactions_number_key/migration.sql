-- parley: no transaction
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "reactions_organization_id_number_key" ON "reactions"("organization_id", "number");
