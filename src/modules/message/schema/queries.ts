import { maxCountedText } from '../../../database/count.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { selects } from '../../../graphql/schema/connection.ts';
import { readSearch } from '../search/search.ts';
import { MessageFilterInput, MessageOrderInput } from './list-inputs.ts';
import { Message, MessageConnection } from './ref.ts';
import { resolveSearch } from './search.ts';

builder.queryField('searchMessages', (t) =>
  t.connection(
    {
      type: Message,
      description: `Full-text search in the messages of all conversations, newest first unless \`orderBy\` is given. \`Message.highlights\` has the parts of a body that match. \`totalCount\` counts up to ${maxCountedText}.`,
      authScopes: { scope: 'conversations:read' },
      extensions: { needs: [] },
      args: {
        query: t.arg.string({ required: true, description: 'The text to search for, as described at `MessageFilter.query`.' }),
        filter: t.arg({ type: MessageFilterInput, description: 'A filter that the messages must also match. Null: no filter.' }),
        orderBy: t.arg({ type: MessageOrderInput, description: 'The order of the list. Null: by CREATED_AT, descending.' }),
      },
      resolve: (_parent, { query, filter, orderBy, ...args }, context, info) => {
        const { organizationId, searchSalt } = viewerOf(context);
        const search = readSearch({ query, filter, searchSalt }, orderBy?.direction !== 'ASC');
        return resolveSearch(context, organizationId, search, args, selects(info, 'totalCount'));
      },
    },
    MessageConnection,
  ),
);
