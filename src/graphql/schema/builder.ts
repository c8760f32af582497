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
    Date: { Input: string; Output: string };
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
  // Scope checks come first, so that no resolver runs for a key without the scope.
  plugins: [ScopeAuthPlugin, 'scopes', 'globalIds', RelayPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    runScopesOnType: true,
    // Synchronous: asynchronous checks take milliseconds per thousand nodes.
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
    // If one list fails, the rest of the answer remains.
    defaultConnectionFieldOptions: { nullable: true },
    // A page is one statement, which fails as a whole. So edges and nodes are never null.
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The items of this page with their cursors, in the order of the list.',
    },
    nodeFieldOptions: { nullable: false, description: 'The item.' },
    nodesOnConnection: { description: 'The items of this page without their cursors.' },
    cursorFieldOptions: {
      description:
        'The position of this item in the list: pass it as `after` or `before`. It remains valid when the item moves or is deleted.',
    },
    firstArgOptions: { description: 'The number of items from the beginning, 1 to 200. Default 50, if `last` is not given either.' },
    lastArgOptions: {
      description:
        'The number of items from the end, 1 to 200. It may be combined with `first` only if exactly one cursor is given: with `after`, `first` counts; with `before`, `last` counts. The other is ignored.',
    },
    afterArgOptions: { description: 'A cursor: only items after it are returned.' },
    beforeArgOptions: { description: 'A cursor: only items before it are returned.' },
    pageInfoTypeOptions: { description: 'The position of a page in its list.' },
    pageInfoFieldOptions: { description: 'The position of this page in the whole list.' },
    hasNextPageFieldOptions: { description: 'True if an item follows this page in the whole filtered list; `before` does not change it.' },
    hasPreviousPageFieldOptions: {
      description: 'True if an item precedes this page in the whole filtered list; `after` does not change it.',
    },
    startCursorFieldOptions: { description: 'The cursor of the first item; null on an empty page.' },
    endCursorFieldOptions: { description: 'The cursor of the last item; null on an empty page.' },
    mutationInputArgOptions: { description: 'The input of the mutation.' },
    nodeTypeOptions: { description: 'An object with a global id.' },
    nodeQueryOptions: {
      extensions: { needs: [] },
      description:
        'The object with this global id; null if the organization has none. The key needs the scope that the description of the object’s type names.',
      args: { id: { description: 'A global id, as returned by any field `id`.' } },
    },
    nodesQueryOptions: {
      extensions: { needs: [] },
      nullable: { list: true, items: true },
      description: `The objects with these global ids, at most ${maxIds}, in the given order; null for each id that the organization does not have.`,
      args: { ids: { description: `Global ids, 0 to ${maxIds}. An id may occur more than once.` } },
      resolve: (_parent, { ids }, _context, _info, resolveNodes) => {
        if (ids.length > maxIds) throw badInput('ids', `must be at most ${maxIds}`);
        return resolveNodes(ids);
      },
    },
    idFieldOptions: { description: 'The global id: opaque and stable. `node` finds the object by it.' },
    encodeGlobalID: (typename, id) => encodeId(typename as NodeType, String(id)),
  },
});

builder.queryType({
  description:
    'The fields that read. Every field needs a valid API key. If a list cannot be read, because of an invalid argument, a missing scope or a failure, the list is null, `errors` names the reason, and the rest is answered. The inbox: `conversations`. A thread: `conversation` and its `Conversation.messages`. Search: `searchMessages`. Jump to a message: `Conversation.messages(around:)`, the page around it. `Mutation` writes the messages, consent and metadata of conversations; `Subscription` has live events.',
  authScopes: { authenticated: true },
});

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'The number of items in the whole filtered list; computed only when it is selected.',
    // Every connection counts its items if this field is selected; GraphQL reports a null as an error.
    resolve: ({ totalCount }) => totalCount as number,
  }),
);
