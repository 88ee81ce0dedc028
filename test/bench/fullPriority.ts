// The niceness at which the engine's workers run at full speed.
import { effortOf } from '../../src/engine/resources.ts';

export const fullPriority = effortOf({ speed: 'full', easyOnBattery: false }, false).priority;
