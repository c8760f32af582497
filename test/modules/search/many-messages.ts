import { randomUUID } from 'node:crypto';
import { searchVector } from '../../../src/modules/search/tokens.ts';
import type { Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

export interface Stored {
  id: string;
  body: string;
  createdAt: Date;
  direction: 'INBOUND' | 'OUTBOUND';
}

/** Writes messages with these bodies, oldest first, as copies of an imported one; three have the same time. @returns all of them */
export async function storeMany(parley: ReturnType<typeof useApp>, tenant: Tenant, bodies: readonly string[]): Promise<Stored[]> {
  await parley.importLines(tenant, [phoneLine({ body: '-', createdAt: '2024-01-01T00:00:00Z' })]);
  const stored = bodies.map((body, index) => ({
    id: randomUUID(),
    body,
    createdAt: new Date(Date.UTC(2025, 0, 1) + Math.floor(index / 3) * 1_000),
    direction: index % 2 === 0 ? ('INBOUND' as const) : ('OUTBOUND' as const),
  }));
  for (let from = 0; from < stored.length; from += 10_000) {
    const rows = stored.slice(from, from + 10_000);
    await parley.app.database.query({
      label: 'test_many_messages',
      text: `insert into messages (organization_id, id, conversation_id, external_id, author_id, direction, channel, status, body, media_urls, segment_count,
          created_at, phone_number_id, search_vector)
        select m.organization_id, each.id, m.conversation_id, each.id, m.author_id, each.direction::message_direction, m.channel,
          case each.direction when 'OUTBOUND' then 'SENT'::message_status end, each.body, m.media_urls, m.segment_count, each.time, m.phone_number_id, each.vector::tsvector
        from messages m, unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[]) each(id, body, time, direction, vector)
        where m.organization_id = $1 and m.body = '-'`,
      values: [
        tenant.id,
        rows.map(({ id }) => id),
        rows.map(({ body }) => body),
        rows.map(({ createdAt }) => createdAt.toISOString()),
        rows.map(({ direction }) => direction),
        rows.map(({ body }) => searchVector(body)),
      ],
      replanned: true,
    });
  }
  return stored;
}
