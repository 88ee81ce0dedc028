// What a window's host can do for it beyond the engine: the parts that need a desktop. In a browser
// most of it is missing, and the renderer leaves out what it cannot offer.
import { z } from 'zod';

const photo = z.object({ photo: z.number().int().min(0) });
const none = z.object({});

/** Calls of Electron's main process, parsed on arrival like those of the engine. */
export const hostCalls = {
  /** The system's dialog; absolute paths, empty where it was cancelled. */
  chooseFolders: {
    input: z.object({
      /** What it is for; folders of photos need no words. */
      title: z.string().max(100).optional(),
      /** One and no more. */
      one: z.boolean().optional(),
    }),
    output: z.object({ folders: z.array(z.string()) }),
  },
  /** Shows the file in the system's file manager. */
  reveal: { input: photo, output: none },
  /** Opens the file with the system's program for it. */
  open: { input: photo, output: none },
  /** Puts the picture on the clipboard. */
  copy: { input: photo, output: none },
  /** Begins to drag the files out of the window, to other programs. */
  startDrag: { input: z.object({ photos: z.array(z.number().int().min(0)).min(1) }), output: none },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type HostCallName = keyof typeof hostCalls;
export type HostCallInput<Name extends HostCallName> = z.input<(typeof hostCalls)[Name]['input']>;
export type HostCallOutput<Name extends HostCallName> = z.output<
  (typeof hostCalls)[Name]['output']
>;

/** What Electron's preload script puts on `window.ocelli`; nothing else crosses that border. */
export interface PreloadBridge {
  call(name: string, input: unknown): Promise<unknown>;
  host(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (payload: unknown) => void): () => void;
  /** The path of a file that was dropped on the window. */
  pathOfFile(file: unknown): string;
}

/**
 * Where pictures come from, by the kind of host. Thumbnails are named by content, originals by id;
 * never a path.
 */
export const pictureUrls = {
  electron: { thumbnails: 'ocelli-photo://thumbnail/', originals: 'ocelli-photo://original/' },
  browser: { thumbnails: '/thumbnails/', originals: '/originals/' },
} as const;
