import { type DocumentNode, execute, Kind, parse, visit } from 'graphql';
import { pino } from 'pino';
import type { App } from '../../../src/app.ts';
import { authenticator } from '../../../src/auth/authenticate.ts';
import { SealedSecrets } from '../../../src/auth/sealed-secrets.ts';
import { Loaders } from '../../../src/database/loaders.ts';
import { schema } from '../../../src/graphql/built-schema.ts';
import type { Context } from '../../../src/graphql/context.ts';
import { gatewayError } from '../../../src/graphql/errors.ts';
import { AnswerSize } from '../../../src/graphql/execution/answer-size.ts';
import { objectTree } from '../../../src/graphql/execution/compiled/object-tree.ts';
import { RequestRecord } from '../../../src/log/request-record.ts';
import { Live } from '../../../src/modules/change/live/live.ts';
import { webhookUrlProblem } from '../../../src/values/webhook-url.ts';
import { webhookKey } from '../../support/harness.ts';
import type { Operation } from './generate.ts';

export interface PathedError {
  path: readonly (string | number)[];
  code: string;
  message: string;
}

export interface Reference {
  data: unknown;
  errors: PathedError[];
  /** The rows in the answer, plus one for each connection. */
  rows: number;
}

/** Executes with graphql-js alone, on the gateway's schema and a context like the gateway's. */
export function referenceFor({ database }: Pick<App, 'database'>) {
  const log = pino({ level: 'silent' });
  const authenticate = authenticator(database);
  const live = new Live(database, authenticate, { perKey: 250, perOrganization: 2_000 }, log);

  async function answer(key: string, { query, variables }: Operation): Promise<Reference> {
    const viewer = await authenticate(`Bearer ${key}`);
    if (viewer === null) throw new Error('the key is not known');
    const contextValue: Context = {
      viewer,
      authorization: () => `Bearer ${key}`,
      forgetKeys: authenticate.forgetKeys,
      webhooks: { secrets: new SealedSecrets([webhookKey]), urlProblem: (url) => webhookUrlProblem(url, []) },
      requestId: 'reference',
      // No key pays for it.
      visit: { spend: async () => {}, headers: async () => ({}), record: new RequestRecord('reference') },
      log,
      database,
      live,
      loaders: new Loaders(database, viewer.organizationId),
      answer: new AnswerSize(16 * 1024 * 1024),
      output: objectTree,
    };
    const document = withTypeNames(parse(query));
    const result = await execute({ schema, document, contextValue, variableValues: variables });
    const data: unknown = JSON.parse(JSON.stringify(result.data ?? null));
    const errors = (result.errors ?? []).map((error) => {
      const { code, message } = gatewayError(error, 'reference', log);
      return { path: error.path ?? [], code, message };
    });
    return { data: withoutTypeNames(data), errors, rows: rowsOf(data) };
  }

  return { answer, close: () => live.close() };
}

/** Adds `__typename` to every selection. */
function withTypeNames(document: DocumentNode): DocumentNode {
  const typeName = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  return visit(document, { SelectionSet: (node) => ({ ...node, selections: [...node.selections, typeName] }) });
}

function withoutTypeNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypeNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (name === '__typename' ? [] : [[name, withoutTypeNames(each)]])),
  );
}

/** Counts rows: one for each object, one more for a connection, one for an edge with its node, none for `pageInfo` and JSON values. */
function rowsOf(value: unknown, inEdge = false): number {
  if (Array.isArray(value)) return value.reduce((rows: number, each) => rows + rowsOf(each), 0);
  if (typeof value !== 'object' || value === null || !('__typename' in value)) return 0;
  const type = String(value.__typename);
  const own = inEdge || type === 'PageInfo' || type === 'Query' ? 0 : 1;
  return Object.values(value).reduce((rows: number, each) => rows + rowsOf(each, type.endsWith('Edge')), own);
}
