// What one operation may ask for: more is QUERY_TOO_COMPLEX (more tokens GRAPHQL_PARSE_FAILED, a page or a list of ids BAD_USER_INPUT), before it costs
// anything. A document is held to its length before it is parsed and to its shape before it is validated, an operation to its price before it runs.

/** Rows that an operation may return, plus one a connection; of a subscription, for each event. */
export const maxPrice = 100_000;

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
/** Items that a page which splits none of one instant may have past its size. */
export const maxTies = 1_000;
/** Ids that `nodes` takes. */
export const maxIds = 100;

/** Characters of the documents that are kept parsed, and of those kept by their hash: what is least used goes. */
export const keptDocumentsLength = 2 * 1024 * 1024;
