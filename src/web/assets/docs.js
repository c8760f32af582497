// The reference of a REST API: Swagger UI over its OpenAPI document, with the key of the tab and the GraphQL behind each operation.
import { askForKey, currentKey, keyHeaders, missingKey, onKeyChange, refusedKey } from './key.js';
import { operationLink } from './operation-link.js';

/** @typedef {{ in: string, name: string, description?: string, required?: boolean, example?: unknown }} Parameter */
/** @typedef {{ parameters?: Parameter[], 'x-graphql': { document: string, example: Record<string, unknown> } }} Operation */
/** @typedef {{ servers: { url: string }[], paths: Record<string, Record<string, Operation>> }} OpenApi */

const place = /** @type {HTMLElement} */ (document.getElementById('reference'));

/** @type {OpenApi} */
const spec = await (await fetch(place.dataset.openapi ?? '')).json();
// The document names the address that the operator set; this page may send requests to its own only.
for (const server of spec.servers) server.url = location.origin + new URL(server.url, location.origin).pathname;

/** Leaves optional fields empty: Swagger UI would fill in the examples, which filter out everything. The descriptions name them instead. */
function leaveOptionalFieldsEmpty() {
  for (const operation of Object.values(spec.paths).flatMap((methods) => Object.values(methods))) {
    for (const parameter of operation.parameters ?? []) {
      if (parameter.required || parameter.example === undefined) continue;
      parameter.description = `${parameter.description ?? ''} Example: \`${parameter.example}\`.`;
      delete parameter.example;
    }
  }
}

/** Returns the id of the first item of a list, such as /v1/conversations; null if the key can read none. @param {string} path @returns {Promise<unknown>} */
async function firstIdOf(path) {
  const answer = await fetch(spec.servers[0]?.url + path, { headers: keyHeaders() });
  if (!answer.ok) return null;
  const items = Object.values(await answer.json()).find(Array.isArray);
  return items?.[0]?.id ?? null;
}

/** Puts ids of the key's own data where the document has examples, so that the first try finds something. */
async function useOwnIds() {
  if (currentKey() === '') return;
  const lists = Map.groupBy(Object.entries(spec.paths), ([path]) => path.split('/{')[0] ?? '');
  for (const [list, operations] of lists) {
    const ofItems = operations.filter(([path]) => path.includes('/{'));
    const id = ofItems.length === 0 || !spec.paths[list] ? null : await firstIdOf(list).catch(() => null);
    if (id === null) continue;
    for (const operation of ofItems.flatMap(([, methods]) => Object.values(methods))) {
      const parameter = operation.parameters?.find((each) => each.in === 'path');
      if (parameter === undefined) continue;
      useId(operation['x-graphql'].example, String(parameter.example), String(id));
      parameter.example = id;
    }
  }
}

/**
 * Replaces the variables that come from an id. An id of REST is that of GraphQL, or ends with it.
 * @param {Record<string, unknown>} variables @param {string} example @param {string} id
 */
function useId(variables, example, id) {
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value === 'object' && value !== null) useId(/** @type {Record<string, unknown>} */ (value), example, id);
    const text = String(value);
    if (text.length < 3 || !example.endsWith(text)) continue;
    const own = id.slice(example.length - text.length);
    variables[name] = typeof value === 'number' ? Number(own) : own;
  }
}

/** Shows the GraphQL behind an operation above its responses. */
const graphqlBehind = () => ({
  wrapComponents: {
    /** @param {unknown} Original @param {{ React: any }} system */
    responses: (Original, { React: { createElement, Fragment } }) =>
      /** @param {{ path: string, method: string }} props */
      (props) => {
        const behind = spec.paths[props.path]?.[props.method]?.['x-graphql'];
        if (behind === undefined) return createElement(Original, props);
        const block = createElement(
          'details',
          { className: 'graphql-behind' },
          createElement('summary', null, 'The GraphQL behind it'),
          createElement('pre', { tabIndex: 0 }, behind.document),
          // The new tab receives a copy of this one's key only if it knows its opener.
          createElement('a', { href: operationLink(behind.document, behind.example), target: '_blank', rel: 'opener' }, 'Open in GraphiQL with example variables'),
        );
        return createElement(Fragment, null, block, createElement(Original, props));
      },
  },
});

leaveOptionalFieldsEmpty();
await useOwnIds();

const dark = matchMedia('(prefers-color-scheme: dark)');
const followScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', followScheme);
followScheme();

// @ts-expect-error Swagger UI's script defines it.
const ui = globalThis.SwaggerUIBundle({
  spec,
  domNode: place,
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  // Its badge would send the document to another host.
  validatorUrl: null,
  plugins: [graphqlBehind],
  onComplete: () => authorize(),
  /** @param {{ status: number }} response */
  responseInterceptor: (response) => {
    if (response.status === 401) askForKey(currentKey() === '' ? missingKey : refusedKey);
    return response;
  },
});

function authorize() {
  if (currentKey() !== '') ui.preauthorizeApiKey('bearer', currentKey());
  // Swagger UI throws if nobody was authorized before.
  else if (ui.authSelectors.authorized().size > 0) ui.authActions.logout(['bearer']);
}

onKeyChange(authorize);
