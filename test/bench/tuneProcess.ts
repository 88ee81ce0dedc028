// The machine measured as before a first run, in a process of its own.
import { forkTransports } from '../../src/engine/transports.ts';
import { measureMachine } from '../../src/engine/tuning/measureMachine.ts';
import { beforeRun } from '../../src/engine/tuning/tuner.ts';
import type { Tuning } from '../../src/shared/tuning.ts';
import { answerJob } from './inProcess.ts';
import { embeddersOptions, type SweepSubject } from './sweepSubject.ts';

answerJob<SweepSubject, Tuning>((subject) =>
  measureMachine({
    ...embeddersOptions(subject),
    transports: forkTransports().indexing,
    ...beforeRun,
  }),
);
