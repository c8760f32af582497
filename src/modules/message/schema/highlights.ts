import { builder } from '../../../graphql/schema/builder.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { checkHighlights, type Highlight, highlightsOf, maxHighlights, searchableBody } from '../store/highlights.ts';
import { Message } from './ref.ts';

/** Characters of a body whose search takes about as long as resolving one leaf value. */
const charactersPerValue = 10;

const HighlightType = builder.objectRef<Highlight>('Highlight').implement({
  description:
    'A part of a text, in UTF-16 code units, as JavaScript, Java and Swift’s `utf16` count: `text.slice(offset, offset + length)`. The text is as it was sent, so a client marks the part without HTML.',
  fields: (t) => ({
    offset: t.exposeInt('offset', { description: 'The code units before the part: 0 at the beginning of the text.' }),
    length: t.exposeInt('length', {
      description: 'The code units of the part, 1 or more: the code unit at `offset + length` is no part of it.',
    }),
  }),
});

builder.objectField(Message, 'highlights', (t) =>
  t.field({
    type: [HighlightType],
    description: `The parts of \`body\` that a search for \`query\` matches, in their order and without overlaps, the first ${maxHighlights}: of a word the matching beginning; a character that stands for several, as ﬁ for fi, whole; a letter with its accents. Empty where the search does not find the message, so also where the message is redacted or deleted.`,
    args: {
      query: t.arg.string({
        description: 'The text of the search, as in `MessageFilter.query`. Null: nothing is searched for, and nothing is marked.',
      }),
    },
    extensions: { maxItems: maxHighlights, ...argumentsOfPayload(checkHighlights) },
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
