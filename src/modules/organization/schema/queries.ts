import { scopes } from '../../../auth/scopes.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';

import { Organization, ownOrganization } from './ref.ts';

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'What the key of this request is and may do.',
  fields: (t) => ({
    organization: t.field({
      type: Organization,
      description: 'Whose key it is.',
      resolve: (_viewer, _args, context) => ownOrganization(context),
    }),
    name: t.exposeString('keyName', { description: 'The key’s name.' }),
    scopes: t.stringList({
      description: `What it may do, of ${scopes.join(', ')}.`,
      resolve: (viewer) => scopes.filter((scope) => viewer.scopes.has(scope)),
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends; null: never.' }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({
    type: ViewerType,
    description: 'What the key of this request is and may do.',
    resolve: (_parent, _args, context) => viewerOf(context),
  }),
  organization: t.field({
    type: Organization,
    description: 'The organization whose key this is.',
    resolve: (_parent, _args, context) => ownOrganization(context),
  }),
}));
