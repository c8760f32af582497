// What one operation may ask for: more is QUERY_TOO_COMPLEX (more tokens GRAPHQL_PARSE_FAILED, a page or a list of ids BAD_USER_INPUT), before it costs
// anything. A document is held to its length before it is parsed and to its shape before it is validated, an operation to its price before it runs.

/** The price of an operation, see `priceOf`; of a subscription, for each event. */
export const maxPrice = 100_000;
/** Leaf values (scalars, enums) that an operation may return; of a subscription, for each event. */
export const maxValues = 350_000;

/** Fields of an answer that may fail, each alone: 0.1 ms of work each. One more and the whole answer fails with its error. */
export const maxFailedParts = 1_000;

/**
 * UTF-8 bytes of the answer to a REST request, whatever MAX_RESPONSE_BYTES is. A page of a contract may have 111 MB: 200 messages of 10,000
 * control characters and 16 links of 4,096 characters, each a reply to another such message.
 */
export const maxRestBytes = 128 * 1024 * 1024;

/** Characters of a document. A screen of a large client has a tenth of it. */
export const maxDocumentLength = 65_536;
/** Names, punctuators and values: more and the parser stops. */
export const maxTokens = 4_000;

/** Operations and fragments of a document. */
export const maxDefinitions = 200;

/** Of each operation and each fragment, what its fragments bring counted as often as they are spread. */
export const shapeLimits = {
  /** Levels of fields. Introspection as tools ask for it has 14. */
  depth: 20,
  fields: 1_000,
  /** An alias shows again what has its price already. Introspection, which has no price, takes none. */
  aliases: 50,
  directives: 100,
  /** Pairs of selections that are merged, since validation compares every two: 100 fragments that all select `id` make 4,950. */
  pairs: 10_000,
} as const;

export const defaultPageSize = 50;
export const maxPageSize = 200;
/** Ids that `nodes` takes. */
export const maxIds = 100;

/** Tokens of the documents that are kept parsed, about 500 bytes each; the least recently used document is dropped. */
export const keptTokens = 100_000;

/** Characters of the documents that an organization may call by hash, and of those of all organizations. */
export const persistedLength = { organization: 2 * 1024 * 1024, all: 64 * 1024 * 1024 };
