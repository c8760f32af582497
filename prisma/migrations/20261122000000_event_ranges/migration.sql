-- parley: needs 20261121205221_event_readers
-- parley: locks events
-- A position in the events is the writer's transaction id plus the shift of the current range. A database that was copied (restored, replicated, moved)
-- begins another range after all positions that it or its source can have given out, at a random distance: so no position of another copy is within it.
CREATE TABLE "event_ranges" (
    "begins_at" BIGINT NOT NULL,
    "shift" BIGINT NOT NULL,
    "begun_by" BIGINT NOT NULL,
    "server" TEXT NOT NULL,

    CONSTRAINT "event_ranges_pkey" PRIMARY KEY ("begins_at")
);

-- Names the cluster, its timeline (which a restore to a point in time and a failover change) and the database. Reading them opens a file, so a session keeps
-- the name. 'unknown' if the server does not allow it.
CREATE FUNCTION "event_server"() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  server text := nullif(current_setting('parley.server', true), '');
BEGIN
  IF server IS NOT NULL THEN
    RETURN server;
  END IF;
  IF pg_is_in_recovery() THEN
    RETURN 'unknown';
  END IF;
  BEGIN
    SELECT s.system_identifier || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || '/' || d.oid INTO server
      FROM pg_control_system() s CROSS JOIN pg_database d WHERE d.datname = current_database();
  EXCEPTION WHEN OTHERS THEN
    server := 'unknown';
  END;
  RETURN set_config('parley.server', server, false);
END $$;

-- The range that this server writes to, and the position before which all events can be read. A row that was copied has another writer than it names: then
-- no range is current, the shift is null, and every event can be read. It must read the caller's snapshot, so it is STABLE.
CREATE FUNCTION "event_now"() RETURNS TABLE ("begins_at" bigint, "shift" bigint, "horizon" bigint) LANGUAGE sql STABLE AS $$
  SELECT coalesce(own.begins_at, 9007199254740991), own.shift,
    coalesce(own.shift + pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 9007199254740991)
  FROM (SELECT 1) one LEFT JOIN (
    SELECT r.begins_at, r.shift FROM event_ranges r
    WHERE r.begins_at = (SELECT max(l.begins_at) FROM event_ranges l) AND r.xmin::text::bigint = r.begun_by & 4294967295
      AND (r.server = event_server() OR 'unknown' IN (r.server, event_server()))) own ON true
$$;

-- Begins a range. Writers call it by `event_position`. An operator calls it after a restore that leaves no trace, such as a snapshot of the disk, while no
-- gateway runs.
CREATE FUNCTION "begin_event_range"() RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  last bigint;
  begins bigint;
BEGIN
  LOCK TABLE event_ranges IN SHARE ROW EXCLUSIVE MODE;
  SELECT greatest(0, (SELECT max(r.begins_at) FROM event_ranges r), (SELECT max(o.events_purged_before) FROM organizations o),
      (SELECT max(r.transaction_id) FROM event_readers r),
      (SELECT max(newest.position) FROM organizations o
        CROSS JOIN LATERAL (SELECT max(e.transaction_id) AS position FROM events e WHERE e.organization_id = o.id) newest))
    INTO last;
  -- 2^36 transactions for those that the source went on to write, and a random part of the positions that are left.
  begins := last + 68719476736 + floor(random() * (9007199254740991 - last) / 1024)::bigint;
  -- Every transaction that is running now, or begins later, has a position in the range.
  INSERT INTO event_ranges (begins_at, shift, begun_by, server)
    SELECT begins, begins - pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_xact_id()::text::bigint, event_server();
END $$;

-- The position of the events of the current transaction. The first writer after a copy begins a range.
CREATE FUNCTION "event_position"() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  position bigint;
BEGIN
  SELECT n.shift + pg_current_xact_id()::text::bigint INTO position FROM event_now() n;
  IF position IS NULL THEN
    LOCK TABLE event_ranges IN SHARE ROW EXCLUSIVE MODE;
    -- Another writer may have begun one meanwhile.
    SELECT n.shift + pg_current_xact_id()::text::bigint INTO position FROM event_now() n;
  END IF;
  IF position IS NULL THEN
    PERFORM begin_event_range();
    SELECT n.shift + pg_current_xact_id()::text::bigint INTO position FROM event_now() n;
  END IF;
  RETURN position;
END $$;

-- The range of all events so far, whose positions are transaction ids. In a database that was copied before, it is not the current one.
INSERT INTO "event_ranges" ("begins_at", "shift", "begun_by", "server")
  SELECT 0, 0, CASE WHEN EXISTS (SELECT FROM "events" WHERE "transaction_id" >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint) THEN 0
    ELSE pg_current_xact_id()::text::bigint END, event_server();

-- The previous release writes events with this default, too.
ALTER TABLE "events" ALTER COLUMN "transaction_id" SET DEFAULT event_position();
