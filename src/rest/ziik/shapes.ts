// What answers have, key for key, in the order of the documents.
import { z } from 'zod';
import { contactAddressRule } from '../../values/contact-address.ts';

/** Seconds since 1970. */
const time = z.int();
const id = z.int();

const workplace = z.strictObject({ id, name: z.string() }).nullable();

const author = z
  .strictObject({
    id,
    first_name: z.string(),
    last_name: z.string(),
    name: z.string().meta({
      description: `The full name. An unnamed contact is called by its address: ${contactAddressRule}.`,
    }),
    title: z.string(),
    active: z.boolean(),
    avatar: z.strictObject({ url: z.string() }).nullable(),
    archived_at: time.nullable(),
    participant_type: z.string(),
    subtext: z.string(),
    department: workplace,
    unit: workplace,
  })
  .meta({ id: 'Author' });

export const file = z
  .strictObject({
    id,
    name: z.string(),
    mime: z.string(),
    size: z.int(),
    type: z.enum(['file', 'image', 'video', 'audio']),
    extension: z.string(),
    uploaded: z.literal(true),
    processing: z.literal(false),
    height: z.int().nullable(),
    width: z.int().nullable(),
    source: z.string(),
    stream: z.null(),
    versions: z.strictObject({}),
    screenshot: z.null(),
    date: time,
    created_at: time,
    updated_at: time,
    created_formatted: z.string(),
    updated_formatted: z.string(),
  })
  .meta({ id: 'File' });

const head = { id, type: z.enum(['normal', 'service']), conversationId: id, is_reply: z.boolean() };

const body = {
  deleted: z.boolean(),
  message: z.string(),
  date: time,
  edited_at: time.nullable(),
  reactions: z.array(z.strictObject({ id, type: z.string(), author: z.strictObject({ id, name: z.string() }), created_at: time })),
  author,
  files: z.array(file),
  voice: z.strictObject({ id, processing: z.literal(false), extension: z.string(), duration: z.number(), url: z.string() }).nullable(),
};

const message = z
  .strictObject({
    ...head,
    parent: z.strictObject({ ...head, parent: z.null(), ...body }).nullable(),
    ...body,
  })
  .meta({ id: 'Message' });

export const messagePage = z.strictObject({
  data: z.array(message),
  meta: z.strictObject({ next_cursor: z.string().nullable(), prev_cursor: z.string().nullable() }),
});

export const conversation = z
  .strictObject({
    id,
    type: z.enum(['direct', 'group']),
    title: z.string().meta({ description: 'The title. A phone conversation is called by its contact, as `Author.name` is.' }),
    created_at: time,
    updated_at: time,
    latest_message: message.nullable(),
    mute_rule: z.null(),
    unread_message_count: z.int(),
    participants: z.array(author),
    publish: z.strictObject({ created_at: time, updated_at: time }),
    archived_at: time.nullable(),
  })
  .meta({ id: 'Conversation' });

export const conversationPage = z.strictObject({
  data: z.array(conversation),
  links: z.strictObject({ first: z.string(), last: z.string(), prev: z.string().nullable(), next: z.string().nullable() }),
  meta: z.strictObject({
    current_page: z.int(),
    from: z.int().nullable(),
    last_page: z.int(),
    path: z.string(),
    per_page: z.int(),
    to: z.int().nullable(),
    total: z.int(),
  }),
});

export const failure = z
  .strictObject({ error: z.strictObject({ code: z.string(), message: z.string(), is_ziik_error: z.literal(true) }) })
  .meta({ id: 'Failure' });
