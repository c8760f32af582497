import { needs } from '../../../database/needed-columns.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { checkHighlights, type Highlight, highlightsOf, maxHighlights, searchableBody } from '../store/highlights.ts';
import { messageSource } from '../store/rows.ts';
import { Message } from './ref.ts';

/** Characters of a body: searching so many takes about as long as resolving one leaf value. */
const charactersPerValue = 10;

const HighlightType = builder.objectRef<Highlight>('Highlight').implement({
  description:
    'A part of a text, counted in UTF-16 code units as in JavaScript, Java and Swift’s `utf16`: `text.slice(offset, offset + length)`. The text is the plain `body`, without HTML.',
  fields: (t) => ({
    offset: t.exposeInt('offset', { description: 'The number of code units before the part: 0 at the beginning of the text.' }),
    length: t.exposeInt('length', {
      description: 'The number of code units of the part, 1 or more. The part ends before the code unit at `offset + length`.',
    }),
  }),
});

builder.objectField(Message, 'highlights', (t) =>
  t.field({
    type: [HighlightType],
    description: `The parts of \`body\` that match a search for \`query\`, in their order and without overlaps, at most ${maxHighlights}. Of a word, the matching beginning is a part; a letter includes its accents, and a ligature such as ﬁ is included whole. Empty if the search does not find the message, and if it is redacted or deleted.`,
    args: {
      query: t.arg.string({
        description: 'The text of the search, as in `MessageFilter.query`. Null: no search, so the list is empty.',
      }),
    },
    extensions: { maxItems: maxHighlights, needs: needs(messageSource, 'body', 'kind'), ...argumentsOfPayload(checkHighlights) },
    resolve: (message, args, { answer }) => {
      checkHighlights(args);
      const { query } = args;
      const body = searchableBody(message);
      if (query == null || body === null) return [];
      const turn = answer.turns.take(Math.ceil(body.length / charactersPerValue));
      return turn === null ? highlightsOf(body, query) : turn.then(() => highlightsOf(body, query));
    },
  }),
);
