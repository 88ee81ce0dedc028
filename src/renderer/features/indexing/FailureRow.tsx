// One photo that could not be indexed, cell by cell.
import { EyeOff, FolderOpen, RotateCw } from 'lucide-react';
import type { Ref } from 'react';
import type { Failure } from '../../../shared/contract.ts';
import { bridge } from '../../bridge/bridge.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useStore } from '../../store/store.ts';
import { reasonWords, stageWord, wayOutWords } from './failureWords.ts';

interface FailureRowProps {
  readonly ref: Ref<HTMLTableRowElement>;
  /** Among all failures. */
  readonly index: number;
  readonly failure: Failure;
  readonly isTrying: boolean;
  onFocus(): void;
  onRetry(): void;
  onIgnore(): void;
}

export function FailureRow(props: FailureRowProps) {
  const { ref, index, failure, isTrying, onFocus, onRetry, onIgnore } = props;
  const tellError = useStore((store) => store.tellError);
  const { path, photo, outcome, attempts } = failure;
  const { host } = bridge;
  const [, folder = '', name = path] = /^(.*[\\/])([^\\/]+)$/.exec(path) ?? [];
  return (
    <tr ref={ref} data-index={index} aria-rowindex={index + 2} onFocus={onFocus}>
      <th scope="row" className="failure-row-photo" title={path}>
        <span className="failure-row-name">{name}</span>
        <span className="failure-row-folder quiet">{folder}</span>
      </th>
      <td
        className="failure-row-stage"
        title={attempts > 1 ? `Tried ${attempts} times` : undefined}
      >
        {stageWord(failure)}
      </td>
      <td className="failure-row-reason">
        <span>{reasonWords(failure)}</span>
        <span className="quiet">{wayOutWords(failure)}</span>
      </td>
      <td className="failure-row-actions">
        <IconButton
          icon={RotateCw}
          label={isTrying ? `${name} is being tried again` : `Try ${name} again`}
          disabled={isTrying}
          onClick={onRetry}
        />
        {host && (
          <IconButton
            icon={FolderOpen}
            label={`Show ${name} in its folder`}
            onClick={() => void host.call('reveal', { photo }).catch(tellError)}
          />
        )}
        {outcome === 'failed' && (
          <IconButton
            icon={EyeOff}
            label={`Ignore ${name}`}
            disabled={isTrying}
            onClick={onIgnore}
          />
        )}
      </td>
    </tr>
  );
}
