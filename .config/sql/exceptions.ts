import { neverNull, otherOrganizations, samples } from './listed.ts';

/** The entries of `listed.ts`, and which of them something needed. */
export class Exceptions {
  readonly #unused = new Set([Object.keys(samples), ...Object.values(neverNull), ...Object.values(otherOrganizations)].flat());

  isNeverNull(label: string, column: string): boolean {
    return this.#use(neverNull, `${label}.${column}`);
  }

  isOfAllOrganizations(label: string, table: string): boolean {
    return this.#use(otherOrganizations, label) || this.#use(otherOrganizations, `${label}.${table}`);
  }

  /** Returns the samples of a file; null if it has none. */
  samplesOf(path: string): string[] | null {
    const key = Object.keys(samples).find((each) => path.endsWith(`/${each}`));
    if (key === undefined) return null;
    this.#unused.delete(key);
    return samples[key] ?? null;
  }

  unused(): string[] {
    return [...this.#unused];
  }

  #use(list: Record<string, string[]>, key: string): boolean {
    const isListed = Object.values(list).some((keys) => keys.includes(key));
    if (isListed) this.#unused.delete(key);
    return isListed;
  }
}
