-- parley: no transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS "messages_search_tokens" ON "messages" USING GIN ("search_tokens") WHERE "search_tokens" IS NOT NULL;
