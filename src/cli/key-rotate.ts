import { Command, InvalidArgumentError } from 'commander';
import { longestGraceSeconds, rotateApiKey } from '../modules/api-key/commands/rotate.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { durationArgument, uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption } from './context.ts';
import { keyDocument, orgOption, secretNotice, stateText } from './key-text.ts';

interface Options {
  org: string;
  grace?: number;
  expires?: number | 'never';
}

export function rotateCommand({ open, out, logAction }: CliContext): Command {
  return new Command('rotate')
    .description('replace a key by a new one with the same name, scopes, budget and prefix. Standard output has only the new secret')
    .argument('<id>', 'the id of the key', uuidArgument)
    .addOption(orgOption())
    .option('--grace <duration>', 'the time for which the old secret still works: 30m, 12h, 7d at most (default: none)', graceArgument)
    .option(
      '--expires <duration>',
      'the time until the new key expires: 30d, 12h, 45m or never (default: when the old key expires)',
      endArgument,
    )
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ parley key rotate $KEY_ID --org $ORG --grace 24h --expires 90d')
    .action(async (id: string, { org, grace = 0, expires }: Options) => {
      const database = await open();
      await findOrganization(database, org);
      const expiresAt = typeof expires === 'number' ? new Date(Date.now() + expires) : expires === 'never' ? null : undefined;
      const { secret, key, replaced } = await rotateApiKey(database, org, id, { graceSeconds: grace / 1_000, expiresAt });
      logAction({
        action: 'API_KEY_ROTATED',
        organizationId: org,
        keyId: id,
        successorId: key.id,
        scopes: key.scopes,
        expiresAt: key.expiresAt,
      });
      out(
        { ...keyDocument(key), key: secret, replaced: keyDocument(replaced) },
        [secret],
        [secretNotice(key), `The old key ${replaced.hint} is ${stateText(replaced)}.`],
      );
    });
}

/** Reads a duration of at most a week. @returns milliseconds */
function graceArgument(text: string): number {
  const ms = durationArgument(text);
  if (ms > longestGraceSeconds * 1_000) throw new InvalidArgumentError(`It must be at most ${longestGraceSeconds / 86_400}d.`);
  return ms;
}

/** Reads a duration. @returns milliseconds, or `never` unchanged, since commander takes null for an absent value */
function endArgument(text: string): number | 'never' {
  return text === 'never' ? 'never' : durationArgument(text);
}
