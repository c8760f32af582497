import { countAll } from '../../../database/count.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { offsetDescription } from '../../../graphql/schema/page-arguments.ts';
import { orderings } from '../../../values/cursor.ts';
import { phoneNumberSource } from '../store/rows.ts';
import { PhoneNumber } from './ref.ts';

builder.queryField('phoneNumbers', (t) =>
  t.connection(
    {
      type: PhoneNumber,
      description: 'The organization’s phone numbers, oldest first.',
      authScopes: { scope: 'conversations:read' },
      extensions: { needs: [] },
      args: { offset: t.arg.int({ description: offsetDescription }) },
      resolve: (_parent, args, context, info) =>
        resolveConnection(
          context,
          {
            source: phoneNumberSource,
            ordering: { mark: orderings.phoneNumberCreatedAt, descending: false },
            time: 'n.created_at',
            where: () => [],
            total: selects(info, 'totalCount') ? countAll : null,
          },
          args,
          viewerOf(context).organizationId,
        ),
    },
    { name: 'PhoneNumberConnection', description: 'A page of phone numbers.' },
    { name: 'PhoneNumberEdge', description: 'A phone number and its cursor.' },
  ),
);
