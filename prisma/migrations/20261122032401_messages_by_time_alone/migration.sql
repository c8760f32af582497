-- parley: needs 20261122000000_event_ranges
-- parley: locks messages
-- "messages_by_time" begins with the same columns.
DROP INDEX "messages_organization_id_created_at_id_idx";
