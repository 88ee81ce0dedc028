// The engine's events on their way to the page. A notice from before the page listens (while the
// library opens) waits for it; whatever else was missed, the page asks for when it starts.
import { type BrowserWindow, ipcMain } from 'electron';
import { type EngineApi, type EventName, events } from '../shared/contract.ts';
import { channels } from '../shared/ipc.ts';

const mostWaiting = 20;

export class ToWindow {
  private readonly window: () => BrowserWindow | undefined;
  private readonly heard = new Set<string>();
  private waiting: string[] = [];

  constructor(window: () => BrowserWindow | undefined) {
    this.window = window;
    ipcMain.on(channels.listening, ({ sender }, name: unknown) => {
      if (typeof name !== 'string' || sender !== this.window()?.webContents) return;
      this.heard.add(name);
      if (name === 'notice') for (const message of this.waiting.splice(0)) this.notice(message);
    });
  }

  /** Hands on all that the engine tells. */
  relay(engine: Pick<EngineApi, 'on'>): void {
    for (const name of Object.keys(events) as EventName[]) {
      engine.on(name, (payload) => this.send(name, payload));
    }
  }

  notice(message: string): void {
    if (!this.send('notice', { message }))
      this.waiting = [...this.waiting, message].slice(-mostWaiting);
  }

  /** A page that is loaded anew has to listen anew. */
  startOver(): void {
    this.heard.clear();
  }

  /** Whether anybody in the page hears it. */
  private send(name: string, payload: unknown): boolean {
    const window = this.window();
    if (!window || !this.heard.has(name)) return false;
    window.webContents.send(channels.event, name, payload);
    return true;
  }
}
