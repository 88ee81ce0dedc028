// Shows a link in the person's browser, by the system's own command for that.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Whether the system took it; its command has a few seconds to say no. */
export async function openLink(link: string): Promise<boolean> {
  const [command, ...args] = opener(process.platform);
  const child = spawn(command, [...args, link], { stdio: 'ignore', detached: true });
  child.unref();
  const patience = AbortSignal.timeout(5000);
  try {
    const [status] = await once(child, 'exit', { signal: patience });
    return status === 0;
  } catch {
    // Not there, or a browser that it waits for.
    return patience.aborted;
  }
}

function opener(platform: NodeJS.Platform): [command: string, ...args: string[]] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
