// The index stays in step with the catalogue: the real addon, and a source that plays the catalogue.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedIndex } from '../../../src/engine/vectors/embeddedIndex.ts';
import { joined, KeptIndex, type VectorSource } from '../../../src/engine/vectors/keptIndex.ts';
import { OcelliError } from '../../../src/shared/errors.ts';

const dimensions = 8;
let folder: string;
let notices: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocelli-index-'));
  notices = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A catalogue in memory: id → vector, in the order of their coming. */
function createSource() {
  const rows: { seq: number; contentId: number; embedding: Float32Array; live: boolean }[] = [];
  let mark = { seq: 0, clean: false };
  const live = () => rows.filter((row) => row.live);
  const source: VectorSource = {
    after: (seq, limit) =>
      live()
        .filter((row) => row.seq > seq)
        .slice(0, limit),
    vector: (id) => rows.find((row) => row.contentId === id)?.embedding,
    async *liveIds() {
      for (const { contentId } of live()) yield [contentId];
    },
    liveCount: async () => live().length,
    lastSeq: () => rows.length,
    get mark() {
      return mark;
    },
    setMark: (seq, clean) => {
      mark = { seq, clean };
    },
  };
  return {
    source,
    put(contentId: number) {
      const embedding = new Float32Array(dimensions);
      embedding[contentId % dimensions] = 1;
      rows.push({ seq: rows.length + 1, contentId, embedding, live: true });
      return embedding;
    },
    setLive(contentId: number, value: boolean) {
      for (const row of rows) if (row.contentId === contentId) row.live = value;
    },
  };
}

function open(source: VectorSource, hasRoom: () => boolean = () => true) {
  const path = join(folder, 'edge');
  return KeptIndex.open({
    open: () => (hasRoom() ? openEmbeddedIndex(path, dimensions) : noRoom()),
    discard: () => rm(path, { recursive: true, force: true }),
    source,
    notice: (message) => notices.push(message),
  });
}

async function noRoom(): Promise<never> {
  throw new OcelliError('DISK_FULL', 'The disk has no room.');
}

it('finds after a restart what was added before, without being told again', async () => {
  const { source, put } = createSource();
  const first = await open(source);
  await first.add([1, 2], joined([put(1), put(2)]));
  await first.close();
  expect(source.mark).toEqual({ seq: 2, clean: true });

  const second = await open(source);
  const [best] = await second.nearest(put(2), { limit: 1 });
  expect([best?.id, await second.count()]).toEqual([2, 2]);
  await second.close();
});

it('catches up with vectors that reached the catalogue but not the index', async () => {
  const { source, put } = createSource();
  const first = await open(source);
  await first.close();
  put(3);
  put(4);
  const second = await open(source);
  expect(await second.count()).toBe(2);
  await second.close();
});

it('compares ids after a session that did not end in order', async () => {
  const { source, put, setLive } = createSource();
  const first = await open(source);
  await first.add([1, 2, 3], joined([put(1), put(2), put(3)]));
  await first.close();
  // As if a process had been killed between the catalogue and the index.
  setLive(1, false);
  source.setMark(3, false);
  const second = await open(source);
  expect(
    (await second.nearest(Float32Array.of(0, 1, 0, 0, 0, 0, 0, 0), { limit: 9 }))
      .map((p) => p.id)
      .sort(),
  ).toEqual([2, 3]);
  await second.delete([2]);
  source.setMark(3, false);
  await second.close();

  setLive(1, true);
  source.setMark(3, false);
  const third = await open(source);
  expect(await third.count()).toBe(3);
  await third.close();
});

it('rebuilds a damaged index from the catalogue, and says so', async () => {
  const { source, put } = createSource();
  const first = await open(source);
  await first.add([1, 2], joined([put(1), put(2)]));
  await first.close();
  const path = join(folder, 'edge');
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), 'garbage');
  }
  const second = await open(source);
  expect(await second.count()).toBe(2);
  expect(notices.join()).toContain('rebuilt from the catalogue');
  await second.close();
});

describe('where its files cannot be opened for want of room', () => {
  async function standingIn() {
    const { source, put, setLive } = createSource();
    const first = await open(source);
    await first.add([1, 2, 3], joined([put(1), put(2), put(3)]));
    await first.close();
    let room = false;
    const index = await open(source, () => room);
    const free = () => {
      room = true;
    };
    return { source, put, setLive, index, free };
  }

  it('the catalogue is searched in its place, with the same answers', async () => {
    const { index, source } = await standingIn();
    const query = Float32Array.of(0, 2, 1, 0.5, 0, 0, 0, 0);
    expect(notices.join()).toContain('no room');
    expect(await index.count()).toBe(3);
    const all = { limit: 9 };
    const some = { limit: 9, minScore: 0.3, among: [1, 3] };
    const answers = [await index.nearest(query, all), await index.nearest(query, some)];
    expect(answers.map((points) => points.map(({ id }) => id))).toEqual([[1, 2, 3], [1]]);
    await index.close();

    const whole = await open(source);
    for (const [i, options] of [all, some].entries()) {
      const points = await whole.nearest(query, options);
      expect(points.map(({ id }) => id)).toEqual(answers[i]?.map(({ id }) => id));
      expect(points[0]?.score).toBeCloseTo(answers[i]?.[0]?.score ?? 0, 2);
    }
    await whole.close();
  });

  it('nothing is added, and what the catalogue got meanwhile is caught up with', async () => {
    const { index, source, put, setLive, free } = await standingIn();
    await expect(index.add([4], put(4))).rejects.toMatchObject({ code: 'DISK_FULL' });
    setLive(1, false);
    await index.delete([1]);
    await index.flush();
    await index.close();
    expect(source.mark).toEqual({ seq: 3, clean: false });
    free();
    const whole = await open(source);
    const found = await whole.nearest(Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1), { limit: 9 });
    expect(found.map(({ id }) => id).sort()).toEqual([2, 3, 4]);
    await whole.close();
  });

  it('it is opened as soon as something is to be written and there is room again', async () => {
    const { index, source, put, free } = await standingIn();
    free();
    await index.add([4], put(4));
    await index.close();
    expect(source.mark).toEqual({ seq: 4, clean: true });
    const whole = await open(source);
    expect(await whole.count()).toBe(4);
    await whole.close();
  });

  it('nothing is made up where there is nothing to search yet', async () => {
    const { source } = createSource();
    await expect(open(source, () => false)).rejects.toMatchObject({ code: 'DISK_FULL' });
  });
});
