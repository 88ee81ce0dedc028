// What the engine says of itself: status, progress, settings, whether it can be reached; and what a
// person should hear of it.
import type { StateCreator } from 'zustand';
import type { Progress, Status } from '../../shared/contract.ts';
import { asOcelliError, type OcelliError } from '../../shared/errors.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { bridge } from '../bridge/bridge.ts';
import type { Store } from './store.ts';

export interface Message {
  readonly id: number;
  readonly text: string;
  readonly wayOut?: string;
  /** What takes back what has just been done. */
  readonly undo?: () => void;
}

export interface EngineSlice {
  readonly connected: boolean;
  /** Undefined until the engine has answered for the first time. */
  readonly status: Status | undefined;
  /** Of the run that is under way. */
  readonly progress: Progress | undefined;
  readonly settings: Settings;
  /** Counts changes of the library: what shows photos asks again when it moves. */
  readonly libraryVersion: number;
  readonly messages: readonly Message[];
  /** Subscribes to the engine, once, at the start. */
  connect(): void;
  refreshStatus(): Promise<void>;
  changeSettings(patch: Partial<Settings>): Promise<void>;
  /** Begins to index; what comes of it is seen in `progress`. */
  index(folders: string[]): void;
  tell(message: Omit<Message, 'id'>): void;
  tellError(thrown: unknown): void;
  dismiss(id: number): void;
}

let nextMessage = 1;

export const createEngineSlice: StateCreator<Store, [], [], EngineSlice> = (set, get) => ({
  connected: false,
  status: undefined,
  progress: undefined,
  settings: defaultSettings,
  libraryVersion: 0,
  messages: [],

  connect() {
    bridge.onConnection((connected) => {
      set({ connected });
      if (!connected) return;
      get().refreshStatus().catch(get().tellError);
      bridge.call('settings', {}).then((settings) => set({ settings }), get().tellError);
    });
    bridge.on('progress', (progress) => set({ progress }));
    bridge.on('notice', ({ message }) => get().tell({ text: message }));
    bridge.on('settingsChanged', (settings) => set({ settings }));
    bridge.on('libraryChanged', () => {
      set({ libraryVersion: get().libraryVersion + 1 });
      get().refreshStatus().catch(get().tellError);
    });
  },

  async refreshStatus() {
    const status = await bridge.call('status', {});
    set({ status, progress: status.running });
  },

  async changeSettings(patch) {
    set({ settings: { ...get().settings, ...patch } });
    set({ settings: await bridge.call('changeSettings', patch) });
  },

  index(folders) {
    bridge
      .call('index', { folders })
      .then((report) => {
        if (report.error) get().tell({ text: report.error.message });
      })
      .catch(get().tellError)
      .finally(() => get().refreshStatus().catch(get().tellError));
  },

  tell(message) {
    // What is still to be read need not be said twice: a disk that is away is away at every look.
    const stands = get().messages.some(({ text, undo }) => text === message.text && !undo);
    if (stands && !message.undo) return;
    set({ messages: [...get().messages, { ...message, id: nextMessage++ }] });
  },

  tellError(thrown) {
    const error: OcelliError = asOcelliError(thrown);
    if (error.code === 'CANCELLED') return;
    get().tell({ text: error.message, wayOut: error.wayOut });
  },

  dismiss(id) {
    set({ messages: get().messages.filter((message) => message.id !== id) });
  },
});
