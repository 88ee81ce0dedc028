// A link to this search, for another window, another day or a note: an address in a browser, one that
// opens Ocelli on a desktop.
import { Check, Link } from 'lucide-react';
import { bridge } from '../../bridge/bridge.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useForAMoment } from '../../components/useForAMoment.ts';
import { useStore } from '../../store/store.ts';
import { searchLink } from './searchLink.ts';
import { type SearchPlace, searchParameters } from './searchPlace.ts';

export function CopyLink({ place }: { readonly place: SearchPlace }) {
  const tell = useStore((store) => store.tell);
  const [isCopied, setCopied] = useForAMoment();

  async function copy(): Promise<void> {
    const link = searchLink(searchParameters(place), bridge.host ? undefined : location.href);
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // No clipboard for pages that came without encryption from another machine.
      tell({ text: 'The link could not be copied.', wayOut: link });
    }
  }

  return (
    <IconButton
      icon={isCopied ? Check : Link}
      label={isCopied ? 'Copied' : 'Copy a link to this search'}
      onClick={() => void copy()}
    />
  );
}
