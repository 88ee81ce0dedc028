// The errors of the vector index, and how they come out of the addon.

/** An error with a code to decide by. The codes are listed in `index.d.mts`. */
export class EdgeError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.name = 'EdgeError';
    this.code = code;
  }
}

/** The addon writes `CODE: text`; anything else that it throws is napi's own complaint. */
export function fromNative(error) {
  const [, code, text] = /^([A-Z_]+): (.*)$/s.exec(error.message) ?? [];
  if (code !== undefined) return new EdgeError(code, text);
  return new EdgeError('INTERNAL', error.message, { cause: error });
}

export function expected(what, name, received) {
  return new EdgeError(
    'ARGUMENT',
    `Expected ${what} for ${name} but received ${describe(received)}`,
  );
}

function describe(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.length}`;
  return typeof value === 'function' ? 'a function' : String(value);
}
