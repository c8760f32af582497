ALTER TABLE "conversations" ADD COLUMN     "background_id" UUID,
ADD COLUMN     "background_url" TEXT,
ADD COLUMN     "background_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "read_through" TIMESTAMPTZ(3),
ADD COLUMN     "unread_count" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "messages" ADD COLUMN     "phone_number_id" UUID,
ADD COLUMN     "search_vector" tsvector,
ADD COLUMN     "search_version" SMALLINT NOT NULL DEFAULT 0;

CREATE TABLE "departments" (
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "number" BIGSERIAL NOT NULL,

    CONSTRAINT "departments_pkey" PRIMARY KEY ("organization_id","name")
);

CREATE TABLE "units" (
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "number" BIGSERIAL NOT NULL,

    CONSTRAINT "units_pkey" PRIMARY KEY ("organization_id","name")
);

-- What is there already, before the keys ask for it.
INSERT INTO "departments" ("organization_id", "name") SELECT DISTINCT "organization_id", "department" FROM "participants" WHERE "department" IS NOT NULL;
INSERT INTO "units" ("organization_id", "name") SELECT DISTINCT "organization_id", "unit" FROM "participants" WHERE "unit" IS NOT NULL;
UPDATE "messages" m SET "phone_number_id" = c."phone_number_id"
FROM "conversations" c WHERE c."organization_id" = m."organization_id" AND c."id" = m."conversation_id" AND c."phone_number_id" IS NOT NULL;
UPDATE "conversations" c SET "unread_count" =
  (SELECT count(*) FROM "messages" m WHERE m."organization_id" = c."organization_id" AND m."conversation_id" = c."id" AND m."direction" = 'INBOUND');

CREATE UNIQUE INDEX "conversations_organization_id_id_phone_number_id_key" ON "conversations"("organization_id", "id", "phone_number_id");

CREATE INDEX "messages_organization_id_phone_number_id_created_at_id_idx" ON "messages"("organization_id", "phone_number_id", "created_at", "id");

CREATE INDEX "messages_organization_id_created_at_id_idx" ON "messages"("organization_id", "created_at", "id");

ALTER TABLE "participants" ADD CONSTRAINT "participants_organization_id_department_fkey" FOREIGN KEY ("organization_id", "department") REFERENCES "departments"("organization_id", "name") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "participants" ADD CONSTRAINT "participants_organization_id_unit_fkey" FOREIGN KEY ("organization_id", "unit") REFERENCES "units"("organization_id", "name") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "departments" ADD CONSTRAINT "departments_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "units" ADD CONSTRAINT "units_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_conversation_id_phone_number_id_fkey" FOREIGN KEY ("organization_id", "conversation_id", "phone_number_id") REFERENCES "conversations"("organization_id", "id", "phone_number_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What Prisma's schema cannot say.

ALTER TABLE "conversations"
  ADD CONSTRAINT "conversations_background" CHECK (("background_id" IS NULL) = ("background_url" IS NULL)),
  ADD CONSTRAINT "conversations_unread" CHECK ("unread_count" BETWEEN 0 AND "message_count");

ALTER TABLE "messages"
  ADD CONSTRAINT "messages_redacted_search" CHECK ("redacted_at" IS NULL OR "search_vector" IS NULL);
CREATE INDEX "messages_search" ON "messages" USING GIN ("search_vector") WHERE "search_vector" IS NOT NULL;

-- As before, and two columns: the search vector is raw, since a blanked one would lose its index; whoever asks it asks for content that is there, too.
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
       m."phone_number_id", m."search_vector"
FROM "messages" m
JOIN "organizations" o ON o."id" = m."organization_id"
CROSS JOIN LATERAL (SELECT m."created_at" <= greatest(o."redacted_through", now() - o."retention_days" * interval '24 hours') AS "is") past
CROSS JOIN LATERAL (SELECT past."is" OR m."redacted_at" IS NOT NULL OR m."deleted_at" IS NOT NULL AS "is") blank;
