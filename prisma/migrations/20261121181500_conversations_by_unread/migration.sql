-- parley: no transaction
-- Serves the list of conversations with the unread ones first, and the sum of unread messages, for which it holds the counts.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "conversations_by_unread" ON "conversations" ("organization_id", ("unread_count" > 0), "last_message_at", "id") INCLUDE ("unread_count");
