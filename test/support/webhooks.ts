import type { Tenant, useApp } from './harness.ts';

/** Creates the organization's endpoint with the delivery of a test. @returns their global ids, and the secret */
export async function newHook(
  parley: ReturnType<typeof useApp>,
  { key }: Tenant,
  url = 'https://hooks.test/parley',
): Promise<{ endpoint: string; secret: string; delivery: string }> {
  const created = await parley.graphql(
    key,
    'mutation ($url: String!) { setWebhookEndpoint(input: { url: $url }) { secret endpoint { id } } }',
    { url },
  );
  const { endpoint, secret } = created.data.setWebhookEndpoint;
  const { data } = await parley.graphql(key, 'mutation ($id: ID!) { testWebhookEndpoint(input: { id: $id }) { delivery { id } } }', {
    id: endpoint.id,
  });
  return { endpoint: endpoint.id, secret, delivery: data.testWebhookEndpoint.delivery.id };
}
