// The bridge in Electron: what the preload script has put on the window.
import { calls, events } from '../../shared/contract.ts';
import { asOcelliError, fromPlainError, isErrorCode } from '../../shared/errors.ts';
import { hostCalls, type PreloadBridge, pictureUrls } from '../../shared/host.ts';
import type { Bridge } from './bridge.ts';

declare global {
  interface Window {
    readonly ocelli: PreloadBridge;
  }
}

export function createElectronBridge(preload: PreloadBridge): Bridge {
  return {
    async call(name, input) {
      const output = await preload.call(name, input).catch(rethrow);
      return calls[name].output.parse(output) as never;
    },
    on: (name, listener) =>
      preload.on(name, (payload) => {
        const parsed = events[name].safeParse(payload);
        if (parsed.success) listener(parsed.data as never);
      }),
    onConnection: (listener) => {
      listener(true);
      return () => {};
    },
    host: {
      async call(name, input) {
        const output = await preload.host(name, input).catch(rethrow);
        return hostCalls[name].output.parse(output) as never;
      },
      pathOfFile: (file) => preload.pathOfFile(file),
    },
    thumbnailUrl: (sha256) => pictureUrls.electron.thumbnails + sha256,
    originalUrl: (photo) => `${pictureUrls.electron.originals}${photo}`,
  };
}

/** Errors arrive as plain objects with a code. */
function rethrow(thrown: unknown): never {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown) {
    const { code, message } = thrown;
    if (isErrorCode(code)) throw fromPlainError({ code, message: String(message) });
  }
  throw asOcelliError(thrown);
}
