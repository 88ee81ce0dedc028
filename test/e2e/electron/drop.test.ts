// What is dropped on the window: real files and folders, by Chromium's own drag and drop.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { copyPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, type OpenWindow, openWindow } from './support/window.ts';

const slow = 120_000;

describeWindow('dropped on the window', () => {
  beforeAll(buildApp, 120_000);

  it(
    'folders are added, on the first page and on any other',
    async () => {
      const folder = temporaryFolder();
      const first = copyPhotos(join(folder, 'first'));
      const second = join(folder, 'second');
      mkdirSync(second);
      copyPhotos(join(second, 'inside'));
      const window = await openWindow(join(folder, 'data'));
      // The page listens once it is drawn.
      await window.page.getByRole('button', { name: 'Choose folders' }).waitFor();
      const overlay = window.page.getByText('Drop folders to add them');
      await waitUntil('the page says what a drop would do', async () => {
        await drag(window, 'dragOver', [first]);
        return overlay.isVisible();
      });
      await drag(window, 'drop', [first]);
      await waitUntil('the first is known', async () => (await rootsOf(window)).includes(first));
      await window.page.getByRole('button', { name: 'Settings' }).click();
      await drag(window, 'dragOver', [second]);
      await drag(window, 'drop', [second]);
      await waitUntil('the second is, too', async () => (await rootsOf(window)).includes(second));
      expect(await overlay.count()).toBe(0);
    },
    slow,
  );
});

async function rootsOf(window: OpenWindow): Promise<string[]> {
  return (await call(window, 'status', {})).roots.map(({ path }) => path);
}

async function drag({ page }: OpenWindow, type: 'dragOver' | 'drop', files: string[]) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  const [x, y] = [400, 300];
  if (type === 'dragOver')
    await session.send('Input.dispatchDragEvent', { type: 'dragEnter', x, y, data });
  await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}
