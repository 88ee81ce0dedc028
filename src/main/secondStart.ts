// Starting Ocelli while it runs: the first one comes to the front and takes over what the second was
// asked for.
import { app } from 'electron';
import { z } from 'zod';
import { type SearchParameters, searchLinkIn } from './searchLink.ts';

interface SecondStart {
  show(): void;
  search(parameters: SearchParameters): void;
}

/** What the second start sent along (main.ts); its argv as Electron gives it is in another order. */
const handedOver = z.object({ args: z.array(z.string()) });

export function followSecondStarts({ show, search }: SecondStart): void {
  app.on('second-instance', (_event, argv, _folder, data) => {
    const sent = handedOver.safeParse(data);
    const wish = searchLinkIn(sent.success ? sent.data.args : argv);
    if (wish === undefined) show();
    else search(wish);
  });
}
