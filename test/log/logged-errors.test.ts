import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { updateRetention } from '../../src/modules/organization/commands/update-retention.ts';
import { recordDocument } from '../modules/message/recording.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const canary = 'CANARY-7f3a';
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ body: canary })]);
  // The constraint is not checked for stored rows, so every later write of the row violates it.
  await parley.app.database.query({
    label: 'test_constraint',
    text: `alter table messages add constraint messages_no_canary check (body is distinct from '${canary}') not valid`,
  });
});

/** Returns the errors that `work` logged, after checking that no line contains the canary. */
async function errorsOf(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const begun = parley.logged.length;
  await work();
  const lines = parley.logged.slice(begun);
  expect(JSON.stringify(lines)).not.toContain(canary);
  return lines.filter(({ level }) => Number(level) >= 50);
}

test('logs the violation of a constraint with code, table and constraint, never with content', async () => {
  const messages = [{ ...phoneLine({ direction: 'INBOUND' }), body: canary }];
  const errors = await errorsOf(async () => {
    const answer = await parley.graphql(tenant.key, recordDocument, { messages });
    expect(answer.errors).toMatchObject([{ message: 'internal error', extensions: { code: 'INTERNAL' } }]);
    expect(JSON.stringify(answer)).not.toContain(canary);
  });
  const err = { type: 'DatabaseError', code: '23514', table: 'messages', constraint: 'messages_no_canary', stack: expect.any(String) };
  expect(errors).toEqual([expect.objectContaining({ requestId: expect.any(String), err })]);
});

test('logs the violation of a worker the same way', async () => {
  const errors = await errorsOf(async () => {
    await updateRetention(parley.app.database, tenant.id, 30);
    for (const worker of parley.app.workers) await worker.start();
    onTestFinished(async () => {
      for (const worker of parley.app.workers) await worker.stop();
    });
    await expect
      .poll(() => parley.logged.some(({ msg }) => String(msg).startsWith('work on search tokens failed')), { timeout: 20_000 })
      .toBe(true);
  });
  const fault = { type: 'DatabaseError', code: '23514', table: 'messages', constraint: 'messages_no_canary' };
  expect(errors).toMatchObject([{ err: fault }]);
  expect(Object.keys(errors[0]?.err ?? {}).sort()).toEqual([...Object.keys(fault), 'stack'].sort());
});

test('logs an error of Prisma the same way, without the arguments of the call', async () => {
  const { database } = parley.app;
  const rename = (from: string, to: string) =>
    database.query({ label: 'test_rename', text: `alter table api_keys rename column ${from} to ${to}` });
  await rename('hint', 'hidden');
  const secret = `am_live_${canary}`;
  const errors = await errorsOf(async () => {
    const { errors } = await parley.graphql(secret, '{ viewer { name } }');
    expect(errors).toMatchObject([{ message: 'internal error', extensions: { code: 'INTERNAL' } }]);
  });
  await rename('hidden', 'hint');
  expect(errors).toMatchObject([{ err: { type: 'DatabaseError', code: '42703', table: 'ApiKey' } }]);
  expect(JSON.stringify(errors)).not.toMatch(/invocation|message|meta/);
});
