import { builder } from '../../../graphql/schema/builder.ts';
import { existing } from '../../../graphql/schema/existing.ts';
import { Organization } from '../../organization/schema/node.ts';
import { unreadOfOrganization, unreadSummedAtMost } from '../store/rows.ts';

builder.objectField(Organization, 'unreadMessageCount', (t) =>
  t.int({
    // Nullable: a key without the scope still sees the rest of the organization.
    nullable: true,
    description: `The sum of \`Conversation.unreadCount\` over all conversations, archived ones included. Exact while at most ${unreadSummedAtMost.toLocaleString('en')} conversations have unread messages; of more, the sum over those with the latest messages, so at least so many are unread. Null only with an error. Scope: conversations:read.`,
    authScopes: { scope: 'conversations:read' },
    resolve: async ({ id }, _args, { loaders }) => existing(await loaders.row(unreadOfOrganization, id)).unreadMessageCount,
  }),
);
