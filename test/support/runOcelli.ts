// The command line as people start it: bin/ocelli.mjs in a process of its own.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { repository, tinyModel } from './photos.ts';

export interface Ended {
  /** Undefined where a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly pid: number;
  /** What it has printed so far. */
  stderr(): string;
  readonly ended: Promise<Ended>;
}

const launcher = join(repository, 'bin/ocelli.mjs');

/** Starts it and does not wait. The model is the tiny one, unless the arguments name another. */
export function startOcelli(args: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(process.execPath, [launcher, '--model', tinyModel, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (part: Buffer) => stdout.push(part));
  child.stderr?.on('data', (part: Buffer) => stderr.push(part));
  const text = (parts: readonly Buffer[]) => Buffer.concat(parts).toString();
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ status: code ?? undefined, stdout: text(stdout), stderr: text(stderr) });
    });
  });
  return { process: child, pid: child.pid ?? 0, stderr: () => text(stderr), ended };
}

export function ocelli(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return startOcelli(args, options).ended;
}

/** Runs it, and says what it printed where the status is not the one expected. */
export async function ocelliExpecting(
  status: number,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ended> {
  const ended = await ocelli(args, options);
  expect(ended.status, `ocelli ${args.join(' ')}\n${ended.stderr}\n${ended.stdout}`).toBe(status);
  return ended;
}
