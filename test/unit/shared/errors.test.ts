// Every error has a way out, and survives the way across a process border.
import { describe, expect, it } from 'vitest';
import {
  asOcelliError,
  errorCodes,
  errorKind,
  fromPlainError,
  OcelliError,
  toPlainError,
} from '../../../src/shared/errors.ts';

describe('an error code', () => {
  it.each(errorCodes)('%s says in a sentence what to do', (code) => {
    expect(errorKind(code).wayOut).toMatch(/^[A-Z].*\.$|^Say what .*$/);
  });
});

it('keeps code and message across a process border', () => {
  const error = new OcelliError('FILE_EMPTY', 'a.jpg is empty.');
  const back = fromPlainError(structuredClone(toPlainError(error)));
  expect(back).toBeInstanceOf(OcelliError);
  expect([back.code, back.message, back.wayOut]).toEqual([error.code, error.message, error.wayOut]);
});

it('becomes INTERNAL, with what was thrown as its cause, where it had no code', () => {
  const thrown = new TypeError('x is not a function');
  const error = asOcelliError(thrown);
  expect(error.code).toBe('INTERNAL');
  expect(error.cause).toBe(thrown);
});
