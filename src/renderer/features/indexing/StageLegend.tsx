// Which colour is which stage, and what each takes.
import { type StageTimes, stageNames } from '../../../shared/contract.ts';
import './StageLegend.css';

/** @param times milliseconds a photo; undefined before the first photo */
export function StageLegend({ times }: { readonly times: StageTimes | undefined }) {
  return (
    <dl className="stage-legend">
      {stageNames.map((stage) => (
        <div key={stage} className="stage-legend-stage">
          <dt>
            <span className={`stage-legend-colour stage-legend-${stage}`} aria-hidden="true" />
            {stage}
          </dt>
          <dd className="number">{times ? `${times[stage].toFixed(1)} ms` : '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
