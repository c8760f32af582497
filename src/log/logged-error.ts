interface LoggedError {
  type: string;
  /** Absent from an error of the database. */
  message?: string;
  code?: string;
  table?: string;
  constraint?: string;
  stack?: string;
  cause?: LoggedError;
}

/**
 * Returns the fields of an error for the log. An error of the database has only its code, table, constraint and stack, because its message, detail and context
 * quote values and rows, which are content.
 */
function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const fault = faultOf(error);
  const cause = error.cause === undefined ? {} : { cause: loggedError(error.cause) };
  if (fault !== null) return { type: 'DatabaseError', ...fault, ...present({ stack: callsOf(error) }), ...cause };
  const { code } = error as NodeJS.ErrnoException;
  return { type: error.name, message: error.message, ...present({ code, stack: error.stack }), ...cause };
}

/** The serializers of every logger, for errors logged as `err`. */
export const serializers = { err: loggedError };

/** Returns the fields of an error of PostgreSQL or PGlite, also one that Prisma wraps; null for any other error. */
function faultOf(error: Error): Pick<LoggedError, 'code' | 'table' | 'constraint'> | null {
  const { severity, code, table, constraint, meta } = error as Error & Partial<Fault>;
  if (typeof severity === 'string') return present({ code, table, constraint });
  if (!/^(Prisma|DriverAdapter)/.test(error.name)) return null;
  const wrapped = meta?.driverAdapterError?.cause;
  return present({
    code: wrapped?.originalCode ?? code,
    table: wrapped?.table ?? meta?.modelName,
    constraint: wrapped?.constraint?.index,
  });
}

interface Fault {
  severity: string;
  code: string;
  table: string;
  constraint: string;
  meta: {
    modelName?: string;
    driverAdapterError?: { cause?: { originalCode?: string; table?: string; constraint?: { index?: string } } };
  };
}

/** Returns the lines of a stack below its message. */
function callsOf({ name, message, stack = '' }: Error): string | undefined {
  const heading = `${name}: ${message}`;
  return stack.startsWith(heading) ? stack.slice(heading.length).trimStart() : undefined;
}

function present<Fields extends Record<string, string | undefined>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof Fields]?: string };
}
