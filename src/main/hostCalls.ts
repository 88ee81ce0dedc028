// What the page may ask of the desktop: dialogs, the file manager, the clipboard, dragging out.
// Photos are named by id; paths come from the catalogue alone.
import { access } from 'node:fs/promises';
import { dialog, nativeImage, type OpenDialogOptions, shell, type WebContents } from 'electron';
import type { EngineApi } from '../shared/contract.ts';
import { OcelliError } from '../shared/errors.ts';
import { pictureUrls } from '../shared/host.ts';
import type { PhotoDetails } from '../shared/library.ts';
import type { HostHandlers } from './answerCalls.ts';
import { windowIconPath } from './icons.ts';
import type { MainWindow } from './mainWindow.ts';
import { copyPicture, pictureInPage } from './pictureInPage.ts';

/** Pixels of the longer side. */
const draggedSize = 96;

export function hostCallsFor(engine: Pick<EngineApi, 'call'>, window: MainWindow): HostHandlers {
  const photoThere = async (photo: number): Promise<PhotoDetails> => {
    const details = await engine.call('photo', { photo });
    await access(details.path).catch((cause: unknown) => {
      throw new OcelliError('FILE_GONE', `${details.path} is not there at this moment.`, { cause });
    });
    return details;
  };
  const page = (): WebContents => {
    if (window.current) return window.current.webContents;
    throw new OcelliError('INTERNAL', 'The window has been closed.');
  };

  return {
    async chooseFolders({ title, one }) {
      const options: OpenDialogOptions = {
        ...(title === undefined ? {} : { title, message: title }),
        properties: one ? ['openDirectory'] : ['openDirectory', 'multiSelections'],
      };
      const chosen = window.current
        ? await dialog.showOpenDialog(window.current, options)
        : await dialog.showOpenDialog(options);
      return { folders: chosen.canceled ? [] : chosen.filePaths };
    },
    async reveal({ photo }) {
      shell.showItemInFolder((await photoThere(photo)).path);
      return {};
    },
    async open({ photo }) {
      const { path } = await photoThere(photo);
      const problem = await shell.openPath(path);
      if (problem) throw new OcelliError('FILE_UNREADABLE', `${path} was not opened: ${problem}`);
      return {};
    },
    async copy({ photo }) {
      const details = await photoThere(photo);
      const original = `${pictureUrls.electron.originals}${photo}`;
      if (await copyPicture(page(), original)) return {};
      // TIFF and the like: Chromium does not show them, their thumbnail it does.
      const thumbnail = `${pictureUrls.electron.thumbnails}${details.sha256}`;
      if (details.sha256 !== null && (await copyPicture(page(), thumbnail))) return {};
      throw new OcelliError('FORMAT_UNSUPPORTED', `${details.path} cannot be shown here.`);
    },
    async startDrag({ photos }) {
      const files = await Promise.all(photos.map(photoThere));
      const [first] = files;
      if (!first) return {};
      const thumbnail = await thumbnailOf(page(), first);
      const icon = thumbnail.isEmpty()
        ? nativeImage.createFromPath(windowIconPath).resize({ width: draggedSize })
        : thumbnail;
      page().startDrag({ file: first.path, files: files.map(({ path }) => path), icon });
      return {};
    },
  };
}

async function thumbnailOf(page: WebContents, { sha256 }: PhotoDetails) {
  if (sha256 === null) return nativeImage.createEmpty();
  return pictureInPage(page, `${pictureUrls.electron.thumbnails}${sha256}`, draggedSize);
}
