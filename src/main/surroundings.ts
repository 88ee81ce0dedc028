// Whether the machine runs on its battery and whether somebody sits at it, as the system tells.
import { powerMonitor } from 'electron';
import type { Surroundings } from '../engine/engine.ts';

/**
 * Without a key or a movement of the pointer for so long, nobody sits there. People read and think; and
 * to come forward again may cost new processes (engine/pool/niceness.ts).
 */
const awayAfterSeconds = 120;
/** Of idleness the system tells only who asks. */
const askEveryMs = 1000;

/** To be called when Electron is ready. */
export function systemSurroundings(): Surroundings {
  let onBattery = powerMonitor.isOnBatteryPower();
  const listeners = new Set<() => void>();
  const change = (next: boolean) => {
    onBattery = next;
    for (const listener of listeners) listener();
  };
  powerMonitor.on('on-battery', () => change(true));
  powerMonitor.on('on-ac', () => change(false));
  return {
    get onBattery() {
      return onBattery;
    },
    get isInUse() {
      return isInUse();
    },
    follow(listener) {
      listeners.add(listener);
      const unfollow = followUse(listener);
      return () => {
        listeners.delete(listener);
        unfollow();
      };
    },
  };
}

function isInUse(): boolean {
  return powerMonitor.getSystemIdleTime() < awayAfterSeconds;
}

function followUse(listener: () => void): () => void {
  let was = isInUse();
  const timer = setInterval(() => {
    const is = isInUse();
    if (is === was) return;
    was = is;
    listener();
  }, askEveryMs);
  return () => clearInterval(timer);
}
