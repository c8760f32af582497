import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection } from '../../../graphql/schema/connection.ts';
import { selects } from '../../../graphql/schema/selection.ts';
import { viewerOf } from '../../../graphql/schema/viewer.ts';
import { messageListing } from '../store/listing.ts';
import { messagesOfOrganization } from '../store/rows.ts';
import { MessageFilterInput, MessageOrderInput } from './list-inputs.ts';
import { Message, MessageConnection } from './ref.ts';

builder.queryField('searchMessages', (t) =>
  t.connection(
    {
      type: Message,
      description:
        'The messages whose body has what is searched for (see `MessageFilter.query`), of all conversations, the newest first unless ordered otherwise. `Message.highlights` gives the parts of a body that match. `totalCount` counts up to 10,000. Scope: conversations:read.',
      authScopes: { scope: 'conversations:read' },
      args: {
        query: t.arg.string({ required: true, description: 'What is searched for, as in `MessageFilter.query`.' }),
        filter: t.arg({ type: MessageFilterInput, description: 'Only those that fit this, too.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'Another order than the newest first.' }),
      },
      resolve: (_parent, { query, filter, orderBy, ...args }, context, info) => {
        const { organizationId, searchSalt } = viewerOf(context);
        const listing = messageListing(
          messagesOfOrganization,
          { query, filter, searchSalt },
          orderBy?.direction !== 'ASC',
          selects(info, 'totalCount'),
        );
        return resolveConnection(context, listing, args, organizationId);
      },
    },
    MessageConnection,
  ),
);
