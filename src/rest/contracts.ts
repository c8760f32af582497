import { secretPrefixes } from '../auth/secret.ts';
import { agentmessage } from './agentmessage/contract.ts';
import { agentphone } from './agentphone/contract.ts';
import type { Contract } from './kit/contract.ts';
import { ziik } from './ziik/contract.ts';

export const contracts: readonly Contract[] = [agentmessage, agentphone, ziik];

/** Answers what belongs to no contract. */
const fallback = agentmessage;

/** The contract of a request: by its mount, else by a path that only one has, else by the prefix of its key. */
export function contractOf(pathname: string, authorization: string | null): Contract {
  const mounted = contracts.find(({ name }) => pathname.startsWith(`/${name}/`));
  if (mounted !== undefined) return mounted;
  if (/^\/conversations(\/|$)/.test(pathname)) return ziik;
  return new RegExp(`^bearer +${secretPrefixes.agentphone}`, 'i').test(authorization ?? '') ? agentphone : fallback;
}
