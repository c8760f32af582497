import { type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { Plan } from './plan.ts';
import type { OperationParts } from './run.ts';

/** The plans that are kept of an operation. Conditions of many variables have more choices than clients use. */
const maxPlans = 8;

/** The plans of an operation: one for each choice of what `@skip` and `@include` leave out. */
export class CompiledOperation {
  readonly parts: OperationParts;
  readonly #conditions: readonly string[];
  readonly #plans = new Map<string, Plan>();

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode, operation: OperationDefinitionNode) {
    const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
    for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
    this.parts = { schema, operation, fragments };
    this.#conditions = conditionsIn([operation, ...Object.values(fragments)]);
  }

  planFor(variables: Readonly<Record<string, unknown>>): Plan {
    const key = this.#conditions.map((name) => String(variables[name])).join();
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const given = this.#conditions.filter((name) => name in variables).map((name) => [name, variables[name]]);
    const plan = new Plan(this.parts, Object.fromEntries(given));
    if (this.#plans.size < maxPlans) this.#plans.set(key, plan);
    return plan;
  }
}

/** Returns the names of the variables in `@skip` and `@include`. */
function conditionsIn(definitions: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): string[] {
  const names = new Set<string>();
  for (const definition of definitions) {
    visit(definition, {
      Directive: ({ arguments: given = [] }) => {
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}
