// An error → three things on standard error: what happened, its code, the way out. And a status.
import { asOcelliError, type ErrorCode, errorKind, type PlainError } from '../shared/errors.ts';
import { exitCodes } from './exitCodes.ts';

/** Errors of what was asked, rather than of what happened. */
const usage: readonly ErrorCode[] = [
  'ARGUMENT',
  'QUERY_EMPTY',
  'ROOT_MISSING',
  'ROOT_UNKNOWN',
  'MODEL_UNKNOWN',
];

export function reportError(thrown: unknown): number {
  const error = asOcelliError(thrown);
  console.error(describe(error));
  if (process.env['OCELLI_DEBUG']) console.error(thrown);
  return usage.includes(error.code) ? exitCodes.usage : exitCodes.error;
}

export function describe({ code, message }: PlainError): string {
  return `ocelli: ${message} [${code}]\n        ${errorKind(code).wayOut}`;
}
