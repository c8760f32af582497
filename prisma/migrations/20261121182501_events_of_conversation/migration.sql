-- parley: no transaction
-- Serves the changes of one conversation in the same way.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "events_of_conversation_by_kind" ON "events" ("organization_id", "conversation_id", "kind", "transaction_id", "id");
