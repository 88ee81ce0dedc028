// The other process of the tests: opens the collection, does as it is told, and waits to be killed.
// argv: path, dimensions, then the steps: `upsert:<from>:<to>`, `flush`, `nearest:<id>` (fails unless
// points are found that are like this one), `optimize` (not waited for).
// It writes one line for each step that is done.

import { EdgeCollection } from '../../../native/index.mjs';

const [path, dimensions, ...steps] = process.argv.slice(2);
const width = Number(dimensions);

function vectorsOf(from, to) {
  const vectors = new Float32Array((to - from) * width);
  for (let i = 0; i < vectors.length; i++) vectors[i] = Math.sin((from * width + i) * 0.7) + 0.01;
  return vectors;
}

async function run(collection, step) {
  const [name, from, to] = step.split(':');
  if (name === 'flush') return await collection.flush();
  if (name === 'nearest') {
    const id = Number(from);
    const near = await collection.nearest(vectorsOf(id, id + 1), { limit: 3 });
    const alike = near?.filter(({ score }) => score > 0.999).length;
    if (alike !== 3) throw new Error(`${alike} points are like ${id}`);
    return;
  }
  if (name === 'optimize') return void collection.optimize().then(() => console.log('optimized'));
  const ids = Array.from({ length: to - from }, (_, i) => Number(from) + i);
  const payloads = ids.map((id) => ({ id }));
  await collection.upsert(ids, vectorsOf(Number(from), Number(to)), payloads);
}

try {
  const collection = await EdgeCollection.open(path, { dimensions: width });
  console.log('open');
  for (const step of steps) {
    await run(collection, step);
    console.log(step);
  }
} catch (error) {
  console.log(`error ${error.code ?? error.message}`);
}
setInterval(() => {}, 1000);
