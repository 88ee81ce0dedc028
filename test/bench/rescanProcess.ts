// Runs over a tree in which nothing has changed. A process of its own.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngine } from '../../src/engine/engine.ts';
import type { FileFacts } from '../../src/shared/files.ts';
import type { Model, Precision } from '../../src/shared/model.ts';
import { answerJob } from './inProcess.ts';
import { type FolderOfPhotos, writeLibrary } from './syntheticLibrary.ts';

export interface RescanJob {
  readonly folder: string;
  readonly files: number;
  readonly model: Model;
  readonly precision: Precision;
  readonly runs: number;
}

/** Milliseconds of each run, as its report says. */
export interface RescanTimes {
  readonly totalMs: readonly number[];
}

const filesPerFolder = 200;
const foldersPerFolder = 10;

answerJob<RescanJob, RescanTimes>(async ({ folder, files, model, precision, runs }) => {
  const root = join(folder, 'photos');
  const dataFolder = join(folder, 'data');
  const folders = await makeTree(root, files);
  writeLibrary({ dataFolder, model, precision, root, folders });
  const engine = await openEngine({
    dataFolder,
    modelFolder: model.folder,
    precision,
    trustPrecision: true,
  });
  try {
    const totalMs: number[] = [];
    // One more than is counted: the first also opens what the others find open.
    for (let run = 0; run <= runs; run++) {
      const report = await engine.call('index', { folders: [root] });
      if (report.unchanged !== files || report.eligible !== files) {
        throw new Error(`expected ${files} unchanged files: ${JSON.stringify(report)}`);
      }
      if (run > 0) totalMs.push(report.totalMs);
    }
    return { totalMs };
  } finally {
    await engine.close();
  }
});

/** Small files in folders within folders. What they hold is never read, as nothing has changed. */
async function makeTree(root: string, files: number): Promise<FolderOfPhotos[]> {
  const folders: FolderOfPhotos[] = [];
  for (let start = 0; start < files; start += filesPerFolder) {
    const number = start / filesPerFolder;
    const path = join(root, `year-${Math.floor(number / foldersPerFolder)}`, `event-${number}`);
    await mkdir(path, { recursive: true });
    const numbers = Array.from({ length: Math.min(filesPerFolder, files - start) }, (_, i) => i);
    folders.push({ path, files: await Promise.all(numbers.map((i) => makeFile(path, start + i))) });
  }
  return folders;
}

async function makeFile(folder: string, number: number): Promise<FileFacts> {
  const name = `IMG_${String(number).padStart(6, '0')}.jpg`;
  const path = join(folder, name);
  await writeFile(path, `photo ${number}`);
  const { size, mtimeMs, ino } = await stat(path);
  return { name, bytes: size, mtimeMs, inode: Number.isSafeInteger(ino) ? ino : null };
}
