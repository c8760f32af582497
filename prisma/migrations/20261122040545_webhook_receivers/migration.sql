-- parley: needs 20261122032116_sync_sources
-- parley: locks organizations
-- CreateTable
CREATE TABLE "webhook_receivers" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_receivers_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "received_webhooks" (
    "organization_id" UUID NOT NULL,
    "receiver_id" UUID NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "received_webhooks_pkey" PRIMARY KEY ("organization_id","receiver_id","webhook_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_receivers_id_key" ON "webhook_receivers"("id");

-- CreateIndex
CREATE INDEX "received_webhooks_organization_id_receiver_id_received_at_idx" ON "received_webhooks"("organization_id", "receiver_id", "received_at");

-- AddForeignKey
ALTER TABLE "webhook_receivers" ADD CONSTRAINT "webhook_receivers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "received_webhooks" ADD CONSTRAINT "received_webhooks_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "received_webhooks" ADD CONSTRAINT "received_webhooks_organization_id_receiver_id_fkey" FOREIGN KEY ("organization_id", "receiver_id") REFERENCES "webhook_receivers"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
