import { type GraphQLSchema, Kind, print } from 'graphql';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { answerHeaders } from '../../../http/request-id.ts';
import type { Contract } from '../contract.ts';
import { requiredScopes } from '../graphql/required-scopes.ts';
import type { Route } from '../route.ts';
import { budgetHeaders, headersOf } from './headers.ts';
import { parametersOf, requestBodyOf } from './parameters.ts';
import { refusalsOf } from './refusals.ts';

export function operationOf(contract: Contract, route: Route, schema: GraphQLSchema): ZodOpenApiOperationObject {
  const scopes = requiredScopes(schema, route.document);
  const needs = `Needs the scope${scopes.length === 1 ? '' : 's'} ${scopes.map((scope) => `\`${scope}\``).join(' and ')}.`;
  return {
    operationId: operationId(contract, route),
    summary: route.summary,
    description: route.description === '' ? needs : `${route.description}\n\n${needs}`,
    security: [{ bearer: scopes }],
    'x-required-scopes': scopes,
    ...parametersOf(route),
    ...requestBodyOf(route),
    responses: { [route.status]: successOf(route), ...refusalsOf(contract, route) },
    'x-graphql': { document: print(route.document), variables: route.recipe, example: route.exampleVariables() },
  };
}

/** The document's name, without that of the contract. */
function operationId({ title }: Contract, { document }: Route): string {
  const [name = ''] = document.definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION && each.name?.value) || []);
  const own = name.startsWith(title) ? name.slice(title.length) : name;
  return own.charAt(0).toLowerCase() + own.slice(1);
}

function successOf({ response, example }: Route): ZodOpenApiResponseObject {
  const headers = { ...headersOf(new Headers(answerHeaders(''))), ...budgetHeaders };
  if (response === null) return { description: 'Done. The answer has no body.', headers };
  return { description: 'The requested data.', headers, content: { 'application/json': { schema: response, example } } };
}
