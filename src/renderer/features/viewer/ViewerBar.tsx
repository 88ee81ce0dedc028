// Above the photo: its name and place, and what can be done with it.
import {
  Check,
  Copy,
  ExternalLink,
  FolderOpen,
  Info,
  type LucideIcon,
  ScanSearch,
  X,
} from 'lucide-react';
import { formatCount } from '../../../shared/format.ts';
import { bridge, type Host } from '../../bridge/bridge.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useForAMoment } from '../../components/useForAMoment.ts';
import { useStore } from '../../store/store.ts';
import type { ViewedPhoto } from '../../store/viewerSlice.ts';

interface ViewerBarProps {
  readonly photo: ViewedPhoto;
  readonly showsFacts: boolean;
  onShowFacts(shows: boolean): void;
}

export function ViewerBar({ photo, showsFacts, onShowFacts }: ViewerBarProps) {
  const closeViewer = useStore((store) => store.closeViewer);
  const go = useStore((store) => store.go);
  const { id, name, online } = photo.tile;
  const { host } = bridge;
  const findSimilar = () => {
    closeViewer();
    go('search', { similar: String(id) });
  };
  return (
    <header className="viewer-bar">
      <IconButton icon={X} label="Close" onClick={closeViewer} />
      <p className="viewer-name" role="status">
        {name}
      </p>
      <ViewerPlace />
      <IconButton icon={ScanSearch} label="Find similar" onClick={findSimilar} />
      {host && online && <HostActions key={id} host={host} photo={id} />}
      <IconButton
        icon={Info}
        label="Facts (I)"
        aria-pressed={showsFacts}
        onClick={() => onShowFacts(!showsFacts)}
      />
    </header>
  );
}

/** Only where the viewer has all photos there are: a part of them would be miscounted. */
function ViewerPlace() {
  const viewer = useStore((store) => store.viewer);
  if (!viewer || viewer.more) return null;
  return (
    <p className="viewer-place quiet number">
      {formatCount(viewer.index + 1)} of {formatCount(viewer.photos.length)}
    </p>
  );
}

type Action = 'reveal' | 'open' | 'copy';

function HostActions({ host, photo }: { readonly host: Host; readonly photo: number }) {
  const tellError = useStore((store) => store.tellError);
  const [isCopied, setCopied] = useForAMoment();

  const button = (action: Action, icon: LucideIcon, label: string) => (
    <IconButton
      icon={icon}
      label={label}
      onClick={() =>
        host.call(action, { photo }).then(() => setCopied(action === 'copy'), tellError)
      }
    />
  );
  return (
    <>
      {button('reveal', FolderOpen, 'Show in folder')}
      {button('open', ExternalLink, 'Open in another program')}
      {isCopied ? button('copy', Check, 'Copied') : button('copy', Copy, 'Copy picture')}
    </>
  );
}
