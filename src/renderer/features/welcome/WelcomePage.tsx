// The first page that anyone sees: choose folders, drop them, or try the samples.
import { FolderPlus, Images, Lock, ScanSearch, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { beginIndexing, photosPlaceholder } from '../../components/beginIndexing.ts';
import { FolderPathForm } from '../../components/FolderPathForm.tsx';
import { useAddFolders } from '../../components/useAddFolders.tsx';
import { useStore } from '../../store/store.ts';
import './WelcomePage.css';

export function WelcomePage() {
  const isRunning = useBegun();
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <div className="welcome-text">
        <h1 id="welcome-title">Find your photographs by what you say about them</h1>
        <p className="welcome-lead quiet">
          Choose the folders that they lie in. Ocelli looks at every photo once and then finds{' '}
          <em>a boat</em>, <em>fruit</em> or <em>musical instrument</em> while you are still typing.
        </p>
        {isRunning ? (
          <p className="welcome-running" role="status">
            Looking for photos …
          </p>
        ) : (
          <WelcomeChoices />
        )}
        <WelcomeNotes />
      </div>
    </section>
  );
}

/** The page makes room for the library as soon as the first folder is known. */
function useBegun(): boolean {
  const isRunning = useStore((store) => store.progress !== undefined);
  const refreshStatus = useStore((store) => store.refreshStatus);
  const tellError = useStore((store) => store.tellError);
  useEffect(() => {
    if (isRunning) refreshStatus().catch(tellError);
  }, [isRunning, refreshStatus, tellError]);
  return isRunning;
}

function WelcomeChoices() {
  const index = useStore((store) => store.index);
  const tellError = useStore((store) => store.tellError);
  const { addFolders } = useAddFolders();
  const [isAsked, setAsked] = useState(false);
  const trySamples = () => {
    setAsked(true);
    bridge.call('about', {}).then(({ samples }) => index([samples]), tellError);
  };
  const samples = (
    <Button onClick={trySamples} disabled={isAsked}>
      <Images size={18} aria-hidden="true" /> Try the sample photographs
    </Button>
  );
  if (!bridge.host) {
    return (
      <div className="welcome-buttons">
        <FolderPathForm
          action="Add folder"
          placeholder={photosPlaceholder}
          take={beginIndexing}
          onDone={() => setAsked(true)}
        />
        {samples}
      </div>
    );
  }
  return (
    <div className="welcome-buttons">
      <Button kind="primary" onClick={addFolders}>
        <FolderPlus size={18} aria-hidden="true" /> Choose folders
      </Button>
      {samples}
      <p className="quiet">Or drop folders anywhere on this page.</p>
    </div>
  );
}

function WelcomeNotes() {
  const go = useStore((store) => store.go);
  const addModel = () => go('settings', { at: 'models' });
  return (
    <ul className="welcome-notes quiet">
      <li>
        <ShieldCheck size={18} aria-hidden="true" />
        Your photos are only read: never changed, moved or deleted.
      </li>
      <li>
        <Lock size={18} aria-hidden="true" />
        Nothing leaves this machine.
      </li>
      <li>
        <ScanSearch size={18} aria-hidden="true" />
        <span>
          The model that comes along knows things, but not people, colours or weather. CLIP does:{' '}
          <button type="button" className="link-button" onClick={addModel}>
            add a CLIP model
          </button>
          , now or later.
        </span>
      </li>
    </ul>
  );
}
