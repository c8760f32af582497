import { type Scope, scopes } from '../auth/scopes.ts';

export interface DemoOrganization {
  name: string;
  /** A file of the import format in prisma/demo. */
  file: string;
  /** The secrets are public: they exist only in the demo's database, which is served on loopback only. */
  keys: readonly { secret: string; name: string; scopes: readonly Scope[] }[];
}

/** The key that pages and printed lines show. It has all scopes. */
export const demoKey = 'am_live_demo000000000000000000000000000';

export const demoOrganizations: readonly DemoOrganization[] = [
  {
    name: 'Larkspur Optical (demo)',
    file: 'first.ndjson',
    keys: [
      { secret: demoKey, name: 'Demo', scopes },
      { secret: 'sk_live_demo000000000000000000000000000', name: 'Demo, orders', scopes },
      { secret: 'zk_live_demo000000000000000000000000000', name: 'Demo, workplace', scopes },
      { secret: 'am_live_demoreadonly0000000000000000000', name: 'Demo, read only', scopes: ['conversations:read'] },
    ],
  },
  {
    name: 'Harbor Point Plumbing (demo)',
    file: 'second.ndjson',
    keys: [{ secret: 'am_live_demoother000000000000000000000', name: 'Demo, other', scopes }],
  },
];
