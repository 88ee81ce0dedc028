// The index in this process narrows a search by what its points carry of their photos.
import { join, sep } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbeddedIndex } from '../../../src/engine/vectors/embeddedIndex.ts';
import type { VectorIndex } from '../../../src/engine/vectors/vectorIndex.ts';
import type { PhotoFilter } from '../../../src/shared/library.ts';
import type { Traits } from '../../../src/shared/traits.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const dimensions = 8;
const query = Float32Array.from({ length: dimensions }, (_, i) => Math.cos(i));
const root = join(sep, 'photos');
const lisbon = join(root, '2023', 'Lisbon');
const lisbonTwo = join(root, '2023', 'Lisbon 2');

const points: readonly Traits[] = [
  of({ folders: [lisbon], dates: ['2023-05-31T23:59:59'], camera: 'One' }),
  of({ folders: [join(lisbon, 'raw')], dates: ['2023-06-01T00:00:00'], format: 'raw' }),
  of({ folders: [lisbonTwo], dates: ['2024-01-01T08:00:00'], camera: 'Two' }),
  // A content that several photos hold.
  of({
    folders: [root, lisbonTwo],
    dates: ['1999-12-31T12:00:00', '2023-12-31T12:00:00', '2024-12-31T12:00:00'],
  }),
  of({ folders: [join(sep, 'elsewhere')], dates: ['1970-01-01T00:00:00'], camera: 'One' }),
];
let index: VectorIndex;

beforeAll(async () => {
  index = await openEmbeddedIndex(join(temporaryFolder(), 'index'), dimensions);
  await index.upsert([...points.keys(), points.length], vectors(points.length + 1), [
    ...points,
    undefined,
  ]);
});
afterAll(() => index.close());

function of(traits: Partial<Traits>): Traits {
  return { camera: null, format: 'jpeg', dates: [], folders: [], ...traits };
}

function vectors(count: number): Float32Array {
  return Float32Array.from({ length: count * dimensions }, (_, i) => Math.sin(i * i));
}

it.each<[PhotoFilter, number[]]>([
  [{ camera: 'One' }, [0, 4]],
  [{ camera: 'one' }, []],
  [{ format: 'raw' }, [1]],
  [{ folder: lisbon }, [0, 1]],
  [{ folder: lisbon + sep }, [0, 1]],
  [{ folder: lisbonTwo }, [2, 3]],
  [{ folder: root }, [0, 1, 2, 3]],
  [{ folder: sep }, [0, 1, 2, 3, 4]],
  [{ folder: join(root, '2023', 'Lis') }, []],
  [{ from: '2023', to: '2023' }, [0, 1, 3]],
  [{ from: '2023-05', to: '2023-05' }, [0]],
  [{ from: '2023-06-01', to: '2023-06-01' }, [1]],
  [{ from: '2024-01-01' }, [2, 3]],
  [{ to: '1999' }, [3, 4]],
  // Two photos of the one content, in two of the years that are looked through one by one.
  [{ from: '2023-12', to: '2024' }, [2, 3]],
  [{ from: '1999-12-31', to: '2024-12-31' }, [0, 1, 2, 3]],
  [{ from: '2024', to: '2023' }, []],
  // Between two photos of the one content.
  [{ from: '2000', to: '2022' }, []],
  [{ camera: 'One', folder: root, from: '2023', to: '2023-05-31', format: 'jpeg' }, [0]],
  [{}, [0, 1, 2, 3, 4, 5]],
])('%o leaves %o', async (filter, expected) => {
  const found = await index.nearest(query, { limit: 9, filter });
  expect(found.map(({ id }) => id).sort()).toEqual(expected);
  const scores = found.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
});

it('leaves out what is too weak', async () => {
  const filter = { folder: root };
  const all = await index.nearest(query, { limit: 9, filter });
  const minScore = all[1]?.score ?? 0;
  const found = await index.nearest(query, { limit: 9, filter, minScore: minScore - 1e-6 });
  expect(found.map(({ id }) => id)).toEqual(all.slice(0, 2).map(({ id }) => id));
});
