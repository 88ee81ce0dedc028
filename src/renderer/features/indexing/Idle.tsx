// Nothing is going on: what the library holds, and how to look again.
import { RefreshCw } from 'lucide-react';
import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { SpeedControl } from '../../components/SpeedControl.tsx';
import { useStore } from '../../store/store.ts';
import './Idle.css';

export function Idle() {
  const status = useStore((store) => store.status);
  const watch = useStore((store) => store.settings.watch);
  const index = useStore((store) => store.index);
  const pending = status?.pending ?? 0;
  return (
    <section className="idle" aria-label="Now">
      <div className="idle-text">
        <h2>
          {pending > 0 ? `${formatCount(pending)} photos are still to be indexed` : 'Up to date'}
        </h2>
        <p className="quiet">
          {formatCount(status?.indexed ?? 0)} photos can be searched.{' '}
          {watch
            ? 'Your folders are watched: what changes is taken up by itself.'
            : 'Your folders are not watched: look for changes when you have made some.'}
        </p>
      </div>
      <Button kind="primary" onClick={() => index([])}>
        <RefreshCw size={16} aria-hidden="true" />
        {pending > 0 ? 'Index them now' : 'Look for changes now'}
      </Button>
      <div className="idle-speed">
        <SpeedControl />
        <p className="quiet">How much of this machine the next run may take.</p>
      </div>
    </section>
  );
}
