import type { GraphQLSchema } from 'graphql';
import { secretPrefixes } from '../../../auth/secret.ts';
import { contactAddressRule } from '../../../values/contact-address.ts';
import type { Contract } from '../contract.ts';
import { operationOf } from './operation.ts';
import { sharedRefusals } from './refusals.ts';
import { gatherSchemas } from './schema.ts';

const toGraphQL = `Each operation runs one GraphQL document, which \`x-graphql\` shows: send it to \`/graphql\` with the same key, and the data are those that the operation
answers with. Its \`variables\` are made of the request: a text there is an expression in JavaScript over \`path\`, \`query\` and \`body\`, with the defaults of
this description; what it leaves undefined is left out. \`globalId(type, uuid)\` is the id that GraphQL gives to a thing: base64url of one byte for its type,
4 for \`PhoneNumber\`, and the 16 of the UUID. \`contactAddress(text)\` gives the text back if it is ${contactAddressRule}; else it gives undefined. Everything else stands for itself.`;

/** The addresses that a contract is served at. `origin`: what they begin with, as `https://api.example.com`. */
export function serversOf({ name }: Contract, origin: string): object[] {
  return [
    { url: `${origin}/${name}`, description: 'With any key of the organization' },
    { url: `${origin}/`, description: 'With a key of this API' },
  ];
}

/** A contract's OpenAPI 3.1 document, made from its table of routes. Its servers have no host. */
export function openApi(contract: Contract, schema: GraphQLSchema) {
  const paths = [...Map.groupBy(contract.routes, ({ path }) => path)].map(([path, routes]) => [
    path,
    Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operationOf(contract, route, schema)])),
  ]);
  const description = `A key of the organization: \`Authorization: Bearer ${secretPrefixes[contract.name]}…\``;
  return gatherSchemas({
    openapi: '3.1.0',
    info: { title: contract.title, version: '1', description: `${contract.description}\n\n${toGraphQL}` },
    servers: serversOf(contract, ''),
    paths: Object.fromEntries(paths),
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description } }, responses: sharedRefusals(contract) },
  });
}
