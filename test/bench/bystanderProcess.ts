// A program that has nothing to do with the indexer and wants all of a core: what it gets done. It
// computes and goes through more memory than the first caches hold, as a compiler or an editor does.
import { answerJob } from './inProcess.ts';
import { seededRandom } from './randomNumbers.ts';

export interface BystanderJob {
  readonly seconds: number;
}

answerJob<BystanderJob, number>(async ({ seconds }) => {
  const random = seededRandom(1);
  const numbers = Float64Array.from({ length: 50_000 }, () => random());
  const texts = Array.from(numbers.subarray(0, 5000), (number) => String(number));
  const work = () => {
    new Float64Array(numbers).sort();
    new Map(texts.map((text) => [text, text.length])).get('none');
    JSON.parse(JSON.stringify(texts));
  };
  for (let i = 0; i < 20; i++) work();
  const start = performance.now();
  let rounds = 0;
  while (performance.now() < start + seconds * 1000) {
    work();
    rounds += 1;
  }
  return rounds / ((performance.now() - start) / 1000);
});
