import { createContext, useContext } from 'react';

/** The scopes of the key. */
export const Scopes = createContext<readonly string[]>([]);

/** True if the key may change conversations. */
export function useMayWrite(): boolean {
  return useContext(Scopes).includes('conversations:write');
}
