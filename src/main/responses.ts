// Answers of the app's own protocols that are no files.

/** The same for what does not exist and for what must not be asked: nothing can be told from it. */
export function notFound(): Response {
  return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } });
}
