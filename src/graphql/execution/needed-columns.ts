import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { NeededColumns } from '../../database/needed-columns.ts';

/**
 * Returns the columns that the operations of a document need, from what its fields declare: an exposed field needs its own column of its type's rows, any
 * other field the columns in its extension `needs`. All columns if a field declares nothing: its resolver may read any row. Skipped fields count as selected.
 */
export function neededColumns(schema: GraphQLSchema, document: DocumentNode): NeededColumns {
  // Payloads show rows that commands have read.
  if (document.definitions.some((each) => each.kind === Kind.OPERATION_DEFINITION && each.operation !== OperationTypeNode.QUERY))
    return null;
  const needed = new Set<string>();
  let isKnown = true;
  const types = new TypeInfo(schema);
  const Field = () => {
    const [type, field] = [types.getParentType(), types.getFieldDef()];
    const columns = type && field ? columnsOf(type, field) : null;
    if (columns === null) isKnown = false;
    else for (const column of columns) needed.add(column);
  };
  visit(document, visitWithTypeInfo(types, { Field }));
  return isKnown ? needed : null;
}

/** Fields of connections and edges. Their resolvers read what every row of a list has. */
const ofLists = /^(edges|nodes?|cursor|pageInfo|totalCount|hasNextPage|hasPreviousPage|startCursor|endCursor)$/;
const listTypes = /(Connection|Edge|PageInfo)$/;

/** Null: unknown. */
function columnsOf(type: GraphQLCompositeType, { name, extensions }: GraphQLField<unknown, unknown>): readonly string[] | null {
  const { needs, pothosExposedField: exposed } = extensions as { needs?: readonly string[]; pothosExposedField?: string };
  if (needs !== undefined) return needs;
  // Every row has its id.
  if (name === 'id' || name.startsWith('__') || (listTypes.test(type.name) && ofLists.test(name))) return [];
  if (exposed === undefined) return null;
  const { rows } = type.extensions as { rows?: string };
  return rows === undefined ? [] : [`${rows}.${exposed}`];
}
