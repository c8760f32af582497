// A gateway that is synchronized from another one gives the same answers.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Tenant } from '../support/harness.ts';
import { sorted, walks } from './answers.ts';
import { realLines, useTwoGateways } from './sources.ts';

const gateways = useTwoGateways();
const { first, second } = gateways;

let from: Tenant;

beforeAll(async () => {
  from = await first.tenant();
  await first.importLines(from, await realLines(5_000));
});

describe.each(['agentmessage'])('%s', (contract) => {
  const answers = async (parley: typeof first, { key }: Tenant) => sorted((await walks[contract]?.(parley, key)) ?? []);
  let to: Tenant;

  beforeAll(async () => {
    to = await second.tenant();
  });

  test('copies 5,000 messages: both gateways answer the same', async () => {
    const result = await gateways.sync(contract, from, to);
    expect(result).toMatchObject({ imported: 5_000, updated: 0, skipped: 0, holes: [], interrupted: false });
    expect(await answers(second, to)).toEqual(await answers(first, from));
  });

  test('a second run changes nothing and reads only the list', async () => {
    const result = await gateways.sync(contract, from, to);
    expect(result).toMatchObject({ read: 0, conversations: 0, holes: [] });
    expect(result.requests).toBeLessThanOrEqual(2);
  });
});
