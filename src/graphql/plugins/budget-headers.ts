import type { Plugin } from 'graphql-yoga';
import type { Caller, Context } from '../context.ts';

/** Shows the key's budget on every answer, also to what was no operation. */
export function budgetHeaders(): Plugin<Context, Caller> {
  return {
    async onResponse({ response, serverContext }) {
      for (const [name, value] of Object.entries(await serverContext.visit.headers())) response.headers.set(name, value);
    },
  };
}
