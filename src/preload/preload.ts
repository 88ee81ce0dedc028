// The one bridge between the window's page and the main process, and nothing else. It knows no
// call by name: the main process parses whatever arrives.
/// <reference lib="dom" />
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { PreloadBridge } from '../shared/host.ts';
import { channels, type IpcAnswer } from '../shared/ipc.ts';

type Listener = (payload: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(channels.event, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

async function ask(channel: string, name: string, input: unknown): Promise<unknown> {
  const answer: IpcAnswer = await ipcRenderer.invoke(channel, name, input);
  if (answer.ok) return answer.value;
  // A plain object: an Error would lose its code on the way into the page.
  throw answer.error;
}

const bridge: PreloadBridge = {
  call: (name, input) => ask(channels.call, name, input),
  host: (name, input) => ask(channels.host, name, input),
  on(name, listener) {
    const those = listeners.get(name) ?? new Set();
    listeners.set(name, those);
    those.add(listener);
    ipcRenderer.send(channels.listening, name);
    return () => void those.delete(listener);
  },
  pathOfFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
};

// The window never leaves this page (src/main/lockDown.ts). Should another one come all the same,
// it finds no bridge.
if (globalThis.location.protocol === 'ocelli-app:' && globalThis.location.host === 'app') {
  contextBridge.exposeInMainWorld('ocelli', bridge);
}
