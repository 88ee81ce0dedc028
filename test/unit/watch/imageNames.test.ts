// Which files and folders count.
import { expect, it } from 'vitest';
import { isExcludedFolder, isImageName } from '../../../src/engine/watch/imageNames.ts';

it.each(['a.jpg', 'A.JPEG', 'x.y.webp', 'ö.tif', 'IMG_1.HEIC', 'raw.cr3', '😀.png'])(
  '%s is a photograph by its name',
  (name) => expect(isImageName(name)).toBe(true),
);

it.each(['a.txt', 'jpg', '.jpg', '._IMG_1.jpg', '.hidden.png', 'a.jpg.part', 'Thumbs.db'])(
  '%s is none',
  (name) => expect(isImageName(name)).toBe(false),
);

it.each(['.git', '@eaDir', '$RECYCLE.BIN', 'Catalog Previews.lrdata', 'node_modules'])(
  'the folder %s is left alone',
  (name) => expect(isExcludedFolder(name)).toBe(true),
);

it('the folder 2024 Ferien is not', () => expect(isExcludedFolder('2024 Ferien')).toBe(false));
