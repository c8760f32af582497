import type { GraphQLSchema } from 'graphql';
import { secretPrefixes } from '../auth/secret.ts';
import type { Contract } from './contract.ts';
import { operationOf } from './openapi-operation.ts';
import { sharedRefusals } from './openapi-refusals.ts';
import { gatherSchemas } from './openapi-schema.ts';

/** A contract's OpenAPI 3.1 document, made from its table of routes. */
export function openApi(contract: Contract, schema: GraphQLSchema) {
  const paths = [...Map.groupBy(contract.routes, ({ path }) => path)].map(([path, routes]) => [
    path,
    Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operationOf(contract, route, schema)])),
  ]);
  const description = `A key of the organization: \`Authorization: Bearer ${secretPrefixes[contract.name]}…\``;
  return gatherSchemas({
    openapi: '3.1.0',
    info: { title: contract.title, version: '1', description: contract.description },
    servers: [
      { url: `/${contract.name}`, description: 'With any key of the organization' },
      { url: '/', description: 'With a key of this API' },
    ],
    paths: Object.fromEntries(paths),
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description } }, responses: sharedRefusals(contract) },
  });
}
