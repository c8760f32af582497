import { builder } from './builder.ts';

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many items the whole filtered list has; computed only when it is asked for.',
    // Every connection counts when it sees this field selected; a null here would be a mistake, and GraphQL reports it.
    resolve: ({ totalCount }) => totalCount as number,
  }),
);
