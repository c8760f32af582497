-- parley: no transaction
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "units_organization_id_number_key" ON "units"("organization_id", "number");
