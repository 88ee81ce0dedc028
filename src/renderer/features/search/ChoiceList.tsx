// Values to narrow to, each with how many photos it leaves.
import { formatCount } from '../../../shared/format.ts';
import './ChoiceList.css';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly photos: number;
  /** How far inside others it lies. */
  readonly depth?: number;
}

interface ChoiceListProps {
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  onChoose(value: string): void;
}

export function ChoiceList({ choices, chosen, onChoose }: ChoiceListProps) {
  if (choices.length === 0)
    return <p className="choice-list-none quiet">Nothing to choose from.</p>;
  return (
    <ul className="choice-list">
      {choices.map(({ value, label, photos, depth = 0 }) => (
        <li key={value} className={`choice-list-depth-${Math.min(depth, 4)}`}>
          <button
            type="button"
            className="choice-list-choice"
            aria-pressed={value === chosen}
            title={value}
            onClick={() => onChoose(value)}
          >
            <span className="choice-list-label">{label}</span>
            <span className="quiet number">
              {formatCount(photos)}
              <span className="visually-hidden"> photos</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
