CREATE TABLE "removed_reactions" (
    "organization_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "removed_reactions_pkey" PRIMARY KEY ("organization_id","message_id","author_id","type")
);

ALTER TABLE "removed_reactions" ADD CONSTRAINT "removed_reactions_organization_id_message_id_fkey" FOREIGN KEY ("organization_id", "message_id") REFERENCES "messages"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "removed_reactions" ADD CONSTRAINT "removed_reactions_organization_id_author_id_fkey" FOREIGN KEY ("organization_id", "author_id") REFERENCES "participants"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
