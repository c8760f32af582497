import { builder } from '../../../graphql/schema/builder.ts';
import { attachmentSource, attachmentsOfMessage, maxAttachments } from '../store/rows.ts';
import { Attachment, Message } from './ref.ts';

builder.node(Attachment, {
  description: 'A file attached to a message. `node` no longer finds it once the message is redacted or deleted.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.row(attachmentSource, id),
  fields: (t) => ({
    number: t.expose('number', { type: 'SafeInt', description: 'The integer id, unique in the organization.' }),
    name: t.exposeString('name', { description: 'The name of the file.' }),
    mime: t.exposeString('mime', { description: 'The media type, such as `image/png`.' }),
    size: t.expose('size', { type: 'SafeInt', description: 'The size in bytes.' }),
    url: t.expose('url', { type: 'URL', description: 'The URL of the file.' }),
    width: t.exposeInt('width', { nullable: true, description: 'The width of a picture in pixels; null if unknown.' }),
    height: t.exposeInt('height', { nullable: true, description: 'The height of a picture in pixels; null if unknown.' }),
    duration: t.exposeFloat('duration', {
      nullable: true,
      description: 'The duration of audio or video in seconds; null if unknown. An audio file with a duration is a voice message.',
    }),
  }),
});

builder.objectField(Message, 'attachments', (t) =>
  t.field({
    type: [Attachment],
    description: `The attached files in their order, at most ${maxAttachments}. Empty if the message is redacted or deleted.`,
    extensions: { maxItems: maxAttachments, needs: [] },
    resolve: ({ id }, _args, { loaders }) => loaders.rows(attachmentsOfMessage, id),
  }),
);
