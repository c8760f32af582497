-- parley: no transaction
-- Serves changes of some kinds, in the order of commits, however many others there are.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "events_by_kind" ON "events" ("organization_id", "kind", "transaction_id", "id");
