// Several processes at once with one data folder.
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { storedPhotos } from '../support/catalogue.ts';
import { copyPhotos, drawPhotos } from '../support/photos.ts';
import { descendants } from '../support/processes.ts';
import { found, statusOf } from '../support/reports.ts';
import { ocelli, ocelliExpecting, startOcelli } from '../support/runOcelli.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { expectSum } from '../support/testEngine.ts';
import { waitUntil } from '../support/waitUntil.ts';

const count = 160;
// Indexing runs below normal priority: beside other work it may take its time.
vi.setConfig({ testTimeout: 180_000 });

const folder = temporaryFolder();
const photos = drawPhotos(join(folder, 'photos'), count);
let number = 0;
let dataFolder: string;
let data: string[];

beforeEach(() => {
  dataFolder = join(folder, `data-${++number}`);
  data = ['--data', dataFolder, '--decoders', '1', '--embedders', '1', '--threads', '1'];
});

async function startRun() {
  const running = startOcelli([...data, 'index', photos]);
  await waitUntil('some photos are stored', () => storedPhotos(dataFolder) > 0);
  return running;
}

describe('while one process indexes', () => {
  it('others search and ask for its status; a second run and forgetting are refused', async () => {
    const { ended } = await startRun();
    const [answer, status, second, forget] = await Promise.all([
      found([...data, 'anything', '--limit', '5']),
      statusOf(data),
      ocelli([...data, 'index', photos]),
      ocelli([...data, 'forget', photos]),
    ]);
    expect(answer.hits.length).toBeGreaterThan(0);
    expectSum(status);
    expect(status.running?.eligible).toBe(count);
    for (const refused of [second, forget]) {
      expect(refused.status).toBe(4);
      expect(refused.stderr).toMatch(/\[(RUN_IN_PROGRESS|DATA_IN_USE)\]/);
    }
    const first = await ended;
    expect(first.status).toBe(0);
    expect(first.stdout).toContain(`${count} photos = ${count} indexed`);
  });

  it('and is killed while another waits for its answer, that one answers by itself', async () => {
    const { pid, ended } = await startRun();
    const [engine = 0] = descendants(pid);
    process.kill(engine, 'SIGSTOP');
    const asking = startOcelli([...data, 'status']);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    process.kill(engine, 'SIGKILL');
    await ended;
    const { status, stdout, stderr } = await asking.ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('still to do');
  });
});

describe('at the same moment', () => {
  it('five searches are all answered', async () => {
    const few = copyPhotos(join(folder, `few-${number}`));
    await ocelliExpecting(0, [...data, 'index', '--quiet', few]);
    const words = ['camera', 'rocket', 'coffee', 'china', 'flower'];
    const answers = await Promise.all(words.map((word) => found([...data, word, '--limit', '3'])));
    expect(answers.map((answer) => answer.query)).toEqual(words);
    for (const answer of answers) expect(answer.hits).toHaveLength(3);
  });

  it('two runs end well: one does the work, the other does it after or is told to wait', async () => {
    const few = drawPhotos(join(folder, `some-${number}`), 20);
    const runs = await Promise.all([1, 2].map(() => ocelli([...data, 'index', '--quiet', few])));
    expect(runs.map((run) => run.status)).toContain(0);
    for (const run of runs) {
      if (run.status === 0) continue;
      expect(run.status).toBe(4);
      expect(run.stderr).toMatch(/\[(RUN_IN_PROGRESS|DATA_IN_USE)\]/);
    }
    expect(await statusOf(data)).toMatchObject({ eligible: 20, indexed: 20, points: 20 });
  });
});
