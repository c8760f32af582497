// Tenants of an app that a test starts itself, on any database.
import type { App } from '../../src/app.ts';
import { scopes } from '../../src/auth/scopes.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import { ingest } from '../../src/modules/message/ingest/ingest.ts';
import { readMessageLine } from '../../src/modules/message/ingest/read/read-draft.ts';
import { createOrganization } from '../../src/modules/organization/commands/create.ts';
import type { GraphQLAnswer, Tenant } from './harness.ts';
import { phoneLine } from './lines.ts';

export async function newTenant({ database }: App): Promise<Tenant> {
  const { id } = await createOrganization(database, { name: 'Test organization', retentionDays: null });
  const secret = newSecret('agentmessage');
  await createApiKey(database, id, { secret, name: 'test', scopes, expiresAt: null, budgetPerMinute: 0 });
  return { id, key: secret };
}

/** Records a message for each body, each in a transaction of its own. */
export async function record({ database }: App, { id }: Tenant, ...bodies: string[]): Promise<void> {
  for (const body of bodies) {
    const read = readMessageLine(phoneLine({ body }));
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    await database.transaction((tx) => ingest(tx, id, [read.draft]));
  }
}

export async function ask({ fetch }: App, { key }: Tenant, query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const response = await fetch(
    new Request('http://parley.test/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) }),
  );
  return (await response.json()) as GraphQLAnswer;
}
