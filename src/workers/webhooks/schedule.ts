const seconds = [5, 30, 2 * 60, 10 * 60, 60 * 60];

/** Returns the milliseconds between an attempt and the next one, with a fifth more or less; null after the last. @param random from 0 to below 1 */
export function retryDelayMs(attempts: number, random: number): number | null {
  const base = seconds[attempts - 1];
  return base === undefined ? null : Math.round(base * 1_000 * (0.8 + 0.4 * random));
}
