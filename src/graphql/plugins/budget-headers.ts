import type { Plugin } from 'graphql-yoga';
import type { Caller, Context } from '../context.ts';

/** Adds the headers of the key's budget to every answer, even if no operation ran. */
export function budgetHeaders(): Plugin<Context, Caller> {
  return {
    async onResponse({ response, serverContext }) {
      for (const [name, value] of Object.entries(await serverContext.visit.headers())) response.headers.set(name, value);
    },
  };
}
