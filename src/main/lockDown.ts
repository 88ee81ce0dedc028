// What the page can never do, whatever gets into it: leave, open windows, embed other pages, ask for
// the camera.
import { app, type Session, type WebContents } from 'electron';
import { isOwnPage } from './addresses.ts';

/** Every page that ever exists in this process is held to this. Call before the first one does. */
export function lockDownPages(): void {
  app.on('web-contents-created', (_event, contents) => lockDownPage(contents));
}

function lockDownPage(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Copying text is all that the app's own page may ask for. */
const granted = new Set(['clipboard-sanitized-write']);

export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(granted.has(permission) && isOwnPage(contents.getURL()));
  });
  session.setPermissionCheckHandler(
    (contents, permission) => granted.has(permission) && isOwnPage(contents?.getURL()),
  );
  session.setDevicePermissionHandler(() => false);
  // Nothing in the page downloads; a file that is dropped on it must not be saved anywhere either.
  // The window has no business on the network: whatever it needs came with the app.
  const urls = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];
  session.webRequest.onBeforeRequest({ urls }, (_details, answer) => answer({ cancel: true }));
  session.on('will-download', (event) => event.preventDefault());
}
