import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSecret } from '../auth/secret.ts';
import type { Database, Queryable } from '../database/database.ts';
import { OperatorError } from '../errors.ts';
import { createApiKey } from '../modules/api-key/commands/create.ts';
import { ingest } from '../modules/message/ingest/ingest.ts';
import type { MessageDraft } from '../modules/message/ingest/read/message-draft.ts';
import { readMessageLine } from '../modules/message/ingest/read/read-draft.ts';
import { createOrganization } from '../modules/organization/commands/create.ts';
import { isLoopback } from '../values/loopback.ts';
import { type DemoOrganization, demoOrganizations } from './organizations.ts';

const folder = join(import.meta.dirname, '../../prisma/demo');

/**
 * Loads the demo into an embedded database that holds nothing else, or completes a load that was interrupted.
 * A database on a server, or one with other organizations, gets no demo.
 * @throws OperatorError if other machines could reach the demo at this host, because its keys are public
 */
export async function loadDemo(database: Database, host: string): Promise<void> {
  if (database.kind !== 'embedded') return;
  const keys = await keysOfOrganizations(database);
  const hasOtherOrganizations = keys.some(({ hash }) => hash === null);
  const isServed = hasOtherOrganizations ? keys.some(({ valid }) => valid) : true;
  if (isServed && !isLoopback(host)) {
    throw new OperatorError(
      `HOST ${host} is not loopback, and this DATA_DIR is for the demo, whose keys are public: set HOST=127.0.0.1, a DATABASE_URL, or a DATA_DIR in which you made an organization first (parley org create)`,
    );
  }
  if (hasOtherOrganizations) return;
  const loaded = new Set(keys.map(({ hash }) => hash));
  for (const organization of demoOrganizations) {
    if (!organization.keys.some(({ secret }) => loaded.has(hex(secret)))) await load(database, organization);
  }
}

/** Returns the demo's keys of every organization: `hash` in hex, null for an organization without one; `valid`: not revoked. */
async function keysOfOrganizations(database: Queryable): Promise<{ hash: string | null; valid: boolean }[]> {
  return database.query({
    label: 'demo_keys',
    text: `select encode(k.hash, 'hex') as hash, k.revoked_at is null and k.id is not null as valid from organizations o
      left join api_keys k on k.organization_id = o.id and encode(k.hash, 'hex') = any($1::text[])`,
    values: [demoOrganizations.flatMap(({ keys }) => keys.map(({ secret }) => hex(secret)))],
  });
}

/** Loads an organization in one transaction: its keys never exist without its messages. */
async function load(database: Database, { name, file, keys }: DemoOrganization): Promise<void> {
  const messages = readMessages(file);
  await database.transaction(async (tx) => {
    const { id } = await createOrganization({ transaction: (work) => work(tx) }, { name, retentionDays: null });
    await ingest(tx, id, messages);
    for (const key of keys) await createApiKey(tx, id, { ...key, expiresAt: null, budgetPerMinute: 0 });
  });
}

function readMessages(file: string): MessageDraft[] {
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const read = readMessageLine(JSON.parse(line));
    if ('problems' in read) throw new Error(`${file}, line ${index + 1}: ${JSON.stringify(read.problems)}`);
    return read.draft;
  });
}

function hex(secret: string): string {
  return hashSecret(secret).toString('hex');
}
