-- parley: no transaction
-- The worker finds here the messages past their window that still have search tokens.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "messages_searchable" ON "messages" ("organization_id", "created_at", "id") WHERE "search_vector" IS NOT NULL;
