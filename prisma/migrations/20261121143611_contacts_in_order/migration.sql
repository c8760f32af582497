-- Serves the list of an organization's contacts, in the order of their creation.
CREATE INDEX "participants_organization_id_kind_created_at_id_idx" ON "participants"("organization_id", "kind", "created_at", "id");
