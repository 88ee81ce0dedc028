// `ocelli-photo://thumbnail/<sha256>` and `ocelli-photo://original/<photo>`: pictures by content or
// by id, never by path. What the catalogue does not know does not exist. Of originals that Chromium
// cannot decode it is the largest picture that they hold (RAW), or a JPEG made of them (HEIC, TIFF).
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Session } from 'electron';
import { byteRange } from '../shared/byteRange.ts';
import type { EngineApi } from '../shared/contract.ts';
import { imageType, needsConversion } from '../shared/imageTypes.ts';
import {
  type StoredPicture,
  storedPictureBytes,
  storedPictureType,
} from '../shared/storedPicture.ts';
import { thumbnailPath, thumbnailType } from '../shared/thumbnailPath.ts';
import { appScheme, photoScheme } from './addresses.ts';
import { notFound } from './responses.ts';

interface Sources {
  readonly engine: Pick<EngineApi, 'call'>;
  readonly thumbnailFolder: string;
}

/** The page alone may read pixels (to copy a picture), not only show them. */
const shared = {
  'Access-Control-Allow-Origin': `${appScheme}://app`,
  'X-Content-Type-Options': 'nosniff',
};

export function servePhotos(session: Session, sources: Sources): void {
  session.protocol.handle(photoScheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const [, name = ''] = /^\/([0-9a-f]{1,64})$/.exec(pathname) ?? [];
    if (host === 'thumbnail' && name.length === 64) return thumbnail(sources, name);
    if (host === 'original' && /^(0|[1-9]\d{0,14})$/.test(name)) {
      return original(sources, Number(name), request.headers.get('range'));
    }
    return notFound();
  });
}

/** Named by content, so what a name shows never changes. */
async function thumbnail({ thumbnailFolder }: Sources, sha256: string): Promise<Response> {
  const bytes = await readFile(thumbnailPath(thumbnailFolder, sha256)).catch(() => undefined);
  if (bytes === undefined) return notFound();
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...shared,
      'Content-Type': thumbnailType,
      'Cache-Control': 'private, max-age=31536000, immutable',
    },
  });
}

async function original(sources: Sources, photo: number, range: string | null): Promise<Response> {
  const details = await sources.engine.call('photo', { photo }).catch(() => undefined);
  const facts = details && (await stat(details.path).catch(() => undefined));
  if (!details || !facts?.isFile()) return notFound();
  const picture =
    details.format === 'raw' ? await sources.engine.call('storedPicture', { photo }) : null;
  if (picture) return storedPicture(details.path, picture);
  if (needsConversion(details.format)) {
    const converted = await sources.engine.call('convertedPicture', { photo });
    if (converted) return convertedPicture(converted.jpeg);
  }
  const headers = {
    ...shared,
    'Content-Type': imageType(details.format, details.name) ?? 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
  };
  const part = byteRange(range ?? undefined, facts.size);
  if (part === 'none') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${facts.size}` },
    });
  }
  if (part === 'whole') {
    return new Response(streamOf(details.path), {
      headers: { ...headers, 'Content-Length': String(facts.size) },
    });
  }
  return new Response(streamOf(details.path, part), {
    status: 206,
    headers: {
      ...headers,
      'Content-Length': String(part.end - part.start + 1),
      'Content-Range': `bytes ${part.start}-${part.end}/${facts.size}`,
    },
  });
}

function convertedPicture(jpeg: string): Response {
  return new Response(Buffer.from(jpeg, 'base64'), {
    headers: { ...shared, 'Content-Type': storedPictureType, 'Cache-Control': 'private, no-cache' },
  });
}

function storedPicture(path: string, picture: StoredPicture): Response {
  return new Response(Readable.toWeb(Readable.from(bytesOf(path, picture))) as ReadableStream, {
    headers: {
      ...shared,
      'Content-Type': storedPictureType,
      'Content-Length': String(storedPictureBytes(picture)),
      'Cache-Control': 'private, no-cache',
    },
  });
}

async function* bytesOf(path: string, { head, start, end }: StoredPicture) {
  yield Buffer.from(head, 'base64');
  yield* createReadStream(path, { start, end: end - 1 });
}

function streamOf(path: string, span: { start?: number; end?: number } = {}): ReadableStream {
  return Readable.toWeb(createReadStream(path, span)) as ReadableStream;
}
