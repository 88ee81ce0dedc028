// The picture that is the query: one that was dropped or pasted. Pictures do not fit into an address,
// so it is kept here, and outlives a look at another page.
import { create } from 'zustand';
import { bridge } from '../../bridge/bridge.ts';

export interface QueryPicture {
  readonly name: string;
  /** What an <img> shows. */
  readonly url: string;
  /** How the engine gets it: by path on a desktop, by its bytes in a browser. */
  readonly source: { readonly image: string } | { readonly imageData: string };
}

interface PictureStore {
  readonly picture: QueryPicture | undefined;
  take(file: File): Promise<void>;
  drop(): void;
}

/** In base64, more does not fit into a request. */
const mostBytes = 50_000_000;

export const usePicture = create<PictureStore>()((set, get) => ({
  picture: undefined,

  /** @throws Error in words for people, for files that cannot be a query */
  async take(file) {
    const path = bridge.host?.pathOfFile(file);
    if (!path && file.size > mostBytes) throw new Error('This picture is larger than 50 MB.');
    const source = path ? { image: path } : { imageData: await base64Of(file) };
    get().drop();
    set({
      picture: { name: file.name || 'Pasted picture', url: URL.createObjectURL(file), source },
    });
  },

  drop() {
    const { picture } = get();
    if (picture) URL.revokeObjectURL(picture.url);
    set({ picture: undefined });
  },
}));

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new Error(`${file.name} could not be read.`));
    reader.readAsDataURL(file);
  });
}
