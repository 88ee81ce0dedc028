// Code that the main process sends into the page's own process. It runs there, in a world that the
// page's scripts cannot reach, and so refers to nothing outside its own function.
/// <reference lib="dom" />

/** A PNG as a data URL; undefined for what Chromium cannot show. */
export async function drawInPage(url: string, longest: number): Promise<string | undefined> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = url;
  try {
    await image.decode();
  } catch {
    return undefined;
  }
  const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}

/** Puts the picture on the clipboard, in its own size; false for what Chromium cannot show. */
export async function copyInPage(url: string): Promise<boolean> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = url;
  try {
    await image.decode();
  } catch {
    return false;
  }
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!png) return false;
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  return true;
}
