// The one window: made when it is wanted, shown when there is something to see, as it was left.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme } from 'electron';
import { pageUrl } from './addresses.ts';
import { windowIconPath } from './icons.ts';
import type { ToWindow } from './toWindow.ts';
import { KeptWindowState } from './windowState.ts';

const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));

/** Room for the side bar and two columns of photos. */
const smallest = { width: 640, height: 480 };
const usual = { width: 1240, height: 820 };
/** --background of src/renderer/styles/tokens.css: a window that shows before its page does not flash. */
const background = { light: '#fafaf9', dark: '#131416' };

/** Those of the renderer that a menu or another program leads to. */
export type AppPage = 'library' | 'folders' | 'search' | 'indexing' | 'settings';

export interface MainWindowOptions {
  readonly profileFolder: string;
  /** Asked when the window is about to close: whether it is to go on out of sight instead. */
  readonly staysOpen: () => boolean;
}

export class MainWindow {
  readonly state: KeptWindowState;
  private readonly options: MainWindowOptions;
  private window: BrowserWindow | undefined;
  private events: ToWindow | undefined;
  private quitting = false;
  private loaded = false;

  constructor(options: MainWindowOptions) {
    this.options = options;
    this.state = new KeptWindowState(join(options.profileFolder, 'window.json'));
    nativeTheme.themeSource = this.state.theme;
    nativeTheme.on('updated', () => this.window?.setBackgroundColor(backgroundColour()));
  }

  get current(): BrowserWindow | undefined {
    return this.window;
  }

  get focused(): boolean {
    return this.window?.isFocused() ?? false;
  }

  get visible(): boolean {
    return this.window?.isVisible() ?? false;
  }

  /** Told when the page is loaded anew. */
  attach(events: ToWindow): void {
    this.events = events;
  }

  /** From now on a closed window is a closed window. */
  letGo(): void {
    this.quitting = true;
  }

  /** Brings it to the front, whether it is hidden, minimised, behind others or not there yet. */
  show(): void {
    this.window ??= this.open();
    if (this.window.isMinimized()) this.window.restore();
    // A window that is still loading shows itself when it is ready.
    if (this.loaded) this.window.show();
    this.window.focus();
  }

  /**
   * Shows a page of the app. The page keeps its place in its address (`#/search?q=…`), so nothing
   * but the address has to be told; it waits until the page is loaded.
   */
  go(page: AppPage, parameters: Record<string, string> = {}): void {
    this.show();
    const query = new URLSearchParams(parameters).toString();
    const address = `#/${page}${query === '' ? '' : `?${query}`}`;
    this.window?.webContents
      .executeJavaScript(`location.hash = ${JSON.stringify(address)}`)
      .catch(() => {});
  }

  private open(): BrowserWindow {
    const window = new BrowserWindow({
      ...usual,
      ...this.state.bounds(),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'Ocelli',
      icon: windowIconPath,
      backgroundColor: backgroundColour(),
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        // Progress goes on being drawn while another window is in front.
        backgroundThrottling: false,
      },
    });
    if (this.state.maximised) window.maximize();
    this.state.follow(window);
    window.once('ready-to-show', () => {
      this.loaded = true;
      window.show();
    });
    window.on('close', (event) => {
      if (this.quitting || !this.options.staysOpen()) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => {
      this.window = undefined;
      this.loaded = false;
      this.events?.startOver();
    });
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.events?.startOver();
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      // What the page showed can be shown again; the engine has not noticed anything.
      if (reason !== 'clean-exit' && !this.quitting) window.webContents.reload();
    });
    void window.loadURL(pageUrl);
    return window;
  }
}

function backgroundColour(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}
