import { builder } from '../../../graphql/schema/builder.ts';
import { attachmentSource, attachmentsOfMessage, maxAttachments } from '../store/rows.ts';
import { Attachment, Message } from './ref.ts';

builder.node(Attachment, {
  description:
    'A file that came with a message. Its id finds nothing once the content of the message is redacted or deleted. Scope: conversations:read.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(attachmentSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    name: t.exposeString('name', { description: 'The file’s name.' }),
    mime: t.exposeString('mime', { description: 'Its media type, as `image/png`.' }),
    size: t.expose('size', { type: 'SafeInt', description: 'Bytes.' }),
    url: t.expose('url', { type: 'URL', description: 'Where it lies.' }),
    width: t.exposeInt('width', { nullable: true, description: 'Pixels; null where it is no picture.' }),
    height: t.exposeInt('height', { nullable: true, description: 'Pixels; null where it is no picture.' }),
    duration: t.exposeFloat('duration', {
      nullable: true,
      description: 'Seconds; an audio file with one is a voice message. Null where it does not play.',
    }),
  }),
});

builder.objectField(Message, 'attachments', (t) =>
  t.field({
    type: [Attachment],
    description: `Its files, in their order, at most ${maxAttachments}; empty once its content is gone.`,
    extensions: { maxItems: maxAttachments },
    resolve: ({ id }, _args, { loaders }) => loaders.rows(attachmentsOfMessage, id),
  }),
);
