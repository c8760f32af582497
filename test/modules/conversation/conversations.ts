import { expect } from 'vitest';
import { eventKinds } from '../../support/event-kinds.ts';
import type { Tenant, useApp } from '../../support/harness.ts';

type Parley = ReturnType<typeof useApp>;

/** Returns the kinds of the events that `work` wrote for an organization. */
export async function eventsWrittenBy(parley: Parley, tenant: Tenant, work: () => Promise<unknown>): Promise<string[]> {
  const kinds = () => eventKinds(parley.app.database, tenant.id);
  const before = await kinds();
  await work();
  return (await kinds()).slice(before.length);
}

/** Returns the data of a query or mutation that must succeed. */
export async function ask(parley: Parley, key: string, query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await parley.graphql(key, query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** The global id of a tenant's only conversation. */
export async function onlyConversation(parley: Parley, { key }: Tenant): Promise<string> {
  const { conversations } = await ask(parley, key, '{ conversations { nodes { id } } }');
  expect(conversations.nodes).toHaveLength(1);
  return conversations.nodes[0].id;
}
