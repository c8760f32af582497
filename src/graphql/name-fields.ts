import { BREAK, type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { badInput, ParleyError } from '../errors.ts';

const valueKinds: readonly string[] = [
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.VARIABLE,
];

/** Says of a value in a document that does not fit which argument or input field it was given for: GraphQL itself, and a scalar, know only its type. */
export function nameFields(): Plugin {
  return {
    onValidate:
      ({ params: { documentAST } }) =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map((error) => named(error, documentAST)));
      },
  };
}

function named(error: GraphQLError, document: DocumentNode): GraphQLError {
  const { nodes, originalError, extensions } = error;
  // Kept from an earlier time, when it was named.
  if (extensions.field !== undefined) return error;
  const field = nodes?.[0] && valueKinds.includes(nodes[0].kind) ? placeOf(nodes[0], document) : null;
  if (field === null) return error;
  if (originalError instanceof ParleyError) {
    const cause = badInput(field, String(originalError.details.reason));
    return new GraphQLError(cause.message, { nodes, originalError: cause, extensions: { ...extensions, field } });
  }
  return new GraphQLError(`${field}: ${error.message}`, { nodes, extensions: { ...extensions, field } });
}

/** Where a value stands, as `filter.types[0]`, or `$name` for a variable's default; null: in none of them. */
function placeOf(value: unknown, document: DocumentNode): string | null {
  const steps: string[] = [];
  let found = false;
  visit(document, {
    enter(node, key, parent) {
      const step = stepTo(node, key, parent);
      steps.push(step);
      found = node === value;
      return found ? BREAK : undefined;
    },
    leave: () => void steps.pop(),
  });
  const place = steps.join('');
  return found && place !== '' ? place.replace(/^\./, '') : null;
}

function stepTo(node: { kind: string; name?: { value: string } | undefined }, key: unknown, parent: unknown): string {
  switch (node.kind) {
    case Kind.ARGUMENT:
    case Kind.OBJECT_FIELD:
      return `.${node.name?.value}`;
    case Kind.VARIABLE_DEFINITION:
      return `.$${(node as unknown as { variable: { name: { value: string } } }).variable.name.value}`;
    default:
      return Array.isArray(parent) && valueKinds.includes(node.kind) ? `[${key}]` : '';
  }
}
