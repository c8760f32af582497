// Runs TypeScript in the scope of a module, where its constants are known: the module is loaded once more with functions behind its text.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Statement } from '../../src/database/database.ts';
import type { ListSource, RowSource } from '../../src/database/source.ts';
import type { Claim } from './claims.ts';

export type Value = Statement | (RowSource<unknown> & ListSource<unknown>);

const added = new Map<string, string>();
registerHooks({
  load(url, context, nextLoad) {
    const result = nextLoad(url, context);
    const code = added.get(url);
    return code === undefined ? result : { ...result, source: `${result.source}\n${code}` };
  },
});

/** The values of the claims of one file. A claim with unknowns has one value for each sample; a sample is TypeScript in the module's scope. */
export async function evaluate(file: string, claims: readonly Claim[], samples: readonly string[]): Promise<Value[][]> {
  const functions = claims.map(({ code, locals, unknowns }) => {
    const given = unknowns.length === 0 ? ['{}'] : samples;
    return `() => [${given.map((sample) => `(({ ${unknowns.join(', ')} }: any) => { ${locals.join(' ')} return (${code}); })(${sample})`).join(', ')}]`;
  });
  const url = `${pathToFileURL(file).href}?sql=${added.size}`;
  added.set(url, `export const sqlOfThisModule = [${functions.join(', ')}];`);
  const module = (await import(url)) as { sqlOfThisModule: (() => Value[])[] };
  return module.sqlOfThisModule.map((each) => each());
}
