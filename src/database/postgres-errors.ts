import { StatementTimeoutError, UnavailableError } from '../errors.ts';
import { diskFull } from './disk-space.ts';

/** PostgreSQL's code for a statement that was canceled, by `statement_timeout` or by a request. */
export const queryCanceled = '57014';

/** The connection is lost, or could not be made. It must not be used again. */
export class ConnectionLostError extends UnavailableError {
  override name = 'ConnectionLostError';
}

/** Maps errors that a retry may fix: a lost or refused connection, too many connections, a server that shuts down, a full disk, a statement that ran too long. */
export function unavailable(error: unknown): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === queryCanceled) return new StatementTimeoutError('the database canceled a statement', { cause: error });
  if (code === diskFull) return new UnavailableError('the disk of the database server is full', { cause: error });
  const lost =
    /^(08...|57P0[1-5]|53300|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/i.test(message);
  return lost ? new ConnectionLostError('the database does not answer', { cause: error }) : error;
}
