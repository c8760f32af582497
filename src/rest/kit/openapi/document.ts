import type { GraphQLSchema } from 'graphql';
import { createDocument, type oas31, type ZodOpenApiOverride } from 'zod-openapi';
import { secretPrefixes } from '../../../auth/secret.ts';
import { contactAddressRule } from '../../../values/contact-address.ts';
import type { Contract } from '../contract.ts';
import { operationOf } from './operation.ts';
import { sharedRefusals } from './refusals.ts';

const toGraphQL = `Each operation runs one GraphQL document, which \`x-graphql\` shows: send it to \`/graphql\` with the same key, and the result has the data of the
answer. Its \`variables\` are made from the request: a text there is an expression in JavaScript over \`path\`, \`query\` and \`body\`, with the defaults of
this description; leave out a variable that is undefined. \`example\` has the variables of a request with the examples of its path and body. \`globalId(type, uuid)\` is the GraphQL id of a UUID: base64url of one byte for the type,
4 for \`PhoneNumber\`, and the 16 bytes of the UUID. \`contactAddress(text)\` returns the text if it is ${contactAddressRule}; otherwise it
returns undefined. Every other value is used unchanged.`;

/** Returns the addresses of a contract. @param origin the address of the gateway, as `https://api.example.com` */
export function serversOf({ name }: Contract, origin: string): oas31.ServerObject[] {
  return [
    { url: `${origin}/${name}`, description: 'With any key of the organization' },
    { url: `${origin}/`, description: 'With a key of this API' },
  ];
}

/** Returns a contract's OpenAPI 3.1 document, made from its table of routes. Its servers have no host. */
export function openApi(contract: Contract, schema: GraphQLSchema) {
  const paths = [...Map.groupBy(contract.routes, ({ path }) => path)].map(([path, routes]) => [
    path,
    Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operationOf(contract, route, schema)])),
  ]);
  const description = `A key of the organization: \`Authorization: Bearer ${secretPrefixes[contract.name]}…\``;
  return createDocument(
    {
      openapi: '3.1.0',
      info: { title: contract.title, version: '1', description: `${contract.description}\n\n${toGraphQL}` },
      servers: serversOf(contract, ''),
      paths: Object.fromEntries(paths),
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description } }, responses: sharedRefusals(contract) },
    },
    { override: simplify },
  );
}

/** Drops the limits of JavaScript's numbers, and shortens the long pattern of a time. */
const simplify: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'date-time' && 'pattern' in jsonSchema) jsonSchema.pattern = 'Z$';
};
