import { Command } from 'commander';
import { reindex } from '../modules/message/search-tokens/reindex.ts';
import { saltTokens } from '../modules/message/search-tokens/salt-tokens.ts';
import { type CliContext, jsonOption } from './context.ts';

const reportEvery = 100_000;

export function reindexCommand({ open, out, note }: CliContext): Command {
  return new Command('reindex')
    .description(
      'rebuild the part of the search index that an older release wrote; can be stopped and repeated, on PostgreSQL also while a server runs',
    )
    .addOption(jsonOption())
    .action(async () => {
      let reported = 0;
      const database = await open();
      const reindexed = await reindex(database, (done) => {
        if (done - reported < reportEvery) return;
        reported = done;
        note(`${done.toLocaleString('en')} messages so far`);
      });
      await saltTokens(database);
      out({ reindexed }, [`${reindexed.toLocaleString('en')} messages reindexed.`]);
    });
}
