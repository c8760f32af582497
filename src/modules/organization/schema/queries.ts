import { scopes } from '../../../auth/scopes.ts';
import type { Viewer } from '../../../auth/viewer.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';

import { Organization, ownOrganization } from './ref.ts';

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The API key of this request.',
  fields: (t) => ({
    organization: t.field({
      type: Organization,
      description: 'The organization of the key.',
      resolve: (_viewer, _args, context) => ownOrganization(context),
    }),
    name: t.exposeString('keyName', { description: 'The name of the key.' }),
    scopes: t.stringList({
      description: `The scopes of the key, of ${scopes.join(', ')}.`,
      resolve: (viewer) => scopes.filter((scope) => viewer.scopes.has(scope)),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which the key expires; null if it does not expire.',
    }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({
    type: ViewerType,
    description: 'The API key of this request, with its scopes.',
    resolve: (_parent, _args, context) => viewerOf(context),
  }),
  organization: t.field({
    type: Organization,
    description: 'The organization of the API key of this request.',
    resolve: (_parent, _args, context) => ownOrganization(context),
  }),
}));
