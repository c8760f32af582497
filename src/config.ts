import { z } from 'zod';

export interface Config {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  database: DatabaseConfig;
  /** Load the demo into an embedded database that is empty, and serve it. */
  demo: boolean;
  /** Bring a PostgreSQL database that is behind up to date at start. */
  autoMigrate: boolean;
  /** Whose pages may read answers: exact origins, as `https://app.example.com`. */
  corsOrigins: readonly string[];
  /** A file of operations by their hash, and whether only those run; null: there is none. */
  trustedOperations: { path: string; only: boolean } | null;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

/** PostgreSQL where there is a URL, else the database embedded in a folder. */
export type DatabaseConfig = { url: string } | { dataDir: string };

const flag = z.enum(['true', 'false'], 'must be true or false').default('false');

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
    .default('4000')
    .transform(Number)
    .refine((port) => port <= 65535, 'must be a port number, 0 to 65535'),
  DATABASE_URL: z
    .string()
    .refine(
      (url) => /^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? ''),
      'must be a URL like postgresql://user:password@host:5432/database',
    )
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  AUTO_MIGRATE: flag,
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((origin) => origin.trim() || []))
    .refine((origins) => origins.every(isOrigin), 'must be exact origins with commas between, like https://app.example.com; * is none'),
  TRUSTED_OPERATIONS: z.string().min(1).optional(),
  TRUSTED_OPERATIONS_ONLY: flag,
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be one of trace, debug, info, warn, error, fatal, silent')
    .default('info'),
});

/** What needs another variable beside it. */
const wholeEnvironment = environment.refine(
  ({ TRUSTED_OPERATIONS, TRUSTED_OPERATIONS_ONLY }) => TRUSTED_OPERATIONS !== undefined || TRUSTED_OPERATIONS_ONLY === 'false',
  { path: ['TRUSTED_OPERATIONS_ONLY'], message: 'needs TRUSTED_OPERATIONS, the file of those that may run' },
);

/** As a browser writes it in the header Origin. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}

/** Every problem of an environment at once, each naming its variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the configuration. An empty variable counts as absent. @throws ConfigError */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = wholeEnvironment.safeParse(given);
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
  }
  const { HOST, PORT, DATABASE_URL, DATA_DIR, AUTO_MIGRATE, CORS_ORIGINS, TRUSTED_OPERATIONS, TRUSTED_OPERATIONS_ONLY, LOG_LEVEL } =
    result.data;
  return {
    host: HOST,
    port: PORT,
    database: DATABASE_URL === undefined ? { dataDir: DATA_DIR } : { url: DATABASE_URL },
    demo: DATABASE_URL === undefined,
    autoMigrate: AUTO_MIGRATE === 'true',
    corsOrigins: CORS_ORIGINS,
    trustedOperations: TRUSTED_OPERATIONS === undefined ? null : { path: TRUSTED_OPERATIONS, only: TRUSTED_OPERATIONS_ONLY === 'true' },
    logLevel: LOG_LEVEL,
  };
}
