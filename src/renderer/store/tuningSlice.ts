// What was measured of this machine for the model in use. In the store, as a measurement goes on
// when its page is left.
import type { StateCreator } from 'zustand';
import { asOcelliError, type OcelliError } from '../../shared/errors.ts';
import type { TuningState } from '../../shared/tuning.ts';
import { bridge } from '../bridge/bridge.ts';
import type { Store } from './store.ts';

export interface TuningSlice {
  /** Undefined until the engine has told. */
  readonly tuning: TuningState | undefined;
  /** This window has asked for a measurement that is under way. */
  readonly isMeasuring: boolean;
  /** Why the last one that was asked for failed. */
  readonly measuringError: OcelliError | undefined;
  refreshTuning(): Promise<void>;
  /** Never rejects; what comes of it is seen in `tuning` or `measuringError`. */
  measureMachine(): Promise<void>;
  stopMeasuring(): Promise<void>;
}

export const createTuningSlice: StateCreator<Store, [], [], TuningSlice> = (set, get) => ({
  tuning: undefined,
  isMeasuring: false,
  measuringError: undefined,

  async refreshTuning() {
    set({ tuning: await bridge.call('tuning', {}) });
  },

  async measureMachine() {
    if (get().isMeasuring) return;
    set({ isMeasuring: true, measuringError: undefined });
    try {
      set({ tuning: await bridge.call('tune', {}) });
    } catch (thrown) {
      const error = asOcelliError(thrown);
      if (error.code !== 'CANCELLED') set({ measuringError: error });
    } finally {
      set({ isMeasuring: false });
    }
  },

  async stopMeasuring() {
    await bridge.call('cancel', {});
  },
});
