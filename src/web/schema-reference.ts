import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';
import { escaped } from './html-text.ts';

/** The groups of the reference, in their order. */
const groups: readonly [title: string, holds: (type: GraphQLNamedType) => boolean][] = [
  ['Query', ({ name }) => name === 'Query'],
  ['Mutation', ({ name }) => name === 'Mutation'],
  ['Subscription', ({ name }) => name === 'Subscription'],
  ['Interfaces', (type) => isInterfaceType(type) || isUnionType(type)],
  ['Types', isObjectType],
  ['Inputs', isInputObjectType],
  ['Enums', isEnumType],
  ['Scalars', isScalarType],
];

/** Returns the reference of a schema as HTML: the list of its types, and each type with its fields, arguments and descriptions. */
export function schemaReference(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  const names = new Set(types.map(({ name }) => name));
  const grouped = Map.groupBy(types, (type) => groups.find(([, holds]) => holds(type))?.[0] ?? 'Types');
  const inOrder = groups.map(([title]): [string, GraphQLNamedType[]] => [title, grouped.get(title) ?? []]);
  const list = inOrder.map(([title, members]) => listOf(title, members)).join('');
  const sections = inOrder.flatMap(([, members]) => members.map((type) => sectionOf(type, names))).join('\n');
  return `<nav class="types" aria-label="Types">
<label for="search">Search types and fields</label>
<input class="field" id="search" type="search" placeholder="messages, consent, around …" autocomplete="off" spellcheck="false">
<p class="quiet" id="found" role="status"></p>
${list}
</nav>
<main class="reference">
<h1>GraphQL schema</h1>
<p>Each field names the scope that its key needs. The same as text: <a href="/schema.graphql">/schema.graphql</a>. To run an operation: <a href="/graphql">GraphiQL</a>.</p>
${sections}
</main>`;
}

function listOf(title: string, members: readonly GraphQLNamedType[]): string {
  const [only] = members;
  if (only === undefined) return '';
  if (only.name === title) return `<h2><a href="#${title}">${title}</a></h2>`;
  const items = members.map(({ name }) => `<li data-name="${name.toLowerCase()}"><a href="#${name}">${name}</a></li>`);
  return `<details open><summary>${title}</summary><ul>${items.join('')}</ul></details>`;
}

type Names = ReadonlySet<string>;

function sectionOf(type: GraphQLNamedType, names: Names): string {
  return `<section class="type" id="${type.name}" data-name="${type.name.toLowerCase()}">
<h2>${type.name}${kindOf(type)}</h2>
${prose(type.description, names)}
${membersOf(type, names)}
</section>`;
}

function kindOf(type: GraphQLNamedType): string {
  const kinds: [string, boolean][] = [
    ['interface', isInterfaceType(type)],
    ['union', isUnionType(type)],
    ['input', isInputObjectType(type)],
    ['enum', isEnumType(type)],
    ['scalar', isScalarType(type)],
  ];
  const kind = kinds.find(([, is]) => is)?.[0] ?? 'type';
  const implemented = isObjectType(type) ? type.getInterfaces().map(({ name }) => ` implements ${linkTo(name)}`) : [];
  return ` <small>${kind}${implemented.join('')}</small>`;
}

function membersOf(type: GraphQLNamedType, names: Names): string {
  if (isObjectType(type) || isInterfaceType(type)) {
    return `<dl>${Object.values(type.getFields())
      .map((field) => fieldOf(type, field, field.args, names))
      .join('')}</dl>`;
  }
  if (isInputObjectType(type)) {
    return `<dl>${Object.values(type.getFields())
      .map((field) => fieldOf(type, field, [], names))
      .join('')}</dl>`;
  }
  if (isEnumType(type)) {
    const values = type.getValues().map(({ name, description }) => entry(type, name, `<code>${name}</code>`, prose(description, names)));
    return `<dl>${values.join('')}</dl>`;
  }
  return isUnionType(type)
    ? `<p>${type
        .getTypes()
        .map(({ name }) => linkTo(name))
        .join(' | ')}</p>`
    : '';
}

function fieldOf(
  type: GraphQLNamedType,
  field: GraphQLField<unknown, unknown> | GraphQLInputField,
  args: readonly GraphQLArgument[],
  names: Names,
): string {
  const parameters = args.length === 0 ? '' : `(${args.map((arg) => `${arg.name}: ${typeText(arg)}`).join(', ')})`;
  const described = args.map((arg) => `<li><code>${arg.name}: ${typeText(arg)}</code> ${inline(arg.description, names)}</li>`);
  const deprecated = field.deprecationReason ? `<p class="bad">Deprecated: ${inline(field.deprecationReason, names)}</p>` : '';
  const about = `${prose(field.description, names)}${deprecated}${described.length === 0 ? '' : `<ul>${described.join('')}</ul>`}`;
  return entry(type, field.name, `<code>${field.name}${parameters}: ${typeText(field)}</code>`, about);
}

function entry(type: GraphQLNamedType, name: string, head: string, about: string): string {
  const id = `${type.name}.${name}`;
  return `<div id="${id}" data-name="${id.toLowerCase()}"><dt>${head} <a href="#${id}" aria-label="Link to ${id}">#</a></dt><dd>${about}</dd></div>`;
}

/** Returns a type as the schema writes it, with a link to its definition. */
function typeText({ type }: { type: GraphQLArgument['type'] | GraphQLField<unknown, unknown>['type'] }): string {
  const { name } = getNamedType(type);
  return escaped(String(type)).replace(name, linkTo(name));
}

function linkTo(name: string): string {
  return `<a href="#${name}">${name}</a>`;
}

function prose(description: string | null | undefined, names: Names): string {
  return description ? `<p>${inline(description, names)}</p>` : '';
}

/** Returns a description as HTML: code in backticks, which links to the type that it names, and scopes marked. */
function inline(description: string | null | undefined, names: Names): string {
  return escaped(description ?? '')
    .replace(/`([^`]+)`/g, (_whole, code: string) => {
      const [, type = ''] = /^(\w+)(\.\w+)?$/.exec(code) ?? [];
      return names.has(type) ? `<a href="#${code}"><code>${code}</code></a>` : `<code>${code}</code>`;
    })
    .replace(/\b(Scope: )([a-z:]+)\./g, '$1<span class="scope">$2</span>.');
}
