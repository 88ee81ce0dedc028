// Photographs for tests: the twelve that the tiny model came with, and pictures drawn by number.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawPng } from './png.ts';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
export const tinyModel = join(repository, 'test/fixtures/tiny-clip');
export const tinyPhotos = join(tinyModel, 'photos');
export const tinyPhotoNames: readonly string[] = readdirSync(tinyPhotos).sort();

/** Photos beside the repository that not every machine has; undefined where they are not. */
export function sharedPhotos(folder: string): string | undefined {
  const path = join(repository, '../shared/photos', folder);
  return existsSync(path) ? path : undefined;
}

/** Copies some of the twelve (all, if none is named) into a folder, which it makes. */
export function copyPhotos(folder: string, names = tinyPhotoNames): string {
  mkdirSync(folder, { recursive: true });
  for (const name of names) copyFileSync(join(tinyPhotos, name), join(folder, name));
  return folder;
}

export interface Home {
  readonly folder: string;
  /** Of an engine; not there yet. */
  readonly dataFolder: string;
  /** Copies of the twelve. */
  readonly photos: string;
}

/** A library to be, in a new folder below this one. */
export function homeIn(parent: string): Home {
  const folder = mkdtempSync(join(parent, 'home-'));
  return { folder, dataFolder: join(folder, 'data'), photos: copyPhotos(join(folder, 'photos')) };
}

/** `count` different small pictures, 'drawn-0.png' and on. */
export function drawPhotos(folder: string, count: number, firstSeed = 0): string {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    writeFileSync(join(folder, `drawn-${i}.png`), drawPng(firstSeed + i));
  }
  return folder;
}
