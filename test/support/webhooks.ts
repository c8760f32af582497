import type { Tenant, useApp } from './harness.ts';

type Parley = ReturnType<typeof useApp>;

/** Creates the endpoint of the organization, or of an agent. @returns its global id, and the secret */
export async function newEndpoint(
  parley: Parley,
  { key }: Pick<Tenant, 'key'>,
  url: string,
  agentId: string | null = null,
): Promise<{ endpoint: string; secret: string }> {
  const { data } = await parley.graphql(
    key,
    'mutation ($url: String!, $agentId: ID) { setWebhookEndpoint(input: { url: $url, agentId: $agentId }) { secret endpoint { id } } }',
    { url, agentId },
  );
  const { endpoint, secret } = data.setWebhookEndpoint;
  return { endpoint: endpoint.id, secret };
}

/** Creates an endpoint with the delivery of a test. @returns their global ids, and the secret */
export async function newHook(
  parley: Parley,
  tenant: Tenant,
  url = 'https://hooks.test/parley',
  agentId: string | null = null,
): Promise<{ endpoint: string; secret: string; delivery: string }> {
  const created = await newEndpoint(parley, tenant, url, agentId);
  const query = 'mutation ($id: ID!) { testWebhookEndpoint(input: { id: $id }) { delivery { id } } }';
  const { data } = await parley.graphql(tenant.key, query, { id: created.endpoint });
  return { ...created, delivery: data.testWebhookEndpoint.delivery.id };
}
