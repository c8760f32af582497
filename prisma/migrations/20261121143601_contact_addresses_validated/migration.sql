-- Reads the rows that existed before the last migration. Readers and writers go on meanwhile.
ALTER TABLE "phone_numbers" VALIDATE CONSTRAINT "phone_numbers_number";
ALTER TABLE "conversations" VALIDATE CONSTRAINT "conversations_contact_address";
ALTER TABLE "participants" VALIDATE CONSTRAINT "participants_contact_address";
ALTER TABLE "reactions" VALIDATE CONSTRAINT "reactions_contact_address";
ALTER TABLE "consents" VALIDATE CONSTRAINT "consents_contact_address";
