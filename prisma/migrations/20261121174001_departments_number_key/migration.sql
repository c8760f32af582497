-- parley: no transaction
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "departments_organization_id_number_key" ON "departments"("organization_id", "number");
