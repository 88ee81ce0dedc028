// How this machine is used for the model in use: what was measured to be fastest, and all that was
// tried. It can be measured again.
import { useEffect, useId } from 'react';
import { isAsChosen, type TuningState } from '../../../shared/tuning.ts';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../store/store.ts';
import { SettingsRow } from './SettingsSection.tsx';
import { TuningTried } from './TuningTried.tsx';
import { fasterWords, resourcesWords, tuningWords } from './tuningWords.ts';
import './TuningRow.css';

export function TuningRow() {
  const id = useId();
  const tuning = useTuning();
  const isRunning = useStore((store) => store.progress !== undefined);
  const isMeasuring = useStore((store) => store.isMeasuring);
  const error = useStore((store) => store.measuringError);
  const { measureMachine, stopMeasuring, tellError } = useStore.getState();
  if (!tuning) return null;
  const { measured, modelName } = tuning;
  const faster = measured && fasterWords(measured);
  return (
    <SettingsRow>
      <div className="settings-line">
        <div className="settings-line-text">
          <span>Fastest for {modelName}</span>
          <span className="settings-more quiet">{stateWords(tuning)}</span>
          {faster !== undefined && (
            <span className="settings-more quiet">{faster}: see Models.</span>
          )}
          {measured && !isAsChosen(tuning.inUse, measured.chosen) && (
            <span className="settings-more quiet">
              In use now, by what is set: {resourcesWords(tuning.inUse)}.
            </span>
          )}
          <span id={id} className="settings-more quiet" role="status">
            {isMeasuring && 'Measuring: a few seconds …'}
            {isRunning && !isMeasuring && 'It can be measured when indexing has ended.'}
          </span>
          {error && (
            <span className="settings-more tuning-problem" role="alert">
              It could not be measured: {error.message} {error.wayOut}
            </span>
          )}
        </div>
        {/* One button, so that it keeps the focus when its word changes. */}
        <Button
          disabled={isRunning && !isMeasuring}
          aria-describedby={id}
          onClick={() => {
            if (isMeasuring) stopMeasuring().catch(tellError);
            else void measureMachine();
          }}
        >
          {isMeasuring ? 'Stop measuring' : measured ? 'Measure again' : 'Measure now'}
        </Button>
      </div>
      {measured && <TuningTried tuning={measured} />}
    </SettingsRow>
  );
}

function stateWords({ measured }: TuningState): string {
  if (measured) return tuningWords(measured, Date.now());
  return 'Not measured yet: that is done before the first long run, and takes a few seconds.';
}

/** As it is now: a run may have measured, a change of speed or model changes what is used. */
function useTuning(): TuningState | undefined {
  const tuning = useStore((store) => store.tuning);
  const phase = useStore((store) => store.progress?.phase);
  const speed = useStore((store) => store.settings.speed);
  const model = useStore((store) => store.status?.model);
  const precision = useStore((store) => store.status?.precision);
  const refreshTuning = useStore((store) => store.refreshTuning);
  const tellError = useStore((store) => store.tellError);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these change what there is to tell
  useEffect(() => {
    refreshTuning().catch(tellError);
  }, [refreshTuning, tellError, phase, speed, model, precision]);
  return tuning;
}
