// The niceness at which the engine's workers run at full speed.
import { effortOf } from '../../src/engine/resources.ts';
import { unknownSurroundings } from '../../src/engine/surroundings.ts';

export const fullPriority = effortOf(
  { speed: 'full', easyOnBattery: false },
  unknownSurroundings,
).priority;
