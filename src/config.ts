import { isIP } from 'node:net';
import { z } from 'zod';

export interface Config {
  host: string;
  /** 0: the system chooses. */
  port: number;
  database: DatabaseConfig;
  /** The address that links begin with, such as `https://api.example.com`; null: the address that the server listens on. */
  publicUrl: string | null;
  /** Addresses and CIDR ranges of the proxies whose forwarded headers count. */
  trustedProxies: readonly string[];
  /** Host names that requests may be sent to, without a port, as a URL writes them; empty: all. */
  allowedHosts: readonly string[];
  /** The points that a key may spend in a minute, if it has no budget of its own. */
  budgetPerMinute: number;
  /** The URL of the Redis in which gateways share budgets; null: each gateway counts in memory. */
  redisUrl: string | null;
  /** True: load the demo into an empty embedded database, and serve it. */
  demo: boolean;
  /** True: migrate a PostgreSQL database at start. */
  autoMigrate: boolean;
  /** Origins whose pages may read answers: exact ones, such as `https://app.example.com`. */
  corsOrigins: readonly string[];
  /** The most event streams that may be open at once in this process. */
  maxStreams: { perKey: number; perOrganization: number };
  /** Milliseconds in which a whole request must arrive. */
  requestTimeoutMs: number;
  /** A file of operations by their hash, and `only`: true if no others may run. Null: no file. */
  trustedOperations: { path: string; only: boolean } | null;
  /** Connections to PostgreSQL that requests share. */
  databasePool: number;
  /** Milliseconds after which PostgreSQL cancels a statement of a request. */
  statementTimeoutMs: number;
  /** The most UTF-8 bytes of the answer to a GraphQL operation, or of an event. */
  maxResponseBytes: number;
  /** The most bytes of all answers that clients have not read yet. */
  maxHeldBytes: number;
  /** The time after which a client that reads nothing of its answer is disconnected. */
  answerTimeoutMs: number;
  /** The keys that encrypt the secrets of webhooks, 32 bytes each: the first encrypts, all decrypt. Empty: no webhook can be created. */
  webhookEncryptionKeys: readonly Buffer[];
  /** The address of `/metrics`; null: off. */
  metrics: { host: string; port: number } | null;
  /** The OTLP receiver of traces, such as `http://127.0.0.1:4318`; null: requests are not traced. */
  otlpEndpoint: string | null;
  /** Addresses and CIDR ranges to which webhooks may be sent although they are not public; with any, also by http. */
  webhookAllowedRanges: readonly string[];
  /** The time after a signal to stop in which the gateway continues to serve, so that a load balancer notices that it is not ready. */
  drainMs: number;
  /** The time that running requests have after it, and then the time to close the database. */
  graceMs: number;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

/** The URL of a PostgreSQL database, or the folder of the embedded one. */
export type DatabaseConfig = { url: string } | { dataDir: string };

/**
 * How `parley config` prints a variable: everything, or a URL without its password. A variable that is not registered here is printed as hidden, so that nobody
 * can forget to hide a new secret. `count`, `list` and `flag` register what they return.
 */
export const printing = z.registry<{ prints: 'everything' | 'no password' }>();
const everything = { prints: 'everything' } as const;
const noPassword = { prints: 'no password' } as const;

function count(least: number, most: number, unit: string) {
  const rule = `must be a number of ${unit}, ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, rule)
    .transform(Number)
    .refine((number) => number >= least && number <= most, rule)
    .register(printing, everything);
}

/** Returns a schema of texts that are separated by commas, without spaces around them. */
function list(check: (text: string) => boolean, rule: string) {
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((each) => each.trim() || []))
    .refine((texts) => texts.every(check), rule)
    .register(printing, everything);
}

const flag = z.enum(['true', 'false'], 'must be true or false').default('false').register(printing, everything);

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65535, 'must be a port number, 0 to 65535')
  .register(printing, everything);

export const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1').register(printing, everything),
  PORT: port.prefault('4000').register(printing, everything),
  DATABASE_URL: z
    .string()
    .refine(
      (url) => /^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? ''),
      'must be a URL like postgresql://user:password@host:5432/database',
    )
    .register(printing, noPassword)
    .optional(),
  // Fewer would leave nothing to share: see `limitsOf`.
  DATABASE_POOL: count(4, 1_000, 'connections').prefault('10'),
  DATA_DIR: z.string().min(1).default('.data').register(printing, everything),
  AUTO_MIGRATE: flag,
  PUBLIC_URL: z
    .string()
    .refine(isAddress, 'must be an address without a path, like https://api.example.com')
    .transform((text) => new URL(text).origin)
    .register(printing, everything)
    .optional(),
  TRUSTED_PROXIES: list(isRange, 'must be IP addresses or ranges with commas between, like 10.0.0.1 or 10.0.0.0/8'),
  ALLOWED_HOSTS: list(isHostName, 'must be host names without a port, with commas between, like api.example.com').transform((names) =>
    names.map((name) => new URL(`http://${name}/`).hostname),
  ),
  // The database stores a key's own budget as a 32-bit integer.
  BUDGET_PER_MINUTE: count(1, 2_147_483_647, 'points').prefault('5000000'),
  REDIS_URL: z
    .string()
    .refine((url) => /^rediss?:$/.test(URL.parse(url)?.protocol ?? ''), 'must be a URL like redis://user:password@host:6379/0')
    .register(printing, noPassword)
    .optional(),
  CORS_ORIGINS: list(isOrigin, 'must be exact origins with commas between, like https://app.example.com; * is not allowed'),
  REQUEST_TIMEOUT: count(1, 999, 'seconds').prefault('30'),
  STREAMS_PER_KEY: count(1, 999_999, 'streams').prefault('250'),
  STREAMS_PER_ORGANIZATION: count(1, 999_999, 'streams').prefault('2000'),
  TRUSTED_OPERATIONS: z.string().min(1).register(printing, everything).optional(),
  TRUSTED_OPERATIONS_ONLY: flag,
  STATEMENT_TIMEOUT: count(1, 9_999, 'seconds').prefault('10'),
  // Node's texts have at most 512 Mi characters.
  MAX_RESPONSE_BYTES: count(1_024, 268_435_456, 'bytes').prefault('16777216'),
  MAX_HELD_BYTES: count(1_024, Number.MAX_SAFE_INTEGER, 'bytes').prefault('268435456'),
  ANSWER_TIMEOUT: count(1, 3_600, 'seconds').prefault('30'),
  // Not registered for printing: it is a secret.
  WEBHOOK_ENCRYPTION_KEY: z
    .string()
    .refine(
      (text) => text.split(',').every((key) => readKey(key) !== null),
      'must be 32 bytes in base64 or hex, as "openssl rand -base64 32" prints them, or several keys with commas between',
    )
    .optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1').register(printing, everything),
  METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ''), 'must be a URL like http://127.0.0.1:4318')
    .register(printing, noPassword)
    .optional(),
  WEBHOOK_ALLOWED_RANGES: list(isRange, 'must be IP addresses or ranges with commas between, like 127.0.0.1 or 10.0.0.0/8'),
  DRAIN_SECONDS: count(0, 3_600, 'seconds').prefault('0'),
  GRACE_SECONDS: count(0, 3_600, 'seconds').prefault('5'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be one of trace, debug, info, warn, error, fatal, silent')
    .default('info')
    .register(printing, everything),
});

/** The environment, with the rules that concern two variables. */
const wholeEnvironment = environment.refine(
  ({ TRUSTED_OPERATIONS, TRUSTED_OPERATIONS_ONLY }) => TRUSTED_OPERATIONS !== undefined || TRUSTED_OPERATIONS_ONLY === 'false',
  { path: ['TRUSTED_OPERATIONS_ONLY'], message: 'needs TRUSTED_OPERATIONS, the file of the operations that may run' },
);

/** Returns the 32 bytes of a key in base64 or hex; null for any other text. */
function readKey(text: string): Buffer | null {
  const key = text.trim();
  if (/^[0-9a-f]{64}$/i.test(key)) return Buffer.from(key, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(key) ? Buffer.from(key, 'base64') : null;
}

/** True for an origin as browsers send it in the header Origin. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}

/** Host names whose characters are safe in a link on a command line; `http://a'$(id)'/` is a valid URL too. */
const hostName = /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])$/i;

function isHostName(text: string): boolean {
  return hostName.test(text) && URL.canParse(`http://${text}/`);
}

function isAddress(text: string): boolean {
  const [, name, port] = /^https?:\/\/([^/]+?)(:\d+)?\/?$/i.exec(text) ?? [];
  return name !== undefined && isHostName(name) && URL.canParse(`http://${name}${port ?? ''}/`);
}

function isRange(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits ?? 0) <= (family === 4 ? 32 : 128);
}

/** All problems of an environment, one a line, each with its variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the variables of this program. An empty variable counts as absent. @throws ConfigError */
export function readVariables(env: Environment): z.output<typeof environment> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = wholeEnvironment.safeParse(present);
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
}

/** Reads the configuration. @throws ConfigError */
export function loadConfig(env: Environment): Config {
  const { HOST, PORT, DATABASE_URL, DATA_DIR, AUTO_MIGRATE, CORS_ORIGINS, TRUSTED_OPERATIONS, TRUSTED_OPERATIONS_ONLY, ...rest } =
    readVariables(env);
  return {
    host: HOST,
    port: PORT,
    database: DATABASE_URL === undefined ? { dataDir: DATA_DIR } : { url: DATABASE_URL },
    publicUrl: rest.PUBLIC_URL ?? null,
    trustedProxies: rest.TRUSTED_PROXIES,
    allowedHosts: rest.ALLOWED_HOSTS,
    budgetPerMinute: rest.BUDGET_PER_MINUTE,
    redisUrl: rest.REDIS_URL ?? null,
    demo: DATABASE_URL === undefined,
    autoMigrate: AUTO_MIGRATE === 'true',
    corsOrigins: CORS_ORIGINS,
    maxStreams: { perKey: rest.STREAMS_PER_KEY, perOrganization: rest.STREAMS_PER_ORGANIZATION },
    requestTimeoutMs: rest.REQUEST_TIMEOUT * 1_000,
    trustedOperations: TRUSTED_OPERATIONS === undefined ? null : { path: TRUSTED_OPERATIONS, only: TRUSTED_OPERATIONS_ONLY === 'true' },
    databasePool: rest.DATABASE_POOL,
    statementTimeoutMs: rest.STATEMENT_TIMEOUT * 1_000,
    maxResponseBytes: rest.MAX_RESPONSE_BYTES,
    maxHeldBytes: rest.MAX_HELD_BYTES,
    answerTimeoutMs: rest.ANSWER_TIMEOUT * 1_000,
    webhookEncryptionKeys: (rest.WEBHOOK_ENCRYPTION_KEY?.split(',') ?? []).flatMap((key) => readKey(key) ?? []),
    metrics: rest.METRICS_PORT === undefined ? null : { host: rest.METRICS_HOST, port: rest.METRICS_PORT },
    otlpEndpoint: rest.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    webhookAllowedRanges: rest.WEBHOOK_ALLOWED_RANGES,
    drainMs: rest.DRAIN_SECONDS * 1_000,
    graceMs: rest.GRACE_SECONDS * 1_000,
    logLevel: rest.LOG_LEVEL,
  };
}
