// A pattern that leaves photos out, and how many it still has to.
import { X } from 'lucide-react';
import { formatCount } from '../../../shared/format.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useStore } from '../../store/store.ts';
import { SettingsRow } from './SettingsSection.tsx';
import { useExcluded } from './useExcluded.ts';

interface ExclusionRowProps {
  readonly pattern: string;
  onRemove(): void;
}

export function ExclusionRow({ pattern, onRemove }: ExclusionRowProps) {
  const isRunning = useStore((store) => store.progress !== undefined);
  const counted = useExcluded(pattern, isRunning);
  const matched = counted && 'photos' in counted ? counted.photos : undefined;
  return (
    <SettingsRow>
      <div className="settings-line">
        <div className="settings-line-text">
          <span className="exclusions-pattern">{pattern}</span>
          {/* What it has left out is in the library no more, and cannot be counted. */}
          {matched !== undefined && (
            <span className="settings-more quiet">
              {matched === 0
                ? 'Nothing in the library matches it any more'
                : `${formatCount(matched)} in the library match it; the next run removes them`}
            </span>
          )}
        </div>
        <IconButton icon={X} label={`Remove the pattern ${pattern}`} onClick={onRemove} />
      </div>
    </SettingsRow>
  );
}
