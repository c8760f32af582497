// The real clients against a real port: `npm ci` in test/clients first. The gateway runs beside the tests, which are what a frontend is.
import { createRequire } from 'node:module';
import { defineConfig, type Plugin } from 'vitest/config';

/** Documents of Relay become the compiler's artifacts, as its own plugins do it. */
const relayDocuments: Plugin = {
  name: 'relay-documents',
  enforce: 'pre',
  transform(code, id) {
    const names: string[] = [];
    const changed = code.replace(/graphql`\s*(?:query|mutation|subscription|fragment)\s+(\w+)[^`]*`/g, (_document, name: string) => {
      names.push(name);
      return `document_${name}`;
    });
    if (names.length === 0 || !/\/(test\/clients|src\/web\/examples)\/relay\//.test(id)) return null;
    return `${names.map((name) => `import document_${name} from './__generated__/${name}.graphql.ts';`).join('')}${changed}`;
  },
};

export default defineConfig({
  plugins: [relayDocuments],
  // As Node resolves: one graphql package, not its module twin beside the one that Yoga requires.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') },
      // The examples have packages of their own: a page has one React and one Relay.
      {
        find: /^(react|react-dom|react-relay|relay-runtime)(\/.*)?$/,
        replacement: `${import.meta.dirname}/../test/clients/node_modules/$1$2`,
      },
    ],
  },
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    root: `${import.meta.dirname}/..`,
    include: ['test/clients/{relay,apollo,urql,examples}/*.test.{ts,tsx}'],
    globalSetup: ['test/clients/support/server.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
