import { defineConfig, type Plugin } from 'vite';

/** Replaces each document by the compiler's artifact, as Relay's Babel plugin does. */
const relayDocuments: Plugin = {
  name: 'relay-documents',
  enforce: 'pre',
  transform(code, id) {
    if (!/\.tsx?$/.test(id)) return null;
    const names: string[] = [];
    const changed = code.replace(/graphql`\s*(?:query|mutation|subscription|fragment)\s+(\w+)[^`]*`/g, (_document, name: string) => {
      names.push(name);
      return `document_${name}`;
    });
    return names.length === 0
      ? null
      : names.map((name) => `import document_${name} from './__generated__/${name}.graphql.ts';`).join('') + changed;
  },
};

export default defineConfig({
  base: '/inbox/',
  plugins: [relayDocuments],
  oxc: { jsx: { runtime: 'automatic' } },
  build: { target: 'baseline-widely-available', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
  // `npm run dev` beside a gateway: its pages reload as the source changes.
  server: { proxy: { '/graphql': 'http://127.0.0.1:4000' } },
});
