-- parley: no transaction
-- parley: needs 20261122000000_event_ranges
-- Serves an organization's messages by time, and has all columns for counting them per day, channel and direction.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "messages_by_time" ON "messages" ("organization_id", "created_at", "id", "channel", "direction");
