import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { SealedSecrets } from '../auth/sealed-secrets.ts';
import { loadConfig } from '../config.ts';
import { badInput } from '../errors.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { createReceiver } from '../modules/webhook-receiver/commands/create.ts';
import { deleteReceiver } from '../modules/webhook-receiver/commands/delete.ts';
import { storeSecret } from '../modules/webhook-receiver/commands/store-secret.ts';
import { listReceivers, type ReceiverRow } from '../modules/webhook-receiver/store/rows.ts';
import { receiverPath } from '../sources/contracts.ts';
import { formatInstant } from '../values/instant.ts';
import { uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption, table } from './context.ts';
import { orgOption } from './key-text.ts';
import { webhookSettings } from './webhook-text.ts';

export function receiveCommand(context: CliContext): Command {
  return new Command('receive')
    .description('receive the webhooks that another system sends: create and list URLs, store the secret of the sender, delete URLs')
    .addCommand(createCommand(context))
    .addCommand(secretCommand(context))
    .addCommand(listCommand(context))
    .addCommand(deleteCommand(context));
}

function createCommand({ environment, open, out, logAction }: CliContext): Command {
  return new Command('create')
    .description('create a URL that receives webhooks for an organization. Standard output has only the URL')
    .addOption(orgOption())
    .option('--name <name>', 'the name of the sender, 1 to 200 characters', 'webhooks')
    .option('--with-secret', 'read the secret of the sender from standard input; without it, store it later with "secret"', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nThe sender makes the secret after it was given the URL. It needs WEBHOOK_ENCRYPTION_KEY, the same as the server.\n\nExample:\n  $ parley webhook receive create --org $ORG\n  $ parley webhook receive secret $ID --org $ORG < secret.txt',
    )
    .action(async ({ org, name, withSecret }: { org: string; name: string; withSecret: boolean }) => {
      const secrets = secretsOf(environment);
      const secret = withSecret ? await readSecret() : null;
      const receiver = await createReceiver(await open(), secrets, org, { name, secret });
      logAction({ action: 'WEBHOOK_RECEIVER_CREATED', organizationId: org, receiverId: receiver.id });
      const url = urlOf(environment, receiver.id);
      const notes = [
        ...(url.startsWith('/') ? ['PUBLIC_URL is not set: put the address of the gateway before this path.'] : []),
        ...(secret === null
          ? [`Nothing is accepted until its secret is stored: parley webhook receive secret ${receiver.id} --org ${org}`]
          : []),
      ];
      out(documentOf(environment, receiver), [url], notes);
    });
}

function secretCommand({ environment, open, out, logAction }: CliContext): Command {
  return new Command('secret')
    .description('store the secret of the sender, which is read from standard input, in place of an older one')
    .argument('<id>', 'the id of the receiver', uuidArgument)
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async (id: string, { org }: { org: string }) => {
      const secrets = secretsOf(environment);
      const receiver = await storeSecret(await open(), secrets, org, id, await readSecret());
      logAction({ action: 'WEBHOOK_RECEIVER_SECRET_STORED', organizationId: org, receiverId: id });
      out(documentOf(environment, receiver), ['The secret is stored.']);
    });
}

function listCommand({ environment, open, out }: CliContext): Command {
  return new Command('list')
    .description("list an organization's receivers of webhooks, without their secrets")
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async ({ org }: { org: string }) => {
      const database = await open();
      await findOrganization(database, org);
      const receivers = (await listReceivers(database, org)).map((each) => documentOf(environment, each));
      const rows = receivers.map(({ id, hasSecret, createdAt, url, name }) => [id, hasSecret ? 'stored' : 'missing', createdAt, url, name]);
      out(receivers, table(['ID', 'SECRET', 'CREATED', 'URL', 'NAME'], rows));
    });
}

function deleteCommand({ open, out, logAction }: CliContext): Command {
  return new Command('delete')
    .description('delete a receiver: its URL is unknown from now on. The messages that it received remain')
    .argument('<id>', 'the id of the receiver', uuidArgument)
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async (id: string, { org }: { org: string }) => {
      await deleteReceiver(await open(), org, id);
      logAction({ action: 'WEBHOOK_RECEIVER_DELETED', organizationId: org, receiverId: id });
      out({ id, deleted: true }, ['The receiver is deleted.']);
    });
}

function secretsOf(environment: CliContext['environment']): SealedSecrets {
  return webhookSettings(environment).secrets;
}

/** @throws BAD_USER_INPUT, which never contains the secret */
async function readSecret(): Promise<string> {
  const secret = (await text(process.stdin)).trim();
  if (secret === '' || secret.length > 500) throw badInput('with-secret', 'the secret on standard input must have 1 to 500 characters');
  return secret;
}

/** Returns the URL of a receiver; only its path without PUBLIC_URL. */
function urlOf(environment: CliContext['environment'], id: string): string {
  return `${loadConfig(environment).publicUrl ?? ''}${receiverPath}${id}`;
}

function documentOf(environment: CliContext['environment'], { id, name, hasSecret, createdAt }: ReceiverRow) {
  return { id, name, url: urlOf(environment, id), hasSecret, createdAt: formatInstant(createdAt) };
}
