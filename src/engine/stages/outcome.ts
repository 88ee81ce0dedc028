// What the stages hand on: a photo with how far it has come.
import {
  asOcelliError,
  errorKind,
  type OcelliError,
  type PlainError,
} from '../../shared/errors.ts';
import type { PendingPhoto } from '../catalog/photos.ts';
import type { DecoderAnswer } from '../decode/photoDecoder.ts';

export interface FailedPhoto {
  readonly kind: 'failed';
  readonly photo: PendingPhoto;
  readonly stage: 'decode' | 'embed';
  readonly outcome: 'failed' | 'skipped';
  readonly error: PlainError;
}

/** Its content has an embedding already. */
export interface RecognisedPhoto {
  readonly kind: 'recognised';
  readonly photo: PendingPhoto;
  readonly sha256: string;
}

export interface DecodedPhotoOf {
  readonly kind: 'decoded';
  readonly photo: PendingPhoto;
  readonly decoded: DecoderAnswer;
  readonly image: NonNullable<DecoderAnswer['image']>;
}

export interface EmbeddedPhoto {
  readonly kind: 'embedded';
  readonly photo: PendingPhoto;
  readonly decoded: DecoderAnswer;
  readonly image: NonNullable<DecoderAnswer['image']>;
  readonly embedding: Float32Array;
}

export type Looked = FailedPhoto | RecognisedPhoto | DecodedPhotoOf;
export type Settled = FailedPhoto | RecognisedPhoto | EmbeddedPhoto;

/**
 * An error of one photo becomes its outcome; an error of the whole run (a full disk, a damaged
 * model) is thrown on; undefined for a photo that a cancelled run lets go of, which stays pending.
 */
export function outcomeOf(
  photo: PendingPhoto,
  stage: FailedPhoto['stage'],
  thrown: unknown,
): FailedPhoto | undefined {
  const error: OcelliError = asOcelliError(thrown);
  if (error.code === 'CANCELLED') return undefined;
  const { outcome } = errorKind(error.code);
  if (outcome === undefined) throw error;
  const plain = { code: error.code, message: error.message };
  return { kind: 'failed', photo, stage, outcome, error: plain };
}
