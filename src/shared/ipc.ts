// How Electron's window and its main process speak: channel names, and the shape of an answer.
// Nothing here needs zod at run time, so that the preload script stays small.
import type { PlainError } from './errors.ts';

export const channels = {
  /** Calls of the engine (contract.ts): name and input. */
  call: 'ocelli:call',
  /** Calls of the main process (host.ts): name and input. */
  host: 'ocelli:host',
  /** To the window: name and payload of an event of either. */
  event: 'ocelli:event',
  /** To the main process: somebody listens to the event of this name now. */
  listening: 'ocelli:listening',
} as const;

/**
 * [Note: Errors over IPC] Electron rejects a call that failed with a sentence of its own in which
 * the code is lost. So no handler ever rejects: errors are answers, and the preload script rejects
 * with their code and message.
 */
export type IpcAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: PlainError };
