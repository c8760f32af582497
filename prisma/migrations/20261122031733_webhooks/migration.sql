-- parley: needs 20261122000000_event_ranges
-- parley: locks agents, organizations
-- CreateEnum
CREATE TYPE "webhook_disabled_reason" AS ENUM ('REQUESTED', 'FAILING', 'GONE');

-- CreateEnum
CREATE TYPE "webhook_event_kind" AS ENUM ('MESSAGE', 'REACTION', 'TEST');

-- CreateEnum
CREATE TYPE "webhook_delivery_status" AS ENUM ('PENDING', 'DELIVERED', 'FAILED', 'WITHDRAWN');

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agent_id" UUID,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "secret_hint" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_secret_until" TIMESTAMPTZ(3),
    "context_limit" INTEGER NOT NULL,
    "timeout_seconds" INTEGER NOT NULL,
    "disabled_reason" "webhook_disabled_reason",
    "disabled_at" TIMESTAMPTZ(3),
    "failures_in_a_row" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "endpoint_id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "kind" "webhook_event_kind" NOT NULL,
    "agent_id" UUID,
    "conversation_id" UUID,
    "message_id" UUID,
    "reaction_id" UUID,
    "status" "webhook_delivery_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "http_status" INTEGER,
    "duration_ms" INTEGER,
    "response_bytes" INTEGER,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_endpoints_organization_id_agent_id_key" ON "webhook_endpoints"("organization_id", "agent_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_organization_id_created_at_id_idx" ON "webhook_deliveries"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_organization_id_endpoint_id_created_at_i_idx" ON "webhook_deliveries"("organization_id", "endpoint_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_organization_id_agent_id_fkey" FOREIGN KEY ("organization_id", "agent_id") REFERENCES "agents"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_organization_id_endpoint_id_fkey" FOREIGN KEY ("organization_id", "endpoint_id") REFERENCES "webhook_endpoints"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- One endpoint of the organization itself.
CREATE UNIQUE INDEX "webhook_endpoints_of_organization" ON "webhook_endpoints" ("organization_id") WHERE "agent_id" IS NULL;

-- The deliveries that are due.
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" ("organization_id", "endpoint_id", "next_attempt_at", "sequence") WHERE "next_attempt_at" IS NOT NULL;

-- The pending deliveries of a conversation, in their order.
CREATE INDEX "webhook_deliveries_in_order" ON "webhook_deliveries" ("organization_id", "endpoint_id", "conversation_id", "sequence") WHERE "status" = 'PENDING';

-- Each message and each reaction is delivered once to an endpoint.
CREATE UNIQUE INDEX "webhook_deliveries_of_messages" ON "webhook_deliveries" ("organization_id", "endpoint_id", "message_id") WHERE "kind" = 'MESSAGE';
CREATE UNIQUE INDEX "webhook_deliveries_of_reactions" ON "webhook_deliveries" ("organization_id", "endpoint_id", "reaction_id") WHERE "kind" = 'REACTION';

ALTER TABLE "webhook_endpoints"
  ADD CONSTRAINT "webhook_endpoints_context_limit_check" CHECK ("context_limit" BETWEEN 0 AND 50),
  ADD CONSTRAINT "webhook_endpoints_timeout_check" CHECK ("timeout_seconds" BETWEEN 5 AND 120),
  ADD CONSTRAINT "webhook_endpoints_previous_secret_check" CHECK (("previous_secret" IS NULL) = ("previous_secret_until" IS NULL)),
  ADD CONSTRAINT "webhook_endpoints_disabled_check" CHECK (("disabled_reason" IS NULL) = ("disabled_at" IS NULL)),
  ADD CONSTRAINT "webhook_endpoints_failures_check" CHECK (("failures_in_a_row" = 0) = ("failing_since" IS NULL));

-- `error` is a word, so that it cannot hold content.
ALTER TABLE "webhook_deliveries"
  ADD CONSTRAINT "webhook_deliveries_kind_check" CHECK (("message_id" IS NOT NULL AND "conversation_id" IS NOT NULL) = ("kind" <> 'TEST')),
  ADD CONSTRAINT "webhook_deliveries_reaction_check" CHECK (("reaction_id" IS NOT NULL) = ("kind" = 'REACTION')),
  ADD CONSTRAINT "webhook_deliveries_ended_check" CHECK ("status" = 'PENDING' OR "next_attempt_at" IS NULL),
  ADD CONSTRAINT "webhook_deliveries_error_check" CHECK ("error" ~ '^[a-z][a-z_]{0,39}$');
