// A model: what it is, how many photos it has looked at, and whether it is the one in use.
import { Circle, CircleDot } from 'lucide-react';
import { agrees, int8Text } from '../../../shared/agreement.ts';
import { formatBytes, formatCount } from '../../../shared/format.ts';
import type { Precision } from '../../../shared/model.ts';
import { type ModelInfo, photosUnderstood } from '../../../shared/settings.ts';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../store/store.ts';
import { SettingsRow } from './SettingsSection.tsx';

interface ModelRowProps {
  readonly model: ModelInfo;
  readonly busy: boolean;
  /** In another precision than the one that it runs in, where one is named. */
  onUse(precision?: Precision): void;
  onRemove(): void;
}

const origins: Readonly<Record<ModelInfo['origin'], string>> = {
  starter: 'Came with Ocelli',
  added: 'Added by you',
  given: 'Named when Ocelli was started',
};

export function ModelRow({ model, busy, onUse, onRemove }: ModelRowProps) {
  const { name, description, bytes, dimensions, licences, active, origin } = model;
  const isRunning = useStore((store) => store.progress !== undefined);
  const other = otherPrecision(model);
  const Mark = active ? CircleDot : Circle;
  const facts = [
    formatBytes(bytes),
    `${dimensions} dimensions`,
    precisionWords(model),
    licences.join(', '),
    origins[origin],
  ];
  return (
    <SettingsRow>
      <div className="settings-line models-row">
        <Mark
          size={20}
          aria-hidden="true"
          className={active ? 'models-mark models-mark-active' : 'models-mark'}
        />
        <div className="settings-line-text">
          <span className="models-name">
            <strong>{name}</strong>
            {active && <span className="models-active">in use</span>}
          </span>
          <span>{description}</span>
          {model.problem === undefined ? (
            <Understood photos={photosUnderstood(model)} />
          ) : (
            <span className="models-problem">It cannot be used: {model.problem}</span>
          )}
          <span className="settings-more quiet">{facts.filter(Boolean).join(' · ')}</span>
          {model.int8 && <span className="settings-more quiet">{int8Text(model.int8)}</span>}
        </div>
        {active && other && (
          <div className="settings-buttons">
            <Button disabled={busy} onClick={() => onUse(other)}>
              Use {other}
              <span className="visually-hidden"> of {name}</span>
            </Button>
          </div>
        )}
        {!active && (
          <div className="settings-buttons">
            {model.problem === undefined && (
              <Button disabled={busy} onClick={() => onUse()}>
                Use<span className="visually-hidden"> {name}</span>
              </Button>
            )}
            {origin === 'added' && (
              <Button
                disabled={busy || isRunning}
                title={isRunning ? 'Possible when indexing has ended' : undefined}
                onClick={onRemove}
              >
                Remove<span className="visually-hidden"> {name}</span>
              </Button>
            )}
          </div>
        )}
      </div>
    </SettingsRow>
  );
}

/** 'float32' or, where there is a choice, 'float32 (int8 is there too)'. */
function precisionWords({ precisions, precision }: ModelInfo): string {
  const others = precisions.filter((each) => each !== precision);
  return others.length === 0 ? precision : `${precision} (${others.join(', ')} is there too)`;
}

/** What it could run in as well; not int8 that was found to find other photos. */
function otherPrecision({ precisions, precision, int8 }: ModelInfo): Precision | undefined {
  const isRefused = int8?.state === 'compared' && !agrees(int8.agreement);
  return precisions.find((each) => each !== precision && !(each === 'int8' && isRefused));
}

function Understood({ photos }: { readonly photos: number }) {
  const known = useStore(({ status }) => (status ? status.indexed + status.pending : 0));
  if (known === 0) return null;
  return (
    <span className="settings-more number">
      {formatCount(photos)} of {formatCount(known)} photos understood
    </span>
  );
}
