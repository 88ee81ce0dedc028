// What tiles are called, ranges of a selection, and folders that are typed.
import { expect, test } from 'vitest';
import { isAbsolutePath, unquoted } from '../../../src/renderer/components/folderPath.ts';
import { tileLabel } from '../../../src/renderer/features/library/tileWords.ts';
import { selectionRange } from '../../../src/renderer/features/selection/selectionRange.ts';
import { tile } from './tiles.ts';

test('a tile is called by its name and day, and by what is the matter with it', () => {
  expect(tileLabel(tile(7))).toBe('IMG_7.jpg, 14 March 2024');
  expect(tileLabel(tile(7, '2024-03', { online: false }))).toBe(
    'IMG_7.jpg, 14 March 2024, its disk is not connected',
  );
  expect(tileLabel(tile(7, '2024-03', { state: 'failed', online: false }))).toContain(
    'could not be read',
  );
  expect(tileLabel(tile(7, '2024-03', { state: 'pending' }))).toContain('not indexed yet');
});

test('a range goes from one photo to the other, whichever comes first', () => {
  const ids = [5, 3, 9, 1];
  expect(selectionRange(ids, 3, 1)).toEqual([3, 9, 1]);
  expect(selectionRange(ids, 1, 3)).toEqual([3, 9, 1]);
  expect(selectionRange(ids, 9, 9)).toEqual([9]);
});

test('a range from a photo that is gone is the other photo alone', () => {
  expect(selectionRange([5, 3], 77, 3)).toEqual([3]);
  expect(selectionRange([5, 3], undefined, 3)).toEqual([3]);
});

test('paths are taken as file managers copy them, and only whole ones', () => {
  expect(unquoted('  "/home/me/My Pictures" ')).toBe('/home/me/My Pictures');
  expect(isAbsolutePath('/home')).toBe(true);
  expect(isAbsolutePath('C:\\Users')).toBe(true);
  expect(isAbsolutePath('\\\\nas\\photos')).toBe(true);
  expect(isAbsolutePath('Pictures')).toBe(false);
  expect(isAbsolutePath('')).toBe(false);
});
