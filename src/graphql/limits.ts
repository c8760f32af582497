// The limits of an operation. Beyond them it is refused with QUERY_TOO_COMPLEX (too many tokens: GRAPHQL_PARSE_FAILED; a page or a list of ids:
// BAD_USER_INPUT). The length is checked before a document is parsed, its shape before it is validated, and the cost of an operation before it runs.

/** The cost of an operation, see `costOf`; of a subscription, for each event. */
export const maxCost = 100_000;
/** Leaf values (scalars, enums) that an operation may return; of a subscription, for each event. */
export const maxValues = 350_000;

/** Fields of an answer that may fail alone, at 0.1 ms of work each. With one more, the whole answer fails. */
export const maxFailedParts = 1_000;

/**
 * UTF-8 bytes of the answer to a REST request, whatever MAX_RESPONSE_BYTES is. A page of a contract may have 111 MB: 200 messages of 10,000
 * control characters and 16 links of 4,096 characters, each a reply to another such message.
 */
export const maxRestBytes = 128 * 1024 * 1024;

/** Characters of a document. A screen of a large client needs a tenth of it. */
export const maxDocumentLength = 65_536;
/** Names, punctuators and values of a document; the parser stops beyond them. */
export const maxTokens = 4_000;

/** Operations and fragments of a document. */
export const maxDefinitions = 200;

/** Limits of each operation and each fragment. A fragment counts as often as it is spread. */
export const shapeLimits = {
  /** Levels of fields. The introspection query of common tools has 14. */
  depth: 20,
  fields: 1_000,
  /** Every alias costs as much as its field. Introspection has no cost, so it allows no aliases. */
  aliases: 50,
  directives: 100,
  /** Pairs of selections of one field, because validation compares every two: 100 fragments that all select `id` make 4,950. */
  pairs: 10_000,
} as const;

export const defaultPageSize = 50;
export const maxPageSize = 200;
/** Ids of one `nodes` field. */
export const maxIds = 100;

/** Tokens of the parsed documents in the cache, about 500 bytes each. The least recently used document is dropped. */
export const keptTokens = 100_000;

/** Characters of the documents that one organization, and all together, can call by hash. */
export const persistedLength = { organization: 2 * 1024 * 1024, all: 64 * 1024 * 1024 };
