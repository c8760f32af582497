import { builder } from '../../../graphql/schema/builder.ts';
import { Organization } from '../../organization/schema/ref.ts';
import { unreadOfOrganization, unreadSummedAtMost } from '../store/rows.ts';

builder.objectField(Organization, 'unreadMessageCount', (t) =>
  t.int({
    // Nullable: a key without the scope still sees the rest of the organization.
    nullable: true,
    description: `The sum of \`Conversation.unreadCount\` over all conversations, including archived ones. It is exact if at most ${unreadSummedAtMost.toLocaleString('en')} conversations have unread messages; of more, those with the latest messages are summed, so the number is a lower bound. Null only together with an error.`,
    authScopes: { scope: 'conversations:read' },
    resolve: async ({ id }, _args, { loaders }) => (await loaders.existing(unreadOfOrganization, id)).unreadMessageCount,
  }),
);
