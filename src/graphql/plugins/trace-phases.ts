import type { Plugin } from 'graphql-yoga';
import type { Caller, Context } from '../context.ts';

/** Adds the phases of each operation to its request's trace: parse, validate, execute. */
export function tracePhases(): Plugin<Context, Caller> {
  const phase = (name: string, { visit }: Caller) => {
    const { trace } = visit.record;
    if (trace === null) return undefined;
    const begun = performance.now();
    return () => trace.phase(name, begun, performance.now());
  };
  return {
    onParse: ({ context }) => phase('parse', context),
    onValidate: ({ context }) => phase('validate', context),
    onExecute({ args }) {
      const end = (args.contextValue as Context).visit.record.trace?.execute();
      return end && { onExecuteDone: end };
    },
  };
}
