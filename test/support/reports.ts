// What the command line prints as JSON, parsed by the contract.
import { z } from 'zod';
import { failureSchema, runReportSchema, statusSchema } from '../../src/shared/contract.ts';
import { ocelliExpecting } from './runOcelli.ts';

const foundSchema = z.object({
  query: z.string(),
  tookMs: z.number(),
  hits: z.array(z.object({ path: z.string(), score: z.number(), why: z.string().min(1) })),
});

export async function indexReport(status: number, args: readonly string[]) {
  const { stdout } = await ocelliExpecting(status, ['index', '--json', '--quiet', ...args]);
  return runReportSchema.parse(JSON.parse(stdout));
}

export async function statusOf(data: readonly string[]) {
  const { stdout } = await ocelliExpecting(0, [...data, 'status', '--json']);
  return statusSchema.parse(JSON.parse(stdout));
}

export async function failuresOf(data: readonly string[]) {
  const { stdout } = await ocelliExpecting(0, [...data, 'errors', '--json']);
  return z.array(failureSchema).parse(JSON.parse(stdout));
}

export async function found(args: readonly string[]) {
  const { stdout } = await ocelliExpecting(0, ['search', '--json', ...args]);
  return foundSchema.parse(JSON.parse(stdout));
}
