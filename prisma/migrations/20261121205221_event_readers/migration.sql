-- CreateTable
CREATE TABLE "event_readers" (
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,

    CONSTRAINT "event_readers_pkey" PRIMARY KEY ("organization_id","name")
);

-- AddForeignKey
ALTER TABLE "event_readers" ADD CONSTRAINT "event_readers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
