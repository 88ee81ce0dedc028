// The model that understands photos and words, and others that were found.
import { useEffect, useState } from 'react';
import { formatBytes } from '../../../shared/format.ts';
import type { ModelInfo } from '../../../shared/settings.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';
import './Models.css';

export function Models() {
  const [models, setModels] = useState<readonly ModelInfo[]>();
  const tellError = useStore((store) => store.tellError);
  useEffect(() => {
    bridge.call('models', {}).then(setModels, tellError);
  }, [tellError]);
  return (
    <SettingsSection
      title="Model"
      about="It turns photos and words into what can be compared, on this machine alone."
    >
      <ul>
        {models?.map((model) => (
          <li key={model.folder}>
            <Model model={model} />
          </li>
        ))}
      </ul>
      <SettingsRow>
        <p className="settings-more quiet">
          Another model is used by starting Ocelli with <code>--model</code> and the folder that its{' '}
          <code>model.json</code> lies in. What this one knows of your photos is kept meanwhile.
        </p>
      </SettingsRow>
    </SettingsSection>
  );
}

function Model({ model }: { readonly model: ModelInfo }) {
  const { name, description, bytes, dimensions, licences, active, folder } = model;
  return (
    <SettingsRow>
      <div className="settings-line-text">
        <span className="models-name">
          <strong>{name}</strong>
          {active && <span className="models-active">in use</span>}
        </span>
        <span>{description}</span>
        <span className="settings-more quiet">
          {formatBytes(bytes)} · {dimensions} dimensions · {[...new Set(licences)].join(', ')}
        </span>
        <span className="settings-more quiet">{folder}</span>
      </div>
    </SettingsRow>
  );
}
