// The autostart file of a Linux desktop.
import { describe, expect, it } from 'vitest';
import { desktopEntry } from '../../../src/main/desktopEntry.ts';

function execOf(...command: string[]): string | undefined {
  return /^Exec=(.*)$/m.exec(desktopEntry(command))?.[1];
}

describe('the autostart file', () => {
  it('starts the app out of sight', () => {
    expect(execOf('/opt/Ocelli/ocelli')).toBe('"/opt/Ocelli/ocelli" --hidden');
  });

  it('quotes what desktops would take for something else', () => {
    expect(execOf('/home/a b/50 %/ocelli')).toBe('"/home/a b/50 %%/ocelli" --hidden');
    // A dollar sign needs a backslash as an argument, and that one another as a string of the file.
    expect(execOf('/home/$me/"x"')).toBe(String.raw`"/home/\\$me/\\"x\\"" --hidden`);
  });
});
