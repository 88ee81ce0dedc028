// Which model understands photos and words, which others there are, and how another one comes in.
import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import type { Precision } from '../../../shared/model.ts';
import type { ModelInfo } from '../../../shared/settings.ts';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { FolderPathDialog } from '../../components/FolderPathDialog.tsx';
import { useStore } from '../../store/store.ts';
import { ModelHelp } from './ModelHelp.tsx';
import { ModelRow } from './ModelRow.tsx';
import { RemoveModelDialog } from './RemoveModelDialog.tsx';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';
import { UseModelDialog } from './UseModelDialog.tsx';
import { useModels } from './useModels.ts';
import './Models.css';

interface Asked {
  readonly model: ModelInfo;
  readonly to: 'use' | 'remove';
  readonly isNew?: boolean;
  /** Another one than it runs in. */
  readonly precision?: Precision;
}

export function Models() {
  const { models, busy, add, use, remove } = useModels();
  const [asked, setAsked] = useState<Asked>();
  const [asksPath, setAsksPath] = useState(false);
  const tellError = useStore((store) => store.tellError);
  const { host } = bridge;
  const take = async (folder: string) => {
    const model = await add(folder);
    if (!model.active) setAsked({ model, to: 'use', isNew: true });
  };
  const choose = () => {
    if (!host) {
      setAsksPath(true);
      return;
    }
    const chosen = host.call('chooseFolders', { title: 'Add a model', one: true });
    chosen
      .then(async ({ folders: [folder] }) => {
        if (folder !== undefined) await take(folder);
      })
      .catch(tellError);
  };
  const active = models?.find((model) => model.active);
  return (
    <SettingsSection
      title="Models"
      name="models"
      about="A model turns photos and words into what can be compared, on this machine alone."
    >
      <ul>
        {models?.map((model) => (
          <li key={model.id} aria-current={model.active ? 'true' : undefined}>
            <ModelRow
              model={model}
              busy={busy !== undefined}
              onUse={(precision) =>
                setAsked({ model, to: 'use', ...(precision ? { precision } : {}) })
              }
              onRemove={() => setAsked({ model, to: 'remove' })}
            />
          </li>
        ))}
      </ul>
      <SettingsRow>
        <div className="models-add">
          <Button disabled={busy !== undefined} onClick={choose}>
            <FolderPlus size={16} aria-hidden="true" /> Add a model from a folder …
          </Button>
          <p className="settings-more quiet" role="status">
            {busy}
          </p>
        </div>
        <ModelHelp />
      </SettingsRow>
      {asksPath && (
        <FolderPathDialog
          title="Add a model"
          placeholder="/home/you/models/clip"
          take={take}
          onClose={() => setAsksPath(false)}
        >
          <p>A folder with a model.json and the files that it lists. It is copied.</p>
        </FolderPathDialog>
      )}
      {asked?.to === 'use' && (
        <UseModelDialog
          model={asked.model}
          isNew={asked.isNew ?? false}
          precision={asked.precision}
          before={asked.precision ? active?.precision : active?.name}
          onUse={() => use(asked.model, asked.precision)}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.to === 'remove' && (
        <RemoveModelDialog
          model={asked.model}
          onRemove={() => remove(asked.model)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </SettingsSection>
  );
}
