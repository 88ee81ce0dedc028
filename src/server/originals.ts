// /originals/<photo>: the file itself, by the number of its photo; of what browsers cannot decode the
// largest picture that it holds (RAW), or a JPEG that is made of it (HEIC, TIFF). The path comes from
// the engine; no request can name one.
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { byteRange } from '../shared/byteRange.ts';
import type { EngineApi } from '../shared/contract.ts';
import { OcelliError } from '../shared/errors.ts';
import { imageType, needsConversion } from '../shared/imageTypes.ts';
import type { PhotoDetails } from '../shared/library.ts';
import {
  type StoredPicture,
  storedPictureBytes,
  storedPictureType,
} from '../shared/storedPicture.ts';
import { inertPolicy } from './headers.ts';
import { sendPage } from './pages.ts';

export function serveOriginals(app: FastifyInstance, engine: EngineApi): void {
  app.route<{ Params: { photo: string } }>({
    method: ['GET', 'HEAD'],
    url: '/originals/:photo',
    async handler(request, reply) {
      const photo = await findPhoto(engine, request.params.photo);
      const file = photo && (await openFile(photo.path));
      if (!file) return sendPage(reply, 404, 'notFound');
      try {
        const facts = await file.stat();
        const picture = facts.isFile() ? await pictureInside(engine, photo) : null;
        if (picture)
          return await sendPicture(request, describe(reply, photo, facts), file, picture);
        if (facts.isFile() && needsConversion(photo.format)) {
          const sent = await sendConverted(engine, request, describe(reply, photo, facts), photo);
          if (sent) return await file.close().then(() => sent);
        }
        if (facts.isFile()) {
          return await sendFile(request, describe(reply, photo, facts), file, facts.size);
        }
        await file.close();
        return sendPage(reply, 404, 'notFound');
      } catch (error) {
        await file.close().catch(() => {});
        throw error;
      }
    },
  });
}

async function findPhoto(engine: EngineApi, id: string): Promise<PhotoDetails | undefined> {
  if (!/^\d{1,15}$/.test(id)) return undefined;
  try {
    return await engine.call('photo', { photo: Number(id) });
  } catch (error) {
    if (error instanceof OcelliError && error.code === 'PHOTO_UNKNOWN') return undefined;
    throw error;
  }
}

/** Undefined where it is gone or not readable; a pipe by that name is not waited for. */
async function openFile(path: string): Promise<FileHandle | undefined> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  return open(path, flags).catch(() => undefined);
}

/** Null: the file itself is sent. */
async function pictureInside(
  engine: EngineApi,
  { id, format }: PhotoDetails,
): Promise<StoredPicture | null> {
  return format === 'raw' ? engine.call('storedPicture', { photo: id }) : null;
}

/** Whole, whatever part is asked for. Closes the file, by way of its stream where bytes are sent. */
async function sendPicture(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FileHandle,
  picture: StoredPicture,
): Promise<FastifyReply> {
  reply.headers({ 'content-type': storedPictureType, 'accept-ranges': 'none' });
  reply.header('content-disposition', 'inline');
  if (hasIt(request, reply)) {
    reply.code(304);
  } else reply.header('content-length', storedPictureBytes(picture));
  if (reply.statusCode === 200 && request.method !== 'HEAD') {
    return reply.send(Readable.from(bytesOf(file, picture)));
  }
  await file.close();
  return reply.send('');
}

/** Whole, and decoded only for who wants to see it. Undefined where it cannot be. */
async function sendConverted(
  engine: EngineApi,
  request: FastifyRequest,
  reply: FastifyReply,
  { id }: PhotoDetails,
): Promise<FastifyReply | undefined> {
  const shown = { 'content-type': storedPictureType, 'accept-ranges': 'none' };
  if (hasIt(request, reply)) {
    return reply.code(304).headers(shown).send('');
  }
  if (request.method === 'HEAD') return reply.headers(shown).send('');
  const converted = await engine.call('convertedPicture', { photo: id });
  if (!converted) return undefined;
  reply.headers({ ...shown, 'content-disposition': 'inline' });
  return reply.send(Buffer.from(converted.jpeg, 'base64'));
}

async function* bytesOf(file: FileHandle, { head, start, end }: StoredPicture) {
  yield Buffer.from(head, 'base64');
  yield* file.createReadStream({ start, end: end - 1 });
}

/** Whether the browser says that it has what would be sent. */
function hasIt(request: FastifyRequest, reply: FastifyReply): boolean {
  return request.headers['if-none-match']?.includes(String(reply.getHeader('etag'))) ?? false;
}

function describe(reply: FastifyReply, photo: PhotoDetails, facts: Stats): FastifyReply {
  const type = imageType(photo.format, photo.name);
  return reply.headers({
    'content-type': type ?? 'application/octet-stream',
    'content-disposition': `${type ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(photo.name)}`,
    'content-security-policy': inertPolicy,
    'accept-ranges': 'bytes',
    // Kept, and asked for again each time: a photo may be edited under the same number.
    'cache-control': 'private, no-cache',
    etag: `"${facts.size.toString(16)}-${facts.mtimeMs.toString(16)}"`,
    'last-modified': facts.mtime.toUTCString(),
  });
}

/** Closes the file, by way of its stream where bytes are sent. */
async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FileHandle,
  size: number,
): Promise<FastifyReply> {
  const { range, 'if-range': ifRange } = request.headers;
  const etag = String(reply.getHeader('etag'));
  // A range of what the file was before is of no use: then all of it is sent.
  const wanted = byteRange(ifRange === undefined || ifRange === etag ? range : undefined, size);
  const { start, end } = typeof wanted === 'string' ? { start: 0, end: size - 1 } : wanted;
  if (hasIt(request, reply)) reply.code(304);
  else if (wanted === 'none') reply.code(416).header('content-range', `bytes */${size}`);
  else if (wanted !== 'whole') {
    reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  }
  const hasBody = reply.statusCode < 300 && size > 0;
  if (hasBody) reply.header('content-length', end - start + 1);
  if (hasBody && request.method !== 'HEAD') {
    return reply.send(file.createReadStream({ start, end }));
  }
  await file.close();
  return reply.send('');
}

/** As RFC 8187 wants it; half of a surrogate pair, which no encoding has, becomes U+FFFD. */
function encoded(name: string): string {
  const wellFormed = Buffer.from(name).toString();
  return encodeURIComponent(wellFormed).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
