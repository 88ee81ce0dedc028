// The first page that anyone sees: choose folders, drop them, or try the samples.
import { FolderPlus, Images } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../store/store.ts';
import { useAddFolders } from './useAddFolders.tsx';
import './WelcomePage.css';

export function WelcomePage() {
  const { addFolders, dialog } = useAddFolders();
  const [isOver, setOver] = useState(false);
  const { index, tellError } = useStore.getState();
  const trySamples = () => {
    bridge.call('about', {}).then(({ samples }) => index([samples]), tellError);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const { host } = bridge;
    if (!host) return;
    const paths = [...event.dataTransfer.files].map((file) => host.pathOfFile(file));
    index(paths.filter((path) => path !== ''));
  };
  return (
    <section
      className={isOver ? 'welcome welcome-over' : 'welcome'}
      aria-labelledby="welcome-title"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(bridge.host !== undefined);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className="welcome-text">
        <h1 id="welcome-title">Find your photographs by what you say about them</h1>
        <p className="welcome-lead quiet">
          Choose the folders that they lie in. Ocelli looks at every one, on this machine alone, and
          finds <em>a dog on grass</em> or <em>musical instrument</em> while you are still typing.
        </p>
        <div className="welcome-buttons">
          <Button kind="primary" onClick={addFolders}>
            <FolderPlus size={18} aria-hidden="true" /> Choose folders
          </Button>
          <Button onClick={trySamples}>
            <Images size={18} aria-hidden="true" /> Try the sample photographs
          </Button>
        </div>
        {bridge.host && <p className="quiet">Or drop folders anywhere on this window.</p>}
        <ul className="welcome-notes quiet">
          <li>
            Originals are only read: never changed, moved or deleted. Nothing leaves this machine.
          </li>
          <li>
            The model that came along knows things and kinds of things. People, colours and weather
            it does not know; a CLIP model, added with <code>--model</code>, does.
          </li>
        </ul>
      </div>
      {dialog}
    </section>
  );
}
