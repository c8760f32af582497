import { accessSync, constants } from 'node:fs';

/** The path of a Chromium on this machine: CHROMIUM, or Debian's or Google's; null without one. In CI a missing browser is a failure. */
export const chromium = found(['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']);

if (chromium === null) {
  const advice = 'install Debian’s package chromium, or set CHROMIUM to the path of a Chromium';
  if (process.env.CI) throw new Error(`the tests of test/browser found no browser: ${advice}`);
  console.warn(`the tests of test/browser are skipped, because there is no browser: ${advice}`);
}

function found(paths: readonly string[]): string | null {
  const named = process.env.CHROMIUM;
  return (named ? [named] : paths).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
