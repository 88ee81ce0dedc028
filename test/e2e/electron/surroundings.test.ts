// On battery, and while somebody sits at the machine, the window's app goes easy, and says so. Electron
// tells of both in the way it does for people; only the telling is the test's.
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { nicenessOf } from '../../support/niceness.ts';
import { drawPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, openWindow, tellIdleness } from './support/window.ts';

const slow = 120_000;

describeWindow('the app', () => {
  beforeAll(buildApp, slow);

  it(
    'goes one step slower on battery, in the run that is under way, and says so',
    async () => {
      const { window, running, end } = await pausedRun();
      await window.page.getByText('A change of speed holds at once.').waitFor();

      await window.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('on-battery'));
      await window.page.getByText('On battery: going easy.').waitFor();
      await waitUntil('one process is left', async () => {
        const { speed, workers = [] } = (await running()) ?? {};
        return speed === 'eco' && workers.length === 1;
      });
      await window.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('on-ac'));
      await window.page.getByText('A change of speed holds at once.').waitFor();
      expect((await running())?.speed).toBe('balanced');
      await end();
    },
    slow,
  );

  it(
    'lets other programs go first while somebody is at the keyboard, and says so',
    async () => {
      const { window, running, end } = await pausedRun();
      const before = await running();
      await tellIdleness(window.app, 0);
      await window.page.getByText('Somebody is at the keyboard').waitFor();
      if (process.platform === 'linux') {
        await waitUntil('its processes have stepped back', async () => {
          const workers = (await running())?.workers ?? [];
          return nicenessOf(workers.map(({ pid }) => pid)).every((nice) => nice === 19);
        });
      }
      expect((await running())?.workers.length).toBe(before?.workers.length);
      await tellIdleness(window.app, 600);
      await window.page.getByText('A change of speed holds at once.').waitFor();
      await end();
    },
    slow,
  );

  it(
    'need not go easy on battery, where people want it otherwise',
    async () => {
      const window = await openWindow(join(temporaryFolder(), 'data'));
      await call(window, 'status', {});
      await window.page.getByRole('button', { name: 'Settings' }).click();
      const wish = window.page.getByRole('switch', { name: 'On battery, go easy' });
      await wish.click();
      await waitUntil('it is kept', async () => {
        return !(await call(window, 'settings', {})).easyOnBattery;
      });
    },
    slow,
  );
});

/** Of photos enough, paused so that it does not end before all is seen; nobody is at the keyboard. */
async function pausedRun() {
  const folder = temporaryFolder();
  const window = await openWindow(join(folder, 'data'));
  const photos = drawPhotos(join(folder, 'photos'), 400);
  await call(window, 'changeSettings', { speed: 'balanced' });
  const run = call(window, 'index', { folders: [photos] });
  const running = async () => (await call(window, 'status', {})).running;
  await waitUntil('its processes are there', async () => {
    return ((await running())?.workers.length ?? 0) > 0;
  });
  await call(window, 'pause', {});
  await window.page.getByRole('button', { name: 'Indexing' }).click();
  const end = async () => {
    await call(window, 'cancel', {});
    expect(await run).toMatchObject({ outcome: 'cancelled', failed: 0 });
  };
  return { window, running, end };
}
