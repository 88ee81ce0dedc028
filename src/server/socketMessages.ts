// What goes over /socket, as JSON texts: a call and its answer, which carries the call's id, and
// events, which nobody asked for.
import { z } from 'zod';
import { type CallName, calls, type EventName, type EventPayload } from '../shared/contract.ts';
import { OcelliError, type PlainError, toPlainError } from '../shared/errors.ts';

/** The caller counts its calls; answers come in any order. */
const id = z.number().int().min(0);

export const requestSchema = z.object({
  id,
  call: z.enum(Object.keys(calls) as [CallName, ...CallName[]]),
  /** Parsed by the engine, with the call's own schema. */
  input: z.unknown(),
});
export type Request = z.infer<typeof requestSchema>;

/** `id` is null in the answer to what was not understood so far as to have one. */
export type Answer =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number | null; readonly error: PlainError };

export interface EventMessage<Name extends EventName = EventName> {
  readonly event: Name;
  readonly payload: EventPayload<Name>;
}

/** A text as it arrived → the call in it, or the answer that says why there is none. */
export function parseRequest(text: string): Request | Answer {
  const message = parseJson(text);
  const parsed = requestSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  const known = z.object({ id }).safeParse(message);
  const why = `Expected {id, call, input}: ${z.prettifyError(parsed.error)}`;
  return {
    id: known.success ? known.data.id : null,
    error: toPlainError(new OcelliError('ARGUMENT', why)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
