// Imported first by main.ts, because libraries read NODE_ENV when they are loaded. In production graphql-js skips checks for several copies of itself.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

process.env.NODE_ENV ??= 'production';
// The first start writes what it compiled there, TypeScript included, and later starts read it. If the folder cannot be written, each start compiles.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/parley'));
