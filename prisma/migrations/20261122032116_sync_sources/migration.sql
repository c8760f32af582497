-- parley: needs 20261122000000_event_ranges
-- parley: locks organizations
-- CreateTable
CREATE TABLE "sync_sources" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contract" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3),
    "complete_through" TIMESTAMPTZ(3),

    CONSTRAINT "sync_sources_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "sync_conversations" (
    "organization_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "fingerprint" TEXT,
    "read_through" TIMESTAMPTZ(3),
    "walk_top" TIMESTAMPTZ(3),
    "next_page" TEXT,

    CONSTRAINT "sync_conversations_pkey" PRIMARY KEY ("organization_id","source_id","external_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sync_sources_organization_id_contract_base_url_key" ON "sync_sources"("organization_id", "contract", "base_url");

-- AddForeignKey
ALTER TABLE "sync_sources" ADD CONSTRAINT "sync_sources_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "sync_conversations" ADD CONSTRAINT "sync_conversations_organization_id_source_id_fkey" FOREIGN KEY ("organization_id", "source_id") REFERENCES "sync_sources"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
