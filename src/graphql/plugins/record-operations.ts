import { createHash } from 'node:crypto';
import { type DocumentNode, type ExecutionArgs, getOperationAST, print } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';

/** The longest name of an operation in the log, in characters. */
const maxNameLength = 100;

/** Notes the name and the hash of each operation for the log. */
export function recordOperations(): Plugin<Context> {
  const hashes = new WeakMap<DocumentNode, string>();

  function hashOf(document: DocumentNode): string {
    const known = hashes.get(document);
    if (known !== undefined) return known;
    const hash = createHash('sha256')
      .update(document.loc?.source.body ?? print(document))
      .digest('hex');
    hashes.set(document, hash);
    return hash;
  }

  function note({ document, operationName, contextValue }: ExecutionArgs): void {
    const { record } = (contextValue as Context).visit;
    record.operation = getOperationAST(document, operationName)?.name?.value.slice(0, maxNameLength) ?? null;
    record.operationHash = hashOf(document);
  }

  return {
    onExecute: ({ args }) => note(args),
    onSubscribe({ args }) {
      note(args);
      (args.contextValue as Context).visit.record.stream = true;
    },
  };
}
