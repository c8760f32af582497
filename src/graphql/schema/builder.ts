import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Scope } from '../../auth/scopes.ts';
import { badInput } from '../../errors.ts';
import { encodeId, type NodeType } from '../../values/ids.ts';
import type { Context } from '../context.ts';
import { maxIds } from '../limits.ts';
import { refuse } from './authorization.ts';
import './global-ids.ts';
import './scopes.ts';

export const builder = new SchemaBuilder<{
  Context: Context;
  AuthScopes: { authenticated: boolean; scope: Scope; scopes: readonly Scope[] };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    SafeInt: { Input: number; Output: number };
    JSON: { Input: unknown; Output: unknown };
    JSONObject: { Input: Record<string, unknown>; Output: Record<string, unknown> };
    URL: { Input: string; Output: string };
    PhoneNumberString: { Input: string; Output: string };
  };
  Connection: { totalCount: number | null };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
}>({
  // Scope checks come first, so that nothing is resolved for a key that may not see it.
  plugins: [ScopeAuthPlugin, 'scopes', 'globalIds', RelayPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    runScopesOnType: true,
    // Synchronous on purpose: asynchronous ones cost milliseconds per thousand nodes.
    authScopes: ({ viewer }) => ({
      authenticated: viewer !== null,
      scope: (scope) => viewer?.scopes.has(scope) ?? false,
      scopes: (scopes) => scopes.every((scope) => viewer?.scopes.has(scope)),
    }),
    unauthorizedError: (_parent, context, _info, result) => refuse(context, result.failure),
  },
  relay: {
    cursorType: 'String',
    brandLoadedObjects: true,
    // So that a list that fails, by its arguments, a scope or its statement, fails alone.
    defaultConnectionFieldOptions: { nullable: true },
    // A page is one statement: if anything of it fails, all of it does. So its edges and nodes are never null.
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The items of this page with their cursors, in the order of the list.',
    },
    nodeFieldOptions: { nullable: false, description: 'The item.' },
    nodesOnConnection: { description: 'The items of this page without their cursors.' },
    cursorFieldOptions: {
      description: 'Where this item stands: pass it as `after` or `before`. It stays good when the item moves or goes.',
    },
    firstArgOptions: { description: 'How many items from the beginning, 1 to 200. Neither `first` nor `last` means 50.' },
    lastArgOptions: {
      description:
        'How many items from the end, 1 to 200. Together with `first` only where one of them has its cursor: `first` with `after`, or `last` with `before`. The other is then ignored.',
    },
    afterArgOptions: { description: 'Only items after this cursor.' },
    beforeArgOptions: { description: 'Only items before this cursor.' },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    pageInfoFieldOptions: { description: 'Where this page stands in the whole list.' },
    hasNextPageFieldOptions: { description: 'Whether an item follows this page in the whole filtered list, whatever `before` was.' },
    hasPreviousPageFieldOptions: { description: 'Whether an item precedes this page in the whole filtered list, whatever `after` was.' },
    startCursorFieldOptions: { description: 'The first item’s cursor; null on an empty page.' },
    endCursorFieldOptions: { description: 'The last item’s cursor; null on an empty page.' },
    mutationInputArgOptions: { description: 'What to do.' },
    nodeTypeOptions: { description: 'Anything with a global id.' },
    nodeQueryOptions: {
      description:
        'The object with this global id; null if the organization has none. It needs the scope that the description of its type names.',
      args: { id: { description: 'A global id, as any field `id` returns it.' } },
    },
    nodesQueryOptions: {
      nullable: { list: true, items: true },
      description: `The objects with these global ids, at most ${maxIds}, in their order; null for each that the organization does not have.`,
      args: { ids: { description: `Global ids, 0 to ${maxIds}. An id may occur more than once.` } },
      resolve: (_parent, { ids }, _context, _info, resolveNodes) => {
        if (ids.length > maxIds) throw badInput('ids', `must be at most ${maxIds}`);
        return resolveNodes(ids);
      },
    },
    idFieldOptions: { description: 'The global id: opaque, stable, good for `node`.' },
    encodeGlobalID: (typename, id) => encodeId(typename as NodeType, String(id)),
  },
});

builder.queryType({
  description:
    'Everything that can be read. Every field needs a valid key. A list that cannot be read, for a bad argument, a missing scope or a failure, is null, and `errors` says why; the rest is answered. The inbox: `conversations`. A thread: `conversation` and its `Conversation.messages`. Search: `searchMessages`. Jump to a message: `Conversation.messages(around:)`, the page around it. The messages, consent and metadata of conversations are written with `Mutation`; live events come with `Subscription`.',
  authScopes: { authenticated: true },
});

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'The number of items in the whole filtered list; computed only when it is selected.',
    // Every connection counts when it sees this field selected; a null here would be a mistake, and GraphQL reports it.
    resolve: ({ totalCount }) => totalCount as number,
  }),
);
