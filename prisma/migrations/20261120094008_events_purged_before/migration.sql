-- Which positions in the events can no longer be gone on from: those before this transaction.
ALTER TABLE "organizations" ADD COLUMN     "events_purged_before" BIGINT;
