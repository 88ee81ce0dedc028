// The pages that a person meets instead of the library, in plain words.
import type { FastifyReply } from 'fastify';

const pages = {
  noToken: {
    title: 'This is somebody’s photo library',
    text: 'To open it, use the link that Ocelli printed when it started: it ends in ?token= and a long word. If the link was opened and this still appears, open it in a new window, and see that the browser keeps cookies for this address.',
  },
  wrongHost: {
    title: 'Not under this name',
    text: 'Ocelli answers only under the address that it printed when it started.',
  },
  foreignPage: {
    title: 'Not from there',
    text: 'Another page tried to reach this photo library. Ocelli answers its own pages only.',
  },
  notFound: { title: 'Nothing here', text: 'There is nothing at this address.' },
  badRequest: { title: 'Not understood', text: 'Ocelli could not make sense of this request.' },
  broken: {
    title: 'That did not work',
    text: 'Ocelli met an error of its own. What happened is written where it was started.',
  },
} as const;

export type PageName = keyof typeof pages;

export function sendPage(reply: FastifyReply, status: number, name: PageName): FastifyReply {
  const { title, text } = pages[name];
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Ocelli: ${title}</title><h1>${title}</h1><p>${text}</p></html>\n`,
    );
}
