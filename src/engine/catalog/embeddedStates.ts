// What the photos' states become where another model is in use: those that it has embedded before are
// indexed, those that it has not wait for it. Read in the reader's thread and written in turns, as it
// may be the whole library; what a crash leaves undone, the next scan of the root does.
import { inTurns } from '../../shared/inTurns.ts';
import type { Catalog } from './catalog.ts';
import type { PhotoState } from './photos.ts';

/** Indexed photos of these roots that another model has embedded and this one has not. */
export async function requeueUnembedded(
  catalog: Catalog,
  rootIds: readonly number[],
  spaceId: number,
): Promise<void> {
  await setStates(catalog, await catalog.reader.read('unembedded', rootIds, spaceId), 'pending');
}

/**
 * Photos that another model has still to look at and that this one has embedded. A file that has
 * changed has no content until it is looked at, so none of these has.
 */
export async function settleEmbedded(catalog: Catalog, spaceId: number): Promise<void> {
  await setStates(catalog, await catalog.reader.read('waitingEmbedded', spaceId), 'indexed');
}

async function setStates(
  catalog: Catalog,
  photoIds: readonly number[],
  state: PhotoState,
): Promise<void> {
  await inTurns(photoIds, (some) =>
    catalog.transaction(() => {
      for (const id of some) catalog.photos.setState(id, state);
    }),
  );
}
