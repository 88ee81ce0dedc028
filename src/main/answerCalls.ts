// The main process's side of the bridge: who may call, what arrives, and how errors go back
// (see [Note: Errors over IPC] in src/shared/ipc.ts).
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { z } from 'zod';
import { calls, type EngineApi } from '../shared/contract.ts';
import { OcelliError, toPlainError } from '../shared/errors.ts';
import { type HostCallName, type HostCallOutput, hostCalls } from '../shared/host.ts';
import { channels, type IpcAnswer } from '../shared/ipc.ts';
import { isOwnPage } from './addresses.ts';

export type HostHandlers = {
  [Name in HostCallName]: (
    input: z.output<(typeof hostCalls)[Name]['input']>,
  ) => Promise<HostCallOutput<Name>>;
};

export function answerCalls(engine: Pick<EngineApi, 'call'>, host: HostHandlers): void {
  answer(channels.call, (name, input) =>
    // The engine parses its inputs itself.
    engine.call(known(name, calls), input as never),
  );
  answer(channels.host, (name, input) => callHost(host, known(name, hostCalls), input));
}

function answer(channel: string, work: (name: unknown, input: unknown) => Promise<unknown>): void {
  ipcMain.handle(channel, async (event, name: unknown, input: unknown): Promise<IpcAnswer> => {
    try {
      requireOwnPage(event);
      return { ok: true, value: await work(name, input) };
    } catch (error) {
      return { ok: false, error: toPlainError(asArgumentError(error)) };
    }
  });
}

async function callHost<Name extends HostCallName>(
  host: HostHandlers,
  name: Name,
  input: unknown,
): Promise<HostCallOutput<Name>> {
  const parsed = hostCalls[name].input.parse(input) as Parameters<HostHandlers[Name]>[0];
  return host[name](parsed as never);
}

/** A page from elsewhere, or a frame inside ours, has no bridge; nor does it get one by hand. */
function requireOwnPage({ senderFrame, sender }: IpcMainInvokeEvent): void {
  if (senderFrame === sender.mainFrame && isOwnPage(senderFrame?.url)) return;
  throw new OcelliError('ARGUMENT', 'Calls are answered for the window of Ocelli only.');
}

function known<Calls extends object>(name: unknown, all: Calls): keyof Calls {
  if (typeof name === 'string' && Object.hasOwn(all, name)) return name as keyof Calls;
  throw new OcelliError('ARGUMENT', `There is no call ${String(name).slice(0, 100)}.`);
}

function asArgumentError(error: unknown): unknown {
  if (!(error instanceof z.ZodError)) return error;
  return new OcelliError('ARGUMENT', z.prettifyError(error), { cause: error });
}
