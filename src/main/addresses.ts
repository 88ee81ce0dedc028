// The addresses that exist inside the window: the app's own page, and its pictures.
import { app } from 'electron';

export const appScheme = 'ocelli-app';
export const photoScheme = 'ocelli-photo';
export const pageUrl = `${appScheme}://app/index.html`;

/** Outside the window: what other programs open Ocelli with. */
export const linkScheme = 'ocelli';

/** Whether this is the app's own page. `origin` is of no use: it is 'null' for schemes of our own. */
export function isOwnPage(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  const { protocol, host, pathname } = new URL(address);
  return protocol === `${appScheme}:` && host === 'app' && pathname === '/index.html';
}

/**
 * Other programs can open links only in an app that is installed: a checkout that registered itself
 * would leave a link to nowhere behind when it is deleted.
 */
export function registerLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
}
