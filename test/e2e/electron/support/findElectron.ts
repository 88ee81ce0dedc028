// What the tests of the window need and not every machine has: Electron itself, and a display. Each
// is looked for once a test file; what is missing becomes the reason for which its tests are skipped.
import { afterAll, describe } from 'vitest';
import { findElectron, type Missing, openDisplay } from './electronHere.ts';

export interface Ready {
  readonly program: string;
  /** DISPLAY; undefined where the system needs none. */
  readonly display: string | undefined;
}

const found = await look();

export function ready(): Ready {
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

/** `describe`, or a skipped one that says why. */
export function describeWindow(name: string, tests: () => void): void {
  if ('reason' in found) describe.skip(`${name} (skipped: ${found.reason})`, tests);
  else describe(name, tests);
}

async function look(): Promise<Ready | Missing> {
  const electron = findElectron();
  if ('reason' in electron) return electron;
  const display = await openDisplay();
  if ('reason' in display) return display;
  afterAll(() => display.close());
  return { ...electron, display: display.name };
}
