import { describe, expect, test } from 'vitest';
import { contracts } from '../../src/rest/contracts.ts';
import { useApp } from '../support/harness.ts';
import { cases } from './all-routes.ts';

const parley = useApp();

/** The routes in the vendors' documents. */
const documented: Record<string, string[]> = {
  agentmessage: ['GET /v1/conversations', 'GET /v1/conversations/{id}/messages'],
  agentphone: [
    'GET /v1/conversations',
    'GET /v1/conversations/{conversation_id}',
    'PATCH /v1/conversations/{conversation_id}',
    'GET /v1/conversations/{conversation_id}/messages',
    'POST /v1/conversations/{conversation_id}/typing',
    'POST /v1/conversations/{conversation_id}/background',
    'DELETE /v1/conversations/{conversation_id}/background',
    'GET /v1/webhooks',
    'POST /v1/webhooks',
    'DELETE /v1/webhooks',
    'POST /v1/webhooks/test',
    'GET /v1/webhooks/deliveries',
    'GET /v1/agents/{agent_id}/webhook',
    'POST /v1/agents/{agent_id}/webhook',
    'DELETE /v1/agents/{agent_id}/webhook',
    'POST /v1/agents/{agent_id}/webhook/test',
    'GET /v1/agents/{agent_id}/webhook/deliveries',
    'GET /v1/agents',
    'GET /v1/agents/{agent_id}',
    'GET /v1/agents/{agent_id}/conversations',
    'GET /v1/numbers',
    'GET /v1/numbers/{number_id}',
    'GET /v1/numbers/{number_id}/messages',
    'GET /v1/contacts',
  ],
  ziik: ['GET /conversations/{conversation}/messages', 'GET /conversations', 'GET /conversations/{conversation}'],
};

const schema = { contentType: 'application/json' };

test('serves every documented contract, and no other', () => {
  expect(contracts.map(({ name }) => name).sort()).toEqual(Object.keys(documented).sort());
});

describe.each(contracts)('$name', (contract) => {
  const path = `/${contract.name}/openapi.json`;
  const read = async () => (await parley.fetch(path, null)).json();

  test('has exactly the documented routes', () => {
    expect(contract.routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...(documented[contract.name] ?? [])].sort());
  });

  test('lists the same routes in its OpenAPI document, without a key', async () => {
    const response = await parley.fetch(path, null);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, schema.contentType]);
    const { openapi, paths } = await response.json();
    expect(openapi).toMatch(/^3\.1\./);
    const listed = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual([...(documented[contract.name] ?? [])].sort());
  });

  test('allows only GET and HEAD on its OpenAPI document', async () => {
    const head = await parley.fetch(path, null, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const refused = await parley.fetch(path, null, { method });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  test('describes each parameter and key, and has an example of each answer', async () => {
    const { paths, components } = await read();
    const operations = Object.values<object>(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, summary, parameters, requestBody, responses, ...operation } of operations) {
      expect(summary, operationId).not.toBe('');
      expect(operation['x-required-scopes'], operationId).not.toEqual([]);
      expect(operation.description).toContain(operation['x-required-scopes'].join('` and `'));
      for (const { name, description, schema, example } of parameters) {
        expect([name, description]).toEqual([name, expect.stringMatching(/./)]);
        // The default of a parameter without an example is an example.
        expect([name, schema.default ?? example]).not.toEqual([name, undefined]);
      }
      const keys: object = requestBody?.content['application/json'].schema.properties ?? {};
      for (const [name, { description }] of Object.entries(keys)) expect([name, description]).toEqual([name, expect.stringMatching(/./)]);
      for (const [status, given] of Object.entries<{ $ref?: string }>(responses)) {
        const { content } = given.$ref ? components.responses[given.$ref.split('/').at(-1) ?? ''] : given;
        const shown = content?.['application/json'];
        if (status !== '204')
          expect([operationId, status, shown.example ?? Object.values(shown.examples)[0]]).toEqual([
            operationId,
            status,
            expect.anything(),
          ]);
      }
    }
  });
});

test('serves no OpenAPI document on a bare path', async () => {
  for (const path of ['/openapi.json', '/v1/openapi.json']) expect((await parley.fetch(path, null)).status).toBe(404);
});

test.each(cases)('$title documents the refusals of every route', ({ route, operation }) => {
  const statuses = Object.keys(operation.responses);
  expect(statuses).toEqual(expect.arrayContaining([String(route.status), '401', '403', '429', '500', '503']));
  if (route.path.includes('{')) expect(statuses).toContain('404');
  if (route.body !== null) expect(statuses).toEqual(expect.arrayContaining(['413', '422']));
  if (Object.keys(route.query.shape).length > 0) expect(statuses).toContain('422');
});
