-- parley: no transaction
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "attachments_organization_id_number_key" ON "attachments"("organization_id", "number");
