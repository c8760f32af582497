// Compares every answer of a contract in a test with the contract's own OpenAPI document.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { schema } from '../../src/graphql/built-schema.ts';
import { contractOf, contracts } from '../../src/rest/contracts.ts';
import type { Contract } from '../../src/rest/kit/contract.ts';
import { openApi } from '../../src/rest/kit/openapi/document.ts';

interface DescribedRequest {
  method: string;
  pathname: string;
  authorization: string | null;
}

export interface Answered {
  status: number;
  headers: Headers;
  body: string;
}

interface Described {
  headers?: Record<string, { required?: boolean }>;
  content?: { 'application/json': { schema: object } };
  $ref?: string;
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Described> }>>;
  components: { schemas: Record<string, object>; responses: Record<string, Described> };
}

const failure = { $ref: '#/components/schemas/Failure' };
const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
const documents = new Map<Contract, Document>();
const validators = new Map<Document, Map<object, ValidateFunction>>();

/** True if a contract describes the answers at a path. */
export function isDescribed({ method, pathname }: Pick<DescribedRequest, 'method' | 'pathname'>): boolean {
  const owned = /^\/(v1|conversations)(\/|$)/.test(pathname) || contracts.some(({ name }) => pathname.startsWith(`/${name}/`));
  // Webhooks are received with a signature in place of a key, and in no contract.
  const isReceiver = pathname.startsWith('/agentphone/webhook/');
  return owned && !isReceiver && !/\/(openapi\.json|docs)$/.test(pathname) && method !== 'OPTIONS';
}

/** Returns how an answer differs from its contract's document; null if it does not. */
export function differenceOf(request: DescribedRequest, { status, headers, body }: Answered): string | null {
  const contract = contractOf(request.pathname, request.authorization);
  const document = documentOf(contract);
  const operation = operationAt(document, contract, request);
  const described = operation ? resolve(document, operation.responses[status]) : unrouted(status);
  if (described === undefined) return 'its status is not described';
  const missing = Object.entries(described.headers ?? {}).flatMap(([name, { required }]) => (required && !headers.has(name) ? [name] : []));
  if (missing.length > 0) return `it lacks the headers ${missing.join(', ')}`;
  if (request.method === 'HEAD' || described.content === undefined) return body === '' ? null : 'it has a body';
  return headers.get('content-type') === 'application/json'
    ? problemIn(document, described.content['application/json'].schema, body)
    : 'it is not JSON';
}

function documentOf(contract: Contract): Document {
  const known = documents.get(contract);
  if (known) return known;
  // The document is typed less exactly than this.
  const made = openApi(contract, schema) as object as Document;
  documents.set(contract, made);
  return made;
}

function operationAt({ paths }: Document, { name }: Contract, { method, pathname }: DescribedRequest) {
  const path = pathname.startsWith(`/${name}/`) ? pathname.slice(name.length + 1) : pathname;
  const found = Object.entries(paths).find(([pattern]) => new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
  return found?.[1][method === 'HEAD' ? 'get' : method.toLowerCase()];
}

/** Returns the description of an answer to an unknown path or method, which no operation has. */
function unrouted(status: number): Described | undefined {
  if (status !== 404 && status !== 405) return undefined;
  const required = { required: true };
  const headers = { 'X-Request-Id': required, ...(status === 405 && { Allow: required }) };
  return { headers, content: { 'application/json': { schema: failure } } };
}

function resolve({ components }: Document, described: Described | undefined): Described | undefined {
  return described?.$ref === undefined ? described : components.responses[described.$ref.split('/').at(-1) ?? ''];
}

function problemIn(document: Document, described: object, body: string): string | null {
  const known = validators.get(document) ?? new Map<object, ValidateFunction>();
  validators.set(document, known);
  const validate = known.get(described) ?? ajv.compile({ ...described, components: document.components });
  known.set(described, validate);
  return validate(JSON.parse(body)) ? null : ajv.errorsText(validate.errors, { dataVar: 'body' });
}
