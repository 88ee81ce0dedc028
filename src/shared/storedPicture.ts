// A picture that lies inside a file: how a RAW photo is shown, which browsers cannot decode.
import { z } from 'zod';

export const storedPictureSchema = z.object({
  /** Of a JPEG, in base64: bytes that come before those of the file. */
  head: z.string(),
  /** Bytes of the file, `end` exclusive. */
  start: z.number().int().min(0),
  end: z.number().int().min(0),
});
export type StoredPicture = z.infer<typeof storedPictureSchema>;

export const storedPictureType = 'image/jpeg';

/** Of the whole JPEG, bytes. */
export function storedPictureBytes({ head, start, end }: StoredPicture): number {
  return atob(head).length + end - start;
}
