// On battery the window's app goes easy, and says so. Electron tells of the battery in the way it does
// on a laptop; only the telling is the test's.
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { drawPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, openWindow } from './support/window.ts';

const slow = 120_000;

describeWindow('the app on battery', () => {
  beforeAll(buildApp, slow);

  it(
    'goes one step slower, in the run that is under way, and says so',
    async () => {
      const folder = temporaryFolder();
      const window = await openWindow(join(folder, 'data'));
      const photos = drawPhotos(join(folder, 'photos'), 400);
      await call(window, 'changeSettings', { speed: 'balanced' });
      const run = call(window, 'index', { folders: [photos] });
      const running = async () => (await call(window, 'status', {})).running;
      await waitUntil('its processes are there', async () => {
        return ((await running())?.workers.length ?? 0) > 0;
      });
      // Paused, so that it does not end before all is seen.
      await call(window, 'pause', {});
      await window.page.getByRole('button', { name: 'Indexing' }).click();
      await window.page.getByText('A change of speed holds at once.').waitFor();

      await window.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('on-battery'));
      await window.page.getByText('On battery: going easy.').waitFor();
      await waitUntil('one decoder and one embedder are left', async () => {
        const { speed, workers = [] } = (await running()) ?? {};
        return speed === 'eco' && workers.length === 2;
      });
      await window.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('on-ac'));
      await window.page.getByText('A change of speed holds at once.').waitFor();
      expect((await running())?.speed).toBe('balanced');
      await call(window, 'cancel', {});
      expect(await run).toMatchObject({ outcome: 'cancelled', failed: 0 });
    },
    slow,
  );

  it(
    'need not, where people want it otherwise',
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
