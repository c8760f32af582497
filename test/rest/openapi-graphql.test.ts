// `x-graphql`: from REST to GraphQL by copying the document and computing its variables by the description.
import { parse, validate } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { schema } from '../../src/graphql/built-schema.ts';
import type { Run } from '../../src/rest/kit/graphql/execute.ts';
import type { RawRequest } from '../../src/rest/kit/request/raw-request.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { type Case, cases, type Ids, idsOf, initOf, pathOf, unknownIds } from './all-routes.ts';
import { type Given, plain, variablesFor } from './recipe.ts';

const parley = useApp();
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    chatLine({}),
    ...Array.from({ length: 4 }, (_, day) =>
      phoneLine({ createdAt: `2026-02-0${day + 1}T00:00:00Z`, body: `quarterly ${day}`, agent: { externalId: 'ada', name: 'Ada' } }),
    ),
  ]);
  ids = await idsOf(parley, tenant);
});

describe.each(cases)('$title', (each) => {
  const { document } = each.operation['x-graphql'];

  test('the document is valid in the schema', () => {
    expect(validate(schema, parse(document))).toEqual([]);
  });

  test('the documented variables are those of the route, for any request', async () => {
    for (const query of combinations(samplesOfQuery(each))) {
      for (const body of each.operation.requestBody ? combinations(samplesOfBody(each)) : [{}]) {
        const given = { path: unknownIds[each.contract.name] ?? {}, query: texts(query), body };
        const made = await variablesOf(each, given);
        if (made !== null) expect(variablesFor(each, given), JSON.stringify(given)).toEqual(made);
      }
    }
  });

  test('the example has the variables of a request with the documented examples', () => {
    const path = each.operation.parameters.filter((parameter) => parameter.in === 'path');
    const given = {
      path: Object.fromEntries(path.map(({ name, example }) => [name, String(example)])),
      query: {},
      body: (each.operation.requestBody?.content['application/json'].example ?? {}) as Record<string, unknown>,
    };
    expect(plain(each.operation['x-graphql'].example)).toEqual(variablesFor(each, given));
  });

  test('an empty parameter that counts as absent changes no variable', () => {
    const path = unknownIds[each.contract.name] ?? {};
    const absent = variablesFor(each, { path, query: {}, body: {} });
    for (const { name, description = '' } of each.operation.parameters) {
      if (!/(^|\. )Empty( or `null`)? counts as absent/.test(description)) continue;
      expect(variablesFor(each, { path, query: { [name]: '' }, body: {} }), name).toEqual(absent);
    }
  });

  test('running the document returns the data of the answer', async () => {
    let shown = 0;
    for (const query of [{}, ...samplesOfQuery(each).flatMap(({ name, values }) => values.map((value) => ({ [name]: value })))]) {
      const given = { path: ids[each.contract.name] ?? {}, query: texts(query), body: bodyOf(each) };
      const path = `${pathOf(each, ids)}?${new URLSearchParams(given.query)}`;
      // Twice: the second request changes nothing, as the mutation after it.
      await parley.fetch(path, tenant.key, initOf(each));
      const response = await parley.fetch(path, tenant.key, initOf(each));
      if (!response.ok) continue;
      const { data, errors } = await parley.graphql(tenant.key, document, variablesFor(each, given) as Record<string, unknown>);
      expect(errors).toBeUndefined();
      const answered = await each.route.answer(sentAs(given, path), async () => data);
      if (response.status === 200) expect(withoutSecret(plain(answered))).toEqual(withoutSecret(await response.json()));
      shown += 1;
    }
    expect(shown).toBeGreaterThan(0);
  });
});

/** Hides the secret of a webhook: each answer has another one. */
function withoutSecret(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(/whsec_[\w-]+/g, ''));
}

interface Sample {
  name: string;
  values: unknown[];
}

function samplesOfQuery({ route, operation }: Case): Sample[] {
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  return samples(route.query, Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])));
}

function samplesOfBody({ route, operation }: Case): Sample[] {
  const { properties = {} } = operation.requestBody?.content['application/json'].schema ?? {};
  return route.body === null ? [] : samples(route.body, properties);
}

interface JsonSchema {
  type?: string | string[];
  enum?: string[];
  maximum?: number;
}

/** Returns values of each parameter or key: its examples, every word of an enumeration, a number other than its default, a text. */
function samples({ shape }: z.ZodObject, schemas: Record<string, JsonSchema>): Sample[] {
  return Object.entries<z.ZodType>(shape).map(([name, rule]) => {
    const { examples } = rule.meta() ?? {};
    const { type, enum: words, maximum } = schemas[name] ?? {};
    const others: Record<string, unknown[]> = {
      boolean: [true, false],
      integer: maximum === undefined ? [3, 2_000_000] : [3],
      // A malformed id counts as unknown. The variables of both find nothing, but they differ.
      string: words ?? (/^agent_?id$/i.test(name) ? [] : ['any text?']),
    };
    return { name, values: [...new Set([...(Array.isArray(examples) ? examples : []), ...(others[String(type)] ?? [])])] };
  });
}

/** Returns every combination of values, each parameter also absent. */
function combinations([first, ...rest]: readonly Sample[]): Record<string, unknown>[] {
  if (first === undefined) return [{}];
  return combinations(rest).flatMap((others) => [others, ...first.values.map((value) => ({ ...others, [first.name]: value }))]);
}

function texts(query: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}

function bodyOf({ operation }: Case): Record<string, unknown> {
  return { ...operation.requestBody?.content['application/json'].example };
}

function sentAs({ path, query, body }: Given, url: string): RawRequest {
  const values = (given: Record<string, unknown>) => ({ values: given, problems: {} });
  return { params: values(path), query: values(query), body: values(body), url: new URL(url, 'http://parley.test') };
}

/** Returns the variables that the route computes; null if it refuses the request. */
async function variablesOf({ route }: Case, given: Given): Promise<unknown> {
  let made: unknown = null;
  const run: Run = async (_document, variables) => {
    made = plain(variables);
    throw new Error('asked');
  };
  await route.answer(sentAs(given, '/'), run).catch(() => {});
  return made;
}
