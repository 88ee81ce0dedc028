// Another model in the window: chosen with the system's dialog, tried in a process of Electron's own,
// and used.
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { photosUnderstood } from '../../../src/shared/settings.ts';
import { renamedModel } from '../../support/copyModel.ts';
import { copyPhotos, tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, openWindow } from './support/window.ts';

const slow = 120_000;

describeWindow('another model', () => {
  beforeAll(buildApp, slow);

  it(
    'comes from the system’s dialog, looks at every photo, and is searched with',
    async () => {
      const folder = temporaryFolder();
      const model = renamedModel(tinyModel, join(folder, 'model'));
      const window = await openWindow(join(folder, 'data'));
      const { app, page } = window;
      await call(window, 'index', { folders: [copyPhotos(join(folder, 'photos'))] });
      // Nobody sits before the dialog: it is answered here.
      await app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
        },
        [model],
      );
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Add a model from a folder' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Use it' }).click();
      await waitUntil('it has looked at all of them', async () => {
        const models = await call(window, 'models', {});
        return models.some(
          (each) => each.active && each.origin === 'added' && photosUnderstood(each) === 12,
        );
      });
      const { hits } = await call(window, 'search', { words: 'anything' });
      expect(hits).toHaveLength(12);
    },
    slow,
  );
});
