import type { Environment } from '../../config.ts';
import type { Database } from '../../database/database.ts';

/** The result of a check. A note is worth reading, but nothing is wrong. */
export interface Finding {
  state: 'ok' | 'note' | 'problem';
  /** The finding in one sentence. */
  text: string;
  /** The remedy, such as a command to run. */
  action?: string;
}

export interface Check {
  name: string;
  /** True: it reads Parley's tables, so it needs the schema of this release. */
  needsSchema: boolean;
  run(database: Database, environment: Environment): Promise<Finding>;
}
