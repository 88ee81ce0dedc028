// What every command is told by the options before it.
import type { EngineOptions } from '../engine/engine.ts';

export type Settings = Pick<
  EngineOptions,
  'dataFolder' | 'modelFolder' | 'precision' | 'resources' | 'watch'
>;
