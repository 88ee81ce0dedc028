// The settings as they are now, and each time they change.
import type { EngineApi } from '../shared/contract.ts';
import type { Settings } from '../shared/settings.ts';

export function followSettings(
  engine: Pick<EngineApi, 'call' | 'on'>,
  follow: (settings: Settings) => void,
): void {
  let changed = false;
  engine.on('settingsChanged', (settings) => {
    changed = true;
    follow(settings);
  });
  // The answer may be overtaken by a change. Where there is none, the library did not open, and
  // people are told so elsewhere.
  engine.call('settings', {}).then(
    (settings) => {
      if (!changed) follow(settings);
    },
    () => {},
  );
}
