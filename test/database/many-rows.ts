// An organization in which a bad plan shows, written by SQL in no order, without triggers and checks: 20,000 conversations of one message, one of 20,000 messages, and their events.
import type { Database } from '../../src/database/database.ts';

export const conversations = 20_001;
/** Messages of the large conversation. */
export const large = 20_000;

/** One row for each conversation, numbered from 0: number 0 is the large one. */
const conversationRows = `insert into conversations (organization_id, id, number, type, phone_number_id, contact_number, agent_id, message_count, unread_count,
    last_message_id, last_message_at, created_at, archived_at)
  select o.id, uuid_at(o.id, 'conversation', n), n + 1, 'PHONE', uuid_at(o.id, 'phone', n % 3), '+1' || (2000000000 + n), null,
    case n when 0 then ${large} else 1 end, n % 2, uuid_at(o.id, 'message', n), instant(n), instant(n), case when n % 100 = 1 then instant(n) end
  from target o, generate_series(0, ${conversations - 1}) n order by md5(n::text)`;

/** Messages 0 to 20,000 begin their conversations; the later ones belong to the large one. */
const messageRows = `insert into messages (organization_id, id, number, conversation_id, external_id, author_id, direction, channel, status, body, media_urls,
    segment_count, created_at, created_at_rank, phone_number_id)
  select o.id, uuid_at(o.id, 'message', n), n + 1, uuid_at(o.id, 'conversation', at), 'message ' || n, uuid_at(o.id, 'author', 0),
    case n % 2 when 0 then 'INBOUND' else 'OUTBOUND' end::message_direction, 'SMS', case n % 2 when 1 then 'DELIVERED' end::message_status,
    'The body of message ' || n, '{}', 1, instant(n), 0, uuid_at(o.id, 'phone', at % 3)
  from target o, generate_series(0, ${conversations + large - 2}) n, lateral (select case when n < ${conversations} then n else 0 end as at) place order by md5(n::text)`;

const eventRows = `insert into events (organization_id, transaction_id, id, kind, conversation_id, message_id, occurred_at)
  select o.id, 1 + n / 10, n, 'MESSAGE_RECORDED', m.conversation_id, m.id, m.created_at
  from target o join messages m on m.organization_id = o.id, lateral (select m.number as n) place`;

/** Fills an empty organization. */
export async function writeManyRows(database: Database, organizationId: string): Promise<void> {
  await database.session((session) =>
    session.transaction((tx) =>
      tx.script(`set local session_replication_role = replica;
        create temporary table target on commit drop as select '${organizationId}'::uuid as id;
        create function pg_temp.uuid_at(uuid, text, bigint) returns uuid immutable return md5($1 || $2 || $3)::uuid;
        create function pg_temp.instant(bigint) returns timestamptz immutable return to_timestamp(1700000000 + $1);
        insert into participants (organization_id, id, number, kind, external_id) select o.id, pg_temp.uuid_at(o.id, 'author', 0), 900000, 'PERSON', 'author' from target o;
        insert into phone_numbers (organization_id, id, number) select o.id, pg_temp.uuid_at(o.id, 'phone', n), '+1999000000' || n from target o, generate_series(0, 2) n;
        insert into api_keys (organization_id, id, name, hash, hint, scopes)
          select o.id, pg_temp.uuid_at(o.id, 'key', n), 'key', sha256(('key ' || n)::bytea), 'hint', '{conversations:read}' from target o, generate_series(0, 1000) n;
        insert into conversation_counts (organization_id, type, conversations) select o.id, 'PHONE', ${conversations} from target o;
        ${[conversationRows, messageRows, eventRows].join(';').replaceAll(/(uuid_at|instant)\(/g, 'pg_temp.$1(')}`),
    ),
  );
  await database.session((session) => session.query({ label: 'test_analyze', text: 'vacuum analyze', replanned: true }));
}
