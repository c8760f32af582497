/** A statement over the organization ($1) and, where a request names one, a conversation ($2); and what is made of its rows. */
interface Answer {
  text: string;
  present(rows: Record<string, unknown>[]): unknown;
}

/** A page of 50 of a conversation's messages, and one more to know whether the list goes on. */
const messages = (columns: string, direction: 'asc' | 'desc') =>
  `select ${columns} from visible_messages m where m.organization_id = $1 and m.conversation_id = $2
    order by m.created_at ${direction}, m.id ${direction} limit 51`;

const page = (rows: Record<string, unknown>[]) => ({ hasNext: rows.length > 50, items: rows.slice(0, 50) });

function conversations(rows: Record<string, unknown>[]) {
  const found: { messages: object[] }[] = [];
  for (const { place, id, contactNumber, at, phoneNumberId, e164, optedIn, optedInAt, body, isMessage } of rows) {
    const index = Number(place) - 1;
    if (isMessage) found[index]?.messages.push({ id, body, createdAt: at });
    else {
      const consent = optedIn === null ? null : { optedIn, optedInAt };
      found[index] = { id, contactNumber, lastMessageAt: at, phoneNumber: { id: phoneNumberId, e164 }, consent, messages: [] } as {
        messages: object[];
      };
    }
  }
  return found;
}

/** Each request's path → what it answers. */
export const answers: Record<string, Answer> = {
  '/s1': {
    text: messages(
      `m.id, m.number::int, m.external_id as "externalId", m.direction, m.channel, m.status, m.body, m.segment_count as "segmentCount",
      m.created_at as "createdAt", extract(epoch from m.created_at) || ' ' || m.id as cursor`,
      'desc',
    ),
    present: page,
  },
  '/s2': {
    // Rows of conversations, then rows of their messages, so that none repeats what another says.
    text: `with page as materialized (
        select row_number() over (order by last_message_at desc, id desc)::int as place, id, contact_number, last_message_at, phone_number_id
        from conversations where organization_id = $1 order by last_message_at desc, id desc limit 50)
      select p.place, p.id, p.contact_number as "contactNumber", p.last_message_at as at, n.id as "phoneNumberId", n.number as e164,
        s.opted_in as "optedIn", s.opted_in_at as "optedInAt", null as body, false as "isMessage"
      from page p
      left join phone_numbers n on n.organization_id = $1 and n.id = p.phone_number_id
      left join consents s on s.organization_id = $1 and s.phone_number_id = p.phone_number_id and s.contact_number = p.contact_number
      union all
      select p.place, m.id, null, m.created_at, null, null, null, null, m.body, true
      from page p
      cross join lateral (select m.id, m.body, m.created_at from visible_messages m where m.organization_id = $1 and m.conversation_id = p.id
        order by m.created_at desc, m.id desc limit 20) m`,
    present: conversations,
  },
  '/s3': {
    text: messages(
      `m.id, m.direction, m.body, m.media_urls, m.channel, m.segment_count, m.status, m.created_at, m.redacted_at, m.deleted_at,
      (select c.message_count from conversations c where c.organization_id = $1 and c.id = $2) as total,
      (select c.contact_number from conversations c where c.organization_id = $1 and c.id = $2) as contact_number,
      (select c.phone_number_id from conversations c where c.organization_id = $1 and c.id = $2) as phone_number_id,
      (select n.number from conversations c join phone_numbers n on n.organization_id = $1 and n.id = c.phone_number_id
        where c.organization_id = $1 and c.id = $2) as phone_number`,
      'asc',
    ),
    present: (rows) => ({ total: rows[0]?.total, ...page(rows) }),
  },
  '/s4': {
    text: `select c.id, c.phone_number_id, n.number as phone_number, c.contact_number, c.last_message_at, m.direction as last_message_direction,
        left(m.body, 160) as last_message_preview, coalesce(m.deleted_at, m.redacted_at) as last_message_body_redacted_at, c.message_count,
        s.opted_in, s.opted_in_at,
        (select k.conversations from conversation_counts k where k.organization_id = $1 and k.type = 'PHONE') as total
      from (select * from conversations where organization_id = $1 and type = 'PHONE' order by last_message_at desc, id desc limit 51) c
      join phone_numbers n on n.organization_id = $1 and n.id = c.phone_number_id
      left join consents s on s.organization_id = $1 and s.phone_number_id = c.phone_number_id and s.contact_number = c.contact_number
      left join visible_messages m on m.organization_id = $1 and m.id = c.last_message_id
      order by c.last_message_at desc, c.id desc`,
    present: (rows) => ({ total: rows[0]?.total, ...page(rows) }),
  },
};
