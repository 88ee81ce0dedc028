// Electron's main process: the order in which the app comes up, and how it ends. Each part is a file
// of its own beside this one.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, protocol, session } from 'electron';
import { appScheme, photoScheme, registerLinks } from './addresses.ts';
import { startDiagnostics } from './diagnostics.ts';
import { loadEarly } from './loadEarly.ts';
import { lockDownPages } from './lockDown.ts';
import { appOptions } from './options.ts';
import { type SearchParameters, searchLinkIn } from './searchLink.ts';
import { startApp } from './startApp.ts';

const options = appOptions();

app.setName('Ocelli');
app.setPath('userData', options.profileFolder);
app.setAppUserModelId('app.ocelli');

protocol.registerSchemesAsPrivileged([
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
  {
    scheme: photoScheme,
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      corsEnabled: true,
      stream: true,
    },
  },
]);
lockDownPages();

// A second start hands its arguments to the first and ends. Chromium reorders argv on the way, so
// they travel beside it as well.
if (app.requestSingleInstanceLock({ args: process.argv.slice(1) })) {
  registerLinks();
  // macOS hands links over as events, before or after the app is ready.
  let asked = searchLinkIn(process.argv);
  let search = (wish: SearchParameters): void => {
    asked = wish;
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const wish = searchLinkIn([url]);
    if (wish !== undefined) search(wish);
  });
  loadEarly();
  void app.whenReady().then(async () => {
    if (options.diagnostics) startDiagnostics();
    const pageFolder = fileURLToPath(new URL('../renderer/', import.meta.url));
    // The first use of a session makes it, which takes Chromium a while.
    const { defaultSession } = session;
    await nextTurn();
    const running = await startApp({ options, session: defaultSession, pageFolder });
    search = running.search;
    if (asked !== undefined) search(asked);
  });
} else {
  app.quit();
}
