-- The instant through which an organization's content is redacted, by its window and by what earlier windows redacted; `-infinity` where nothing is.
-- A search compares with it once per statement. The view of messages and the worker that clears search tokens use the same rule.
CREATE VIEW "retention_cutoffs" AS
SELECT "id" AS "organization_id", coalesce(greatest("redacted_through", now() - "retention_days" * interval '24 hours'), '-infinity') AS "through"
FROM "organizations";

-- The same columns; only the cutoff now comes from its own view.
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
JOIN "retention_cutoffs" c ON c."organization_id" = m."organization_id"
CROSS JOIN LATERAL (SELECT m."created_at" <= c."through" AS "is") past
CROSS JOIN LATERAL (SELECT past."is" OR m."redacted_at" IS NOT NULL OR m."deleted_at" IS NOT NULL AS "is") blank;
