import { agentmessage } from './agentmessage/contract.ts';
import type { Contract } from './contract.ts';
import { ziik } from './ziik/contract.ts';

export const contracts: readonly Contract[] = [agentmessage, ziik];

/** Answers what belongs to no contract. */
export const fallback = agentmessage;

/** The contract of a request: by its mount, else by a path that only one has, else by the prefix of its key; null: that one is not served. */
export function contractOf(pathname: string, authorization: string | null): Contract | null {
  const mounted = contracts.find(({ name }) => pathname.startsWith(`/${name}/`));
  if (mounted !== undefined) return mounted;
  if (/^\/conversations(\/|$)/.test(pathname)) return ziik;
  // Keys made for AgentPhone: its bare paths are the fallback's too, with other answers.
  return /^bearer +sk_live_/i.test(authorization ?? '') ? null : fallback;
}
