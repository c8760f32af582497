-- parley: no transaction
-- Serves the list of all participants, in the order of their creation.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "participants_organization_id_created_at_id_idx" ON "participants" ("organization_id", "created_at", "id");
