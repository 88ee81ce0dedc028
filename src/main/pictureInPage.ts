// A photo's pixels, for the clipboard and for dragging. Electron's own images know neither WebP nor
// most of what photos come in, and decode on the main thread, so the page's process does it.
import { type NativeImage, nativeImage, type WebContents } from 'electron';
import { z } from 'zod';
import { copyInPage, drawInPage } from './drawInPage.ts';

/** Any world but the page's own (0) and the preload script's (999). */
const worldId = 1001;

/** @param longest pixels of the longer side, at most. Empty where the picture cannot be shown. */
export async function pictureInPage(
  contents: WebContents,
  url: string,
  longest: number,
): Promise<NativeImage> {
  const png = z.string().safeParse(await run(contents, drawInPage, url, longest));
  return png.success ? nativeImage.createFromDataURL(png.data) : nativeImage.createEmpty();
}

/** Puts it on the clipboard; false where it cannot be shown. */
export async function copyPicture(contents: WebContents, url: string): Promise<boolean> {
  return (await run(contents, copyInPage, url)) === true;
}

function run<Arguments extends (string | number)[]>(
  contents: WebContents,
  work: (...args: Arguments) => Promise<unknown>,
  ...args: Arguments
): Promise<unknown> {
  const code = `(${work.toString()})(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
  return contents.executeJavaScriptInIsolatedWorld(worldId, [{ code }], true);
}
