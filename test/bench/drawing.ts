// What people feel of a run under their hands: frames that a program of theirs draws too late while
// photos are indexed at each speed.
import type { Speed } from '../../src/engine/resources.ts';
import { speeds } from '../../src/shared/settings.ts';
import type { DrawingJob, Drawn } from './drawingProcess.ts';
import { answerOf, type RunOptions, startRun } from './programs.ts';
import { untilQuiet } from './quietMachine.ts';

export interface Drawing extends Omit<Drawn, 'rounds'> {
  readonly beside: Speed | 'nothing';
}

const seconds = 10;

export async function measureDrawing(
  options: RunOptions & { readonly patience: number; tell(text: string): void },
): Promise<Drawing[]> {
  await untilQuiet(options.patience);
  const { rounds, ...alone } = await draw({ seconds });
  const figures: Drawing[] = [{ beside: 'nothing', ...alone }];
  for (const speed of speeds) {
    await untilQuiet(options.patience);
    const run = await startRun(speed, options);
    try {
      const { rounds: _same, ...drawn } = await draw({ seconds, rounds });
      figures.push({ beside: speed, ...drawn });
      options.tell(`${speed}: ${(drawn.late * 100).toFixed(1)} % of the frames beside it are late`);
    } finally {
      await run.stop();
    }
  }
  return figures;
}

function draw(job: DrawingJob): Promise<Drawn> {
  return answerOf<DrawingJob, Drawn>('drawingProcess.ts', job);
}
