// What it means to drop something on the window.
import { describe, expect, test } from 'vitest';
import { dropMeaning, folderOf } from '../../../src/renderer/features/drop/dropMeaning.ts';

const desktop = { tellsPaths: true, canSearch: true };
const browser = { tellsPaths: false, canSearch: true };
const picture = { kind: 'file', type: 'image/jpeg' };
const folder = { kind: 'file', type: '' };

describe('what is dropped', () => {
  test('one picture is a query', () => {
    expect(dropMeaning([picture], desktop)).toBe('picture');
    expect(dropMeaning([picture], browser)).toBe('picture');
  });

  test('folders are added, whatever comes with them', () => {
    expect(dropMeaning([folder], desktop)).toBe('folders');
    expect(dropMeaning([picture, folder], desktop)).toBe('folders');
  });

  test('of several photos the folder is added, where paths are known', () => {
    expect(dropMeaning([picture, picture], desktop)).toBe('foldersOfFiles');
    expect(dropMeaning([picture, picture], browser)).toBe('picture');
  });

  test('before there is a library, even one photo stands for its folder', () => {
    expect(dropMeaning([picture], { ...desktop, canSearch: false })).toBe('foldersOfFiles');
    expect(dropMeaning([picture], { ...browser, canSearch: false })).toBe('nothing');
  });

  test('text, other files, and folders in a browser are nothing', () => {
    expect(dropMeaning([{ kind: 'string', type: 'text/plain' }], desktop)).toBe('nothing');
    expect(dropMeaning([{ kind: 'file', type: 'application/pdf' }], desktop)).toBe('nothing');
    expect(dropMeaning([folder], browser)).toBe('nothing');
  });
});

test('the folder of a path, the topmost among them', () => {
  expect(folderOf('/home/you/a.jpg')).toBe('/home/you');
  expect(folderOf('/a.jpg')).toBe('/');
  expect(folderOf('C:\\Photos\\a.jpg')).toBe('C:\\Photos');
  expect(folderOf('C:\\a.jpg')).toBe('C:\\');
});
