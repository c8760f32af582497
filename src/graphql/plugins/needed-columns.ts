import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { NeededColumns } from '../../database/needed-columns.ts';
import type { Context } from '../context.ts';
import { neededColumns } from '../execution/needed-columns.ts';

/** Reads only the columns that an operation needs. Documents are parsed once, so this is found once for each. */
export function readNeededColumns(): Plugin<Context> {
  const found = new WeakMap<DocumentNode, NeededColumns>();
  return {
    onExecute({ args: { schema, document, contextValue } }) {
      let needed = found.get(document);
      if (needed === undefined) {
        needed = neededColumns(schema, document);
        found.set(document, needed);
      }
      contextValue.loaders.readOnly(needed);
    },
  };
}
