// Events on their way to the page: the engine's, and those of the main process itself. What happens
// before the page listens (a notice while the library opens, the search that the app was started
// with) waits for it.
import { type BrowserWindow, ipcMain } from 'electron';
import { type EngineApi, type EventName, events } from '../shared/contract.ts';
import { type HostEventName, type HostEventPayload, hostEvents } from '../shared/host.ts';
import { channels } from '../shared/ipc.ts';

/** Of these, missing one is worse than hearing it late. */
const kept = new Set<string>(['notice', ...Object.keys(hostEvents)]);
const mostWaiting = 20;

export class ToWindow {
  private readonly window: () => BrowserWindow | undefined;
  private readonly heard = new Set<string>();
  private waiting: { readonly name: string; readonly payload: unknown }[] = [];

  constructor(window: () => BrowserWindow | undefined) {
    this.window = window;
    ipcMain.on(channels.listening, ({ sender }, name: unknown) => {
      if (typeof name !== 'string' || sender !== this.window()?.webContents) return;
      this.heard.add(name);
      const those = this.waiting.filter((event) => event.name === name);
      this.waiting = this.waiting.filter((event) => event.name !== name);
      for (const { payload } of those) this.send(name, payload);
    });
  }

  /** Hands on all that the engine tells. */
  relay(engine: Pick<EngineApi, 'on'>): void {
    for (const name of Object.keys(events) as EventName[]) {
      engine.on(name, (payload) => this.send(name, payload));
    }
  }

  tell<Name extends HostEventName>(name: Name, payload: HostEventPayload<Name>): void {
    this.send(name, payload);
  }

  notice(message: string): void {
    this.send('notice', { message });
  }

  /** A page that is loaded anew has to listen anew. */
  startOver(): void {
    this.heard.clear();
  }

  private send(name: string, payload: unknown): void {
    const window = this.window();
    if (window && this.heard.has(name)) window.webContents.send(channels.event, name, payload);
    else if (kept.has(name))
      this.waiting = [...this.waiting, { name, payload }].slice(-mostWaiting);
  }
}
