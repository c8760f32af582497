CREATE TYPE "conversation_type" AS ENUM ('PHONE', 'DIRECT', 'GROUP');

CREATE TYPE "participant_kind" AS ENUM ('CONTACT', 'PERSON', 'AGENT', 'ORGANIZATION');

CREATE TYPE "message_kind" AS ENUM ('NORMAL', 'SERVICE');

CREATE TYPE "message_direction" AS ENUM ('INBOUND', 'OUTBOUND');

CREATE TYPE "message_status" AS ENUM ('QUEUED', 'SENDING', 'SENT', 'DELIVERED', 'UNDELIVERED', 'FAILED');

CREATE TYPE "channel" AS ENUM ('SMS', 'MMS', 'IMESSAGE', 'RCS', 'WHATSAPP', 'CHAT');

CREATE TYPE "event_kind" AS ENUM ('MESSAGE_RECORDED', 'MESSAGE_UPDATED', 'MESSAGE_DELETED', 'MESSAGE_REDACTED', 'CONVERSATION_CREATED', 'CONVERSATION_UPDATED', 'RETENTION_CHANGED');

CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "retention_days" INTEGER,
    "redacted_through" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "retention_policies" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "days" INTEGER,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_policies_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "api_keys" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "agents" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agents_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "phone_numbers" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "phone_numbers_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "participants" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "kind" "participant_kind" NOT NULL,
    "external_id" TEXT,
    "contact_number" TEXT,
    "agent_id" UUID,
    "first_name" TEXT,
    "last_name" TEXT,
    "title" TEXT,
    "avatar_url" TEXT,
    "department" TEXT,
    "unit" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "participants_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "consents" (
    "organization_id" UUID NOT NULL,
    "phone_number_id" UUID NOT NULL,
    "contact_number" TEXT NOT NULL,
    "opted_in" BOOLEAN NOT NULL,
    "opted_in_at" TIMESTAMPTZ(3),
    "opted_out_at" TIMESTAMPTZ(3),

    CONSTRAINT "consents_pkey" PRIMARY KEY ("organization_id","phone_number_id","contact_number")
);

CREATE TABLE "conversations" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "type" "conversation_type" NOT NULL,
    "external_id" TEXT,
    "title" TEXT,
    "phone_number_id" UUID,
    "contact_number" TEXT,
    "agent_id" UUID,
    "metadata" JSONB,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "last_message_id" UUID,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "conversation_counts" (
    "organization_id" UUID NOT NULL,
    "type" "conversation_type" NOT NULL,
    "conversations" INTEGER NOT NULL,

    CONSTRAINT "conversation_counts_pkey" PRIMARY KEY ("organization_id","type")
);

CREATE TABLE "conversation_participants" (
    "organization_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_participants_pkey" PRIMARY KEY ("organization_id","conversation_id","participant_id")
);

CREATE TABLE "messages" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "conversation_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "kind" "message_kind" NOT NULL DEFAULT 'NORMAL',
    "direction" "message_direction" NOT NULL,
    "channel" "channel" NOT NULL,
    "status" "message_status",
    "body" TEXT,
    "media_urls" TEXT[],
    "segment_count" INTEGER NOT NULL,
    "reply_to_id" UUID,
    "reply_to_external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "redacted_at" TIMESTAMPTZ(3),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "attachments" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "message_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "url" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "duration" DOUBLE PRECISION,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "reactions" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "message_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "from_number" TEXT,
    "direction" "message_direction" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reactions_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "events" (
    "organization_id" UUID NOT NULL,
    "transaction_id" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "id" BIGSERIAL NOT NULL,
    "kind" "event_kind" NOT NULL,
    "conversation_id" UUID,
    "message_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "events_pkey" PRIMARY KEY ("organization_id","transaction_id","id")
);

CREATE INDEX "retention_policies_organization_id_effective_from_idx" ON "retention_policies"("organization_id", "effective_from");

CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

CREATE UNIQUE INDEX "agents_organization_id_external_id_key" ON "agents"("organization_id", "external_id");

CREATE INDEX "phone_numbers_organization_id_created_at_id_idx" ON "phone_numbers"("organization_id", "created_at", "id");

CREATE UNIQUE INDEX "phone_numbers_organization_id_number_key" ON "phone_numbers"("organization_id", "number");

CREATE UNIQUE INDEX "participants_organization_id_number_key" ON "participants"("organization_id", "number");

CREATE UNIQUE INDEX "participants_organization_id_external_id_key" ON "participants"("organization_id", "external_id");

CREATE UNIQUE INDEX "participants_organization_id_contact_number_key" ON "participants"("organization_id", "contact_number");

CREATE UNIQUE INDEX "participants_organization_id_agent_id_key" ON "participants"("organization_id", "agent_id");

CREATE INDEX "conversations_organization_id_last_message_at_id_idx" ON "conversations"("organization_id", "last_message_at", "id");

CREATE INDEX "conversations_organization_id_type_last_message_at_id_idx" ON "conversations"("organization_id", "type", "last_message_at", "id");

CREATE INDEX "conversations_organization_id_phone_number_id_last_message__idx" ON "conversations"("organization_id", "phone_number_id", "last_message_at", "id");

CREATE INDEX "conversations_organization_id_contact_number_last_message_a_idx" ON "conversations"("organization_id", "contact_number", "last_message_at", "id");

CREATE INDEX "conversations_organization_id_created_at_id_idx" ON "conversations"("organization_id", "created_at", "id");

CREATE UNIQUE INDEX "conversations_organization_id_number_key" ON "conversations"("organization_id", "number");

CREATE UNIQUE INDEX "conversations_organization_id_external_id_key" ON "conversations"("organization_id", "external_id");

CREATE UNIQUE INDEX "conversations_organization_id_phone_number_id_contact_numbe_key" ON "conversations"("organization_id", "phone_number_id", "contact_number");

CREATE INDEX "conversation_participants_organization_id_participant_id_idx" ON "conversation_participants"("organization_id", "participant_id");

CREATE INDEX "messages_organization_id_conversation_id_created_at_id_idx" ON "messages"("organization_id", "conversation_id", "created_at", "id");

CREATE UNIQUE INDEX "messages_organization_id_conversation_id_external_id_key" ON "messages"("organization_id", "conversation_id", "external_id");

CREATE UNIQUE INDEX "messages_organization_id_number_key" ON "messages"("organization_id", "number");

CREATE UNIQUE INDEX "attachments_organization_id_message_id_position_key" ON "attachments"("organization_id", "message_id", "position");

CREATE UNIQUE INDEX "reactions_organization_id_message_id_author_id_type_key" ON "reactions"("organization_id", "message_id", "author_id", "type");

ALTER TABLE "retention_policies" ADD CONSTRAINT "retention_policies_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "agents" ADD CONSTRAINT "agents_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "participants" ADD CONSTRAINT "participants_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "participants" ADD CONSTRAINT "participants_organization_id_agent_id_fkey" FOREIGN KEY ("organization_id", "agent_id") REFERENCES "agents"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "consents" ADD CONSTRAINT "consents_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "consents" ADD CONSTRAINT "consents_organization_id_phone_number_id_fkey" FOREIGN KEY ("organization_id", "phone_number_id") REFERENCES "phone_numbers"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organization_id_phone_number_id_fkey" FOREIGN KEY ("organization_id", "phone_number_id") REFERENCES "phone_numbers"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organization_id_agent_id_fkey" FOREIGN KEY ("organization_id", "agent_id") REFERENCES "agents"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "conversations" ADD CONSTRAINT "conversations_organization_id_last_message_id_fkey" FOREIGN KEY ("organization_id", "last_message_id") REFERENCES "messages"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "conversation_counts" ADD CONSTRAINT "conversation_counts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "conversation_participants" ADD CONSTRAINT "conversation_participants_organization_id_conversation_id_fkey" FOREIGN KEY ("organization_id", "conversation_id") REFERENCES "conversations"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "conversation_participants" ADD CONSTRAINT "conversation_participants_organization_id_participant_id_fkey" FOREIGN KEY ("organization_id", "participant_id") REFERENCES "participants"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_conversation_id_fkey" FOREIGN KEY ("organization_id", "conversation_id") REFERENCES "conversations"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_author_id_fkey" FOREIGN KEY ("organization_id", "author_id") REFERENCES "participants"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_reply_to_id_fkey" FOREIGN KEY ("organization_id", "reply_to_id") REFERENCES "messages"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_message_id_fkey" FOREIGN KEY ("organization_id", "message_id") REFERENCES "messages"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "reactions" ADD CONSTRAINT "reactions_organization_id_message_id_fkey" FOREIGN KEY ("organization_id", "message_id") REFERENCES "messages"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "reactions" ADD CONSTRAINT "reactions_organization_id_author_id_fkey" FOREIGN KEY ("organization_id", "author_id") REFERENCES "participants"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "events" ADD CONSTRAINT "events_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;


-- What Prisma's schema cannot say: wrong data is impossible, not merely unwritten.

ALTER TABLE "organizations"
  ADD CONSTRAINT "organizations_name" CHECK (length("name") BETWEEN 1 AND 200),
  ADD CONSTRAINT "organizations_retention" CHECK ("retention_days" BETWEEN 1 AND 36500);

ALTER TABLE "retention_policies"
  ADD CONSTRAINT "retention_policies_days" CHECK ("days" BETWEEN 1 AND 36500);

ALTER TABLE "api_keys"
  ADD CONSTRAINT "api_keys_name" CHECK (length("name") BETWEEN 1 AND 200),
  ADD CONSTRAINT "api_keys_hash" CHECK (octet_length("hash") = 32),
  ADD CONSTRAINT "api_keys_scopes" CHECK ("scopes" IS NOT NULL AND cardinality("scopes") > 0);

ALTER TABLE "phone_numbers"
  ADD CONSTRAINT "phone_numbers_e164" CHECK ("number" ~ '^\+[0-9]{8,15}$');

-- What names a participant is what its kind says, and nothing else.
ALTER TABLE "participants"
  ADD CONSTRAINT "participants_kind" CHECK (
    ("kind" = 'CONTACT') = ("contact_number" IS NOT NULL)
    AND ("kind" = 'PERSON') = ("external_id" IS NOT NULL)
    AND ("kind" = 'AGENT') = ("agent_id" IS NOT NULL)),
  ADD CONSTRAINT "participants_e164" CHECK ("contact_number" ~ '^\+[0-9]{8,15}$');
CREATE UNIQUE INDEX "participants_organization_itself" ON "participants" ("organization_id") WHERE "kind" = 'ORGANIZATION';

-- Where both answers came at one instant, the refusal holds.
ALTER TABLE "consents"
  ADD CONSTRAINT "consents_e164" CHECK ("contact_number" ~ '^\+[0-9]{8,15}$'),
  ADD CONSTRAINT "consents_latest" CHECK (
    ("opted_in_at" IS NOT NULL OR "opted_out_at" IS NOT NULL)
    AND "opted_in" = ("opted_in_at" IS NOT NULL AND ("opted_out_at" IS NULL OR "opted_in_at" > "opted_out_at")));

ALTER TABLE "conversations"
  ADD CONSTRAINT "conversations_type" CHECK (
    ("type" = 'PHONE') = ("phone_number_id" IS NOT NULL)
    AND ("type" = 'PHONE') = ("contact_number" IS NOT NULL)
    AND ("type" = 'PHONE') = ("external_id" IS NULL)),
  ADD CONSTRAINT "conversations_e164" CHECK ("contact_number" ~ '^\+[0-9]{8,15}$'),
  ADD CONSTRAINT "conversations_metadata" CHECK (jsonb_typeof("metadata") = 'object'),
  ADD CONSTRAINT "conversations_count" CHECK ("message_count" >= 0);

ALTER TABLE "conversation_counts"
  ADD CONSTRAINT "conversation_counts_count" CHECK ("conversations" >= 0);

ALTER TABLE "messages"
  ADD CONSTRAINT "messages_external_id" CHECK (length("external_id") BETWEEN 1 AND 200),
  ADD CONSTRAINT "messages_status" CHECK (("direction" = 'OUTBOUND') = ("status" IS NOT NULL)),
  ADD CONSTRAINT "messages_body" CHECK (length("body") <= 10000),
  ADD CONSTRAINT "messages_media" CHECK ("media_urls" IS NOT NULL),
  ADD CONSTRAINT "messages_segments" CHECK ("segment_count" >= 1),
  ADD CONSTRAINT "messages_redacted" CHECK ("redacted_at" IS NULL OR ("body" IS NULL AND cardinality("media_urls") = 0)),
  ADD CONSTRAINT "messages_no_reply_to_itself" CHECK ("reply_to_id" <> "id");
CREATE INDEX "messages_waiting_replies" ON "messages" ("organization_id", "reply_to_external_id") WHERE "reply_to_external_id" IS NOT NULL;

ALTER TABLE "attachments"
  ADD CONSTRAINT "attachments_sizes" CHECK ("size" >= 0 AND "width" > 0 AND "height" > 0 AND "duration" >= 0 AND "position" >= 0);

ALTER TABLE "reactions"
  ADD CONSTRAINT "reactions_type" CHECK (length("type") BETWEEN 1 AND 100),
  ADD CONSTRAINT "reactions_e164" CHECK ("from_number" ~ '^\+[0-9]{8,15}$');

-- The one place that redacts. `redacted_at` and blank content compare with the policy in force and with `redacted_through`;
-- the history is asked only for the instant of a row that is gone: the first at which one of its policies put the message past its window.
CREATE VIEW "visible_messages" AS
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
       END AS "redacted_at"
FROM "messages" m
JOIN "organizations" o ON o."id" = m."organization_id"
CROSS JOIN LATERAL (SELECT m."created_at" <= greatest(o."redacted_through", now() - o."retention_days" * interval '24 hours') AS "is") past
CROSS JOIN LATERAL (SELECT past."is" OR m."redacted_at" IS NOT NULL OR m."deleted_at" IS NOT NULL AS "is") blank;

CREATE VIEW "visible_attachments" AS
SELECT a."organization_id", a."id", a."number", a."message_id", a."position", a."name", a."mime", a."size", a."url", a."width", a."height", a."duration"
FROM "attachments" a
JOIN "visible_messages" m ON m."organization_id" = a."organization_id" AND m."id" = a."message_id"
WHERE m."redacted_at" IS NULL AND m."deleted_at" IS NULL;
