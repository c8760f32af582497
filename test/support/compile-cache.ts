import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The environment in which processes of tests keep the code that Node compiled: the next process of the same files starts sooner. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'parley-test-compile-cache') };
