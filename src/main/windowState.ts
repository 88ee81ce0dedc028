// Where the window was and how it looked, kept from one start to the next.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';
import { defaultSettings, settingsSchema } from '../shared/settings.ts';

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).optional(),
  maximised: z.boolean().default(false),
  /** Of the settings, which are known only later: the window's first colour depends on it. */
  theme: settingsSchema.shape.theme.default(defaultSettings.theme),
});
export type WindowState = z.infer<typeof stateSchema>;

const settleMs = 500;

export class KeptWindowState {
  private readonly path: string;
  private state: WindowState;

  constructor(path: string) {
    this.path = path;
    this.state = read(path);
  }

  get theme(): WindowState['theme'] {
    return this.state.theme;
  }

  get maximised(): boolean {
    return this.state.maximised;
  }

  /** Undefined where the screen that the window was on is not there any more. */
  bounds(): Rectangle | undefined {
    const { bounds } = this.state;
    return bounds && onSomeScreen(bounds) ? bounds : undefined;
  }

  rememberTheme(theme: WindowState['theme']): void {
    if (theme !== this.state.theme) this.write({ ...this.state, theme });
  }

  /** Follows the window until it is closed. */
  follow(window: BrowserWindow): void {
    let timer: NodeJS.Timeout | undefined;
    const note = () => {
      clearTimeout(timer);
      if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
      const maximised = window.isMaximized();
      this.write({ ...this.state, bounds: window.getNormalBounds(), maximised });
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(note, settleMs);
    };
    for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
      window.on(event as 'resize', soon);
    }
    window.on('close', note);
  }

  private write(state: WindowState): void {
    this.state = state;
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileSync(this.path, JSON.stringify(state));
    } catch {
      // The window then opens at its usual place next time, and nothing else is lost.
    }
  }
}

function read(path: string): WindowState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return stateSchema.parse({});
  }
}

/** Enough of it to be seen and taken hold of. */
function onSomeScreen(bounds: Rectangle): boolean {
  const area = screen.getDisplayMatching(bounds).workArea;
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const height =
    Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
  return width >= 100 && height >= 100;
}
