// Folders as trees: counts of all below, what shows, and what keys do.
import { describe, expect, test } from 'vitest';
import {
  folderTree,
  pathTo,
  treeStep,
  visibleLines,
} from '../../../src/renderer/features/library/folderNodes.ts';

const roots = [
  { path: '/home/me/Pictures', state: 'online' },
  { path: '/media/Backup', state: 'offline' },
] as const;
const folders = [
  { path: '/home/me/Pictures', root: '/home/me/Pictures', photos: 3 },
  { path: '/home/me/Pictures/2024/Lisbon', root: '/home/me/Pictures', photos: 20 },
  { path: '/home/me/Pictures/2024/Garden', root: '/home/me/Pictures', photos: 5 },
  { path: '/home/me/Pictures/100', root: '/home/me/Pictures', photos: 1 },
  { path: '/home/me/Pictures/9', root: '/home/me/Pictures', photos: 1 },
];
const tree = folderTree(roots, folders);

describe('the tree of folders', () => {
  test('a folder counts the photos of all below it, also where it has none itself', () => {
    expect(tree[0]?.photos).toBe(30);
    expect(tree[0]?.children.find(({ name }) => name === '2024')?.photos).toBe(25);
  });

  test('a root without a photo is there, and says that it is offline', () => {
    expect(tree[1]).toMatchObject({ name: 'Backup', photos: 0, online: false, children: [] });
  });

  test('names are in the order that people count in', () => {
    expect(tree[0]?.children.map(({ name }) => name)).toEqual(['9', '100', '2024']);
  });

  test('paths of Windows and whole disks are understood', () => {
    const [disk] = folderTree(
      [{ path: 'D:\\', state: 'online' }],
      [{ path: 'D:\\Photos\\Rome', root: 'D:\\', photos: 2 }],
    );
    expect(disk?.children[0]?.path).toBe('D:\\Photos');
    expect(disk?.children[0]?.children[0]?.path).toBe('D:\\Photos\\Rome');
    const [whole] = folderTree(
      [{ path: '/', state: 'online' }],
      [{ path: '/srv', root: '/', photos: 1 }],
    );
    expect(whole?.children[0]?.path).toBe('/srv');
  });

  test('the way to a folder begins at its root', () => {
    const way = pathTo(tree, '/home/me/Pictures/2024/Lisbon').map(({ name }) => name);
    expect(way).toEqual(['Pictures', '2024', 'Lisbon']);
    expect(pathTo(tree, '/elsewhere')).toEqual([]);
  });
});

describe('keys in the tree', () => {
  const pictures = '/home/me/Pictures';
  const closed = visibleLines(tree, new Set());
  const open = visibleLines(tree, new Set([pictures]));

  test('right opens, then goes in; left closes, then goes out', () => {
    expect(treeStep(closed, pictures, 'ArrowRight')).toEqual({ open: pictures });
    expect(treeStep(open, pictures, 'ArrowRight')).toEqual({ goTo: `${pictures}/9` });
    expect(treeStep(open, pictures, 'ArrowLeft')).toEqual({ close: pictures });
    expect(treeStep(open, `${pictures}/9`, 'ArrowLeft')).toEqual({ goTo: pictures });
    expect(treeStep(open, `${pictures}/9`, 'ArrowRight')).toBeUndefined();
  });

  test('up and down go along what shows, Home and End to its ends', () => {
    expect(treeStep(closed, pictures, 'ArrowDown')).toEqual({ goTo: '/media/Backup' });
    expect(treeStep(closed, pictures, 'ArrowUp')).toBeUndefined();
    expect(treeStep(open, pictures, 'End')).toEqual({ goTo: '/media/Backup' });
    expect(treeStep(open, '/media/Backup', 'Home')).toEqual({ goTo: pictures });
  });
});
