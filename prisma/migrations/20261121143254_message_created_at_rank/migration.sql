-- The rank that tells messages of one phone number and one instant apart. Existing messages get theirs in the order of their ids.
ALTER TABLE "messages" ADD COLUMN "created_at_rank" INTEGER NOT NULL DEFAULT 0;

UPDATE "messages" m SET "created_at_rank" = ranked."rank"
FROM (
  SELECT "organization_id", "id", row_number() OVER (PARTITION BY "organization_id", "phone_number_id", "created_at" ORDER BY "id") - 1 AS "rank"
  FROM "messages" WHERE "phone_number_id" IS NOT NULL) ranked
WHERE ranked."rank" > 0 AND m."organization_id" = ranked."organization_id" AND m."id" = ranked."id";

-- A rank that the writer leaves out follows the message's number. The previous release leaves out every rank, and numbers messages in the order of their ids.
-- No release that ranks ever comes to 1,000,000,000.
ALTER TABLE "messages" ALTER COLUMN "created_at_rank" DROP DEFAULT;
CREATE FUNCTION "rank_by_number"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."created_at_rank" := CASE WHEN NEW."phone_number_id" IS NULL THEN 0 ELSE 1000000000 + NEW."number" % 1147483648 END;
  RETURN NEW;
END
$$;
CREATE TRIGGER "messages_rank_by_number" BEFORE INSERT ON "messages" FOR EACH ROW WHEN (NEW."created_at_rank" IS NULL) EXECUTE FUNCTION "rank_by_number"();

-- Unchanged, and one column more.
CREATE OR REPLACE VIEW "visible_messages" AS
SELECT m."organization_id", m."id", m."number", m."conversation_id", m."external_id", m."author_id", m."kind", m."direction", m."channel", m."status",
       CASE WHEN blank."is" THEN NULL ELSE m."body" END AS "body",
       CASE WHEN blank."is" THEN '{}' ELSE m."media_urls" END AS "media_urls",
       m."segment_count", m."reply_to_id", m."reply_to_external_id", m."created_at", m."edited_at", m."deleted_at",
       CASE
         WHEN m."redacted_at" IS NOT NULL THEN m."redacted_at"
         WHEN past."is" THEN (
           SELECT min(greatest(p."effective_from", m."created_at" + p."days" * interval '24 hours'))
           FROM (SELECT "days", "effective_from", lead("effective_from", 1, greatest(now(), "effective_from")) OVER (ORDER BY "effective_from", "id") AS "until"
                 FROM "retention_policies" WHERE "organization_id" = m."organization_id") p
           WHERE greatest(p."effective_from", m."created_at" + p."days" * interval '24 hours') <= p."until" AND p."days" IS NOT NULL)::timestamptz(3)
       END AS "redacted_at",
       m."phone_number_id", m."search_vector", m."created_at_rank"
FROM "messages" m
JOIN "organizations" o ON o."id" = m."organization_id"
CROSS JOIN LATERAL (SELECT m."created_at" <= greatest(o."redacted_through", now() - o."retention_days" * interval '24 hours') AS "is") past
CROSS JOIN LATERAL (SELECT past."is" OR m."redacted_at" IS NOT NULL OR m."deleted_at" IS NOT NULL AS "is") blank;
