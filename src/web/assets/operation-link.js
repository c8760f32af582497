// Links that open an operation in GraphiQL. It is behind the #, so that no server and no log receives it.

/** Returns the address that opens an operation in GraphiQL. @param {string} query @param {Record<string, unknown>} variables */
export function operationLink(query, variables) {
  return `/graphql#${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;
}

/** Returns the operation that the address names; null if it names none. @param {string} hash @returns {{ query: string, variables: Record<string, unknown> | null } | null} */
export function linkedOperation(hash) {
  const parameters = new URLSearchParams(hash.slice(1));
  const query = parameters.get('query');
  if (query === null) return null;
  try {
    return { query, variables: JSON.parse(parameters.get('variables') ?? 'null') };
  } catch {
    return { query, variables: null };
  }
}
