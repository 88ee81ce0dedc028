// Whether a request means this server by its name. A foreign page can let its own name point to
// 127.0.0.1 (DNS rebinding) and would then share an origin with the library; its requests give that
// name away in their Host header.
import { hostname } from 'node:os';

/** Where a connection arrived; `localAddress` as Node says it, such as '::ffff:127.0.0.1'. */
export interface Arrival {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

const wildcards = ['0.0.0.0', '::', ''];

/**
 * @param header the Host header.
 * @param listensOn the host that the server was told to listen on.
 */
export function isOwnHost(header: string | undefined, at: Arrival, listensOn: string): boolean {
  if (header === undefined || at.localAddress === undefined) return false;
  const said = header.toLowerCase();
  return ownNames(at.localAddress.replace(/^::ffff:/, ''), listensOn).some((name) => {
    const host = inUrl(name.toLowerCase());
    return said === `${host}:${at.localPort}` || (at.localPort === 80 && said === host);
  });
}

/** An IPv6 address wants brackets in a URL. */
export function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

export function isWildcard(host: string): boolean {
  return wildcards.includes(host);
}

function ownNames(address: string, listensOn: string): string[] {
  const told = isWildcard(listensOn) ? [] : [listensOn];
  const known = isLoopback(address) ? ['localhost'] : [hostname(), `${hostname()}.local`];
  return [address, ...told, ...known];
}
