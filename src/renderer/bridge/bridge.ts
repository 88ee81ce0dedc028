// The renderer's one way out: to the engine, to the host, to pictures. It knows no more of its host
// than what is missing there.
import type {
  CallInput,
  CallName,
  CallOutput,
  EventName,
  EventPayload,
} from '../../shared/contract.ts';
import type { HostCallInput, HostCallName, HostCallOutput } from '../../shared/host.ts';
import { createElectronBridge } from './electronBridge.ts';
import { createSocketBridge } from './socketBridge.ts';

export interface Host {
  call<Name extends HostCallName>(
    name: Name,
    input: HostCallInput<Name>,
  ): Promise<HostCallOutput<Name>>;
  /** The path of a file that was dropped on the window. */
  pathOfFile(file: File): string;
}

export interface Bridge {
  /** Rejects with an OcelliError. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void;
  /** Told when the engine can be reached, and when it cannot. */
  onConnection(listener: (connected: boolean) => void): () => void;
  /** What a desktop can do; undefined in a browser. */
  readonly host: Host | undefined;
  thumbnailUrl(sha256: string): string;
  originalUrl(photo: number): string;
}

export const bridge: Bridge =
  'ocelli' in window ? createElectronBridge(window.ocelli) : createSocketBridge();
