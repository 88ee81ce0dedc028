// Every error that a person can meet, by code. A host, a script or a test decides by the code; a
// person reads the message (it names the thing) and the way out (it says what to do).

/** What becomes of a photo that meets an error: tried and could not, or not ours to try. */
export type Outcome = 'failed' | 'skipped';

interface ErrorKind {
  /** What a person can do about it, as a sentence. */
  readonly wayOut: string;
  /** For errors of one photo: how the photo is counted. */
  readonly outcome?: Outcome;
  /** For errors of one photo: whether the next run tries again without being asked. */
  readonly transient?: boolean;
}

const kinds = {
  // Errors of one file.
  FILE_EMPTY: { outcome: 'failed', wayOut: 'Restore the file from a copy; it holds no data.' },
  FILE_GONE: {
    outcome: 'failed',
    transient: true,
    wayOut: 'It vanished while it was read; the next run looks again.',
  },
  FILE_UNREADABLE: {
    outcome: 'failed',
    transient: true,
    wayOut: 'Check its permissions and the disk it lies on, then run `ocelli errors --retry`.',
  },
  FILE_TOO_LARGE: {
    outcome: 'skipped',
    wayOut: 'Export a smaller version of it; files of more than 2 GiB are not read.',
  },
  FORMAT_UNSUPPORTED: {
    outcome: 'skipped',
    wayOut: 'Export it as JPEG, HEIC, PNG, WebP, AVIF, GIF or TIFF and index that.',
  },
  NOT_AN_IMAGE: {
    outcome: 'failed',
    wayOut: 'Its name says image, its content does not: open it elsewhere, or rename it.',
  },
  IMAGE_DAMAGED: {
    outcome: 'failed',
    wayOut: 'Restore it from a copy, or open it in an editor and save it again.',
  },
  IMAGE_TOO_LARGE: {
    outcome: 'failed',
    wayOut: 'Scale it down; larger images are refused because they can exhaust the memory.',
  },
  DECODER_DIED: {
    outcome: 'failed',
    wayOut: 'It brought the decoder down twice. Open it elsewhere and save it again.',
  },
  DECODER_HUNG: {
    outcome: 'failed',
    wayOut: 'Decoding it did not end, twice. Open it elsewhere and save it again.',
  },
  EMBEDDER_DIED: {
    outcome: 'failed',
    wayOut:
      'The model stopped on it twice. Run `ocelli errors --retry` with other programs closed.',
  },
  EMBEDDER_HUNG: {
    outcome: 'failed',
    wayOut:
      'The model did not answer, twice. Run `ocelli errors --retry` when the machine is idle.',
  },
  EMBED_FAILED: {
    outcome: 'failed',
    wayOut: 'Run `ocelli errors --retry`; if it stays, the model may not fit this machine.',
  },

  IGNORED: { outcome: 'skipped', wayOut: 'You chose to leave it out. Index it again with retry.' },

  // Errors of a whole run, of the data folder, or of what was asked.
  DISK_FULL: {
    wayOut: 'Free some space on the disk of the data folder, then try again.',
  },
  DATA_IN_USE: {
    wayOut: 'Wait for the other Ocelli to end, or choose another folder with --data.',
  },
  ALREADY_OPEN: { wayOut: 'Use the one that is open, or choose another folder with --data.' },
  DATA_NEWER: { wayOut: 'Update Ocelli, or choose another data folder with --data.' },
  DATA_DAMAGED: {
    wayOut: 'Move the file away and index again; your photographs are not touched by this.',
  },
  DATA_UNWRITABLE: { wayOut: 'Choose a folder that you may write to with --data.' },
  ADDON_MISSING: { wayOut: 'Run `npm run build:native` (this needs Rust), then try again.' },
  MODEL_MISSING: {
    wayOut: 'Choose a folder that holds a model.json and every file that it lists.',
  },
  MODEL_DAMAGED: { wayOut: 'Fetch the model again, or choose another one.' },
  MODEL_UNKNOWN: {
    wayOut: 'Look in the settings, or run `ocelli models`, to see which there are.',
  },
  MODEL_EXISTS: {
    wayOut: 'Remove the one that is there first, or write another id into the model.json.',
  },
  PRECISION_MISSING: {
    wayOut: 'Make them (models/quantise/README.md says how), or use the weights that it has.',
  },
  PRECISION_REFUSED: {
    wayOut: 'Stay with float32 (leave out --precision). Or make the int8 weights in another way.',
  },
  MODEL_IN_USE: { wayOut: 'Use another model first, then try again.' },
  PREPARE_FAILED: {
    wayOut: 'Its file is used as it is, which takes more memory and a longer start.',
  },
  PROVIDER_FAILED: { wayOut: 'The processor is used instead; that is slower, and works.' },
  INDEX_DAMAGED: { wayOut: 'It is rebuilt from the catalogue at the next start; nothing is lost.' },
  INDEX_LOCKED: { wayOut: 'Close the other program that has this data folder open.' },
  ROOT_MISSING: { wayOut: 'Check the path; connect the disk if it lies on one.' },
  ROOT_UNKNOWN: { wayOut: 'Run `ocelli status` to see the folders that are known.' },
  PHOTO_UNKNOWN: { wayOut: 'It left the library; look again at what is shown.' },
  PHOTO_NOT_INDEXED: {
    wayOut: 'Index its folder first, or choose another photo to compare with.',
  },
  QUERY_EMPTY: { wayOut: 'Say what to look for, for example: ocelli search a dog on grass' },
  QUERY_IMAGE: { wayOut: 'Give the path of a picture that other programs can open.' },
  ARGUMENT: { wayOut: 'Run the command with --help to see what it takes.' },
  CANCELLED: { wayOut: 'Run the same command again; it goes on where it stopped.' },
  WORKER_BROKEN: { wayOut: 'Run `npm install` again; if it stays, report it with the text above.' },
  PORT_TAKEN: { wayOut: 'Choose another port with --port, or leave the choice to Ocelli.' },
  RENDERER_MISSING: { wayOut: 'Run `npm run build`, then run the same command again.' },
  RUN_IN_PROGRESS: { wayOut: 'Wait until indexing has ended, or stop it, then try again.' },
  INTERNAL: {
    outcome: 'failed',
    wayOut: 'This is a defect in Ocelli. Please report it with the text above.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;

export const errorCodes = Object.keys(kinds) as ErrorCode[];

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(kinds, value);
}

export function errorKind(code: ErrorCode): ErrorKind {
  return kinds[code];
}

/** An error with a code. `message` names the thing; `wayOut` says what to do about it. */
export class OcelliError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'OcelliError';
    this.code = code;
  }

  get wayOut(): string {
    return errorKind(this.code).wayOut;
  }
}

/** What of an error crosses a process boundary. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
}

export function toPlainError(error: unknown): PlainError {
  if (error instanceof OcelliError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}

export function fromPlainError(plain: PlainError): OcelliError {
  return new OcelliError(plain.code, plain.message);
}

/** The error as an OcelliError, whatever was thrown. */
export function asOcelliError(error: unknown): OcelliError {
  if (error instanceof OcelliError) return error;
  const plain = toPlainError(error);
  return new OcelliError(plain.code, plain.message, { cause: error });
}

/** The `code` of a Node system error ('ENOENT', 'ENOSPC' …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
