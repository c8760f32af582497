-- The tokens of `search_vector`, each after the salt of the organization: a search of one organization reads no index entry of another.
ALTER TABLE "messages" ADD COLUMN "search_tokens" tsvector;

CREATE FUNCTION "salted_tokens"("tokens" tsvector, "salt" text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(string_agg('''' || "salt" || t."lexeme" || '''' || coalesce(':' || array_to_string(t."positions", ','), ''), ' '), '')::tsvector
  FROM unnest("tokens") t
$$;

-- The previous release may still write: it knows `search_vector` only, and it keeps the tokens of a deleted message. From now on every row that is written
-- has both columns or neither.
CREATE FUNCTION "set_search_tokens"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."deleted_at" IS NOT NULL THEN
    NEW."search_vector" := NULL;
  END IF;
  -- A change of the status alone names the column, too.
  IF TG_OP = 'UPDATE' THEN
    IF NEW."search_vector" IS NOT DISTINCT FROM OLD."search_vector" AND OLD."search_tokens" IS NOT NULL THEN
      RETURN NEW;
    END IF;
  END IF;
  NEW."search_tokens" := CASE WHEN NEW."search_vector" IS NOT NULL THEN
    "salted_tokens"(NEW."search_vector", (SELECT o."search_salt" FROM "organizations" o WHERE o."id" = NEW."organization_id"))
  END;
  RETURN NEW;
END;
$$;
CREATE TRIGGER "messages_set_search_tokens" BEFORE INSERT OR UPDATE OF "search_vector", "deleted_at" ON "messages"
FOR EACH ROW EXECUTE FUNCTION "set_search_tokens"();

-- Unchanged, and one column more.
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
       m."phone_number_id", m."search_vector", m."created_at_rank", m."search_tokens"
FROM "messages" m
JOIN "retention_cutoffs" c ON c."organization_id" = m."organization_id"
CROSS JOIN LATERAL (SELECT m."created_at" <= c."through" AS "is") past
CROSS JOIN LATERAL (SELECT past."is" OR m."redacted_at" IS NOT NULL OR m."deleted_at" IS NOT NULL AS "is") blank;
