// Whether the machine runs on its battery, as the system tells it.
import { powerMonitor } from 'electron';
import type { PowerSource } from '../engine/engine.ts';

/** To be called when Electron is ready. */
export function systemPower(): PowerSource {
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
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
