import { Command, InvalidArgumentError } from 'commander';
import { rotateSecret, rotationSeconds } from '../modules/webhook/commands/rotate-secret.ts';
import { formatInstant } from '../values/instant.ts';
import { durationArgument, uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption } from './context.ts';
import { orgOption } from './key-text.ts';
import { endpointDocument, secretNotice, webhookSettings } from './webhook-text.ts';

interface Options {
  org: string;
  grace: number;
}

export function rotateCommand({ environment, open, out, logAction }: CliContext): Command {
  return new Command('rotate')
    .description('give an endpoint a new secret. Standard output has only the new secret')
    .argument('<id>', 'the id of the endpoint', uuidArgument)
    .addOption(orgOption())
    .option(
      '--grace <duration>',
      'the time for which webhooks are signed with the old secret too: none, 30m, 12h, 7d at most',
      graceArgument,
      rotationSeconds.default * 1_000,
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nThe default of --grace is 1d. Until it ends, the header X-Webhook-Signature-Previous has the signature of the old secret.\n\nExample:\n  $ parley webhook rotate $ENDPOINT --org $ORG --grace 12h',
    )
    .action(async (id: string, { org, grace }: Options) => {
      const { endpoint, secret } = await rotateSecret(await open(), webhookSettings(environment), org, id, grace / 1_000);
      const { previousSecretUntil } = endpoint;
      logAction({ action: 'WEBHOOK_SECRET_ROTATED', organizationId: org, endpointId: id, expiresAt: previousSecretUntil });
      const old =
        previousSecretUntil === null
          ? 'The old secret signs no more.'
          : `The old secret signs too until ${formatInstant(previousSecretUntil)}.`;
      out({ ...endpointDocument(endpoint), secret }, [secret], [secretNotice(endpoint), old]);
    });
}

/** Reads a duration of at most a week, or `none`. @returns milliseconds */
function graceArgument(text: string): number {
  const ms = text === 'none' ? 0 : durationArgument(text);
  if (ms > rotationSeconds.most * 1_000) throw new InvalidArgumentError(`It must be at most ${rotationSeconds.most / 86_400}d.`);
  return ms;
}
