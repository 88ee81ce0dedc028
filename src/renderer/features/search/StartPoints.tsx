// Where a search can begin: what was looked for lately, and examples.
import { Clock } from 'lucide-react';
import { useStore } from '../../store/store.ts';
import type { RecentQueries } from './useRecentQueries.ts';
import './StartPoints.css';

/** What every model understands. */
const examples = ['dog', 'a boat on water', 'fruit', 'musical instrument', 'car', 'food, drink'];
const grammar: readonly (readonly [string, string])[] = [
  ['beach -boat', 'without boats'],
  ['sea, sunset^2', 'two things, the second counts twice'],
  ['"IMG 2041"', 'what a file is called'],
];

interface StartPointsProps {
  readonly recent: RecentQueries;
  onPick(words: string): void;
}

export function StartPoints({ recent, onPick }: StartPointsProps) {
  const isStarter = useStore((store) => store.status?.model === 'starter');
  return (
    <div className="start-points">
      {recent.queries.length > 0 && (
        <section>
          <header className="start-points-head">
            <h2>Recent</h2>
            <button type="button" className="quiet-button" onClick={recent.clear}>
              Clear
            </button>
          </header>
          <ul className="start-points-list">
            {recent.queries.map((words) => (
              <li key={words}>
                <Pick words={words} onPick={onPick} isRecent />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>Try</h2>
        <ul className="start-points-list">
          {examples.map((words) => (
            <li key={words}>
              <Pick words={words} onPick={onPick} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>More precise</h2>
        <dl className="start-points-grammar">
          {grammar.map(([words, meaning]) => (
            <div key={words}>
              <dt>
                <code>{words}</code>
              </dt>
              <dd className="quiet">{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className="quiet">A picture that you drop or paste here finds what looks like it.</p>
        {isStarter && (
          <p className="quiet">
            The starter model knows about a thousand kinds of things by their English names.
          </p>
        )}
      </section>
    </div>
  );
}

interface PickProps {
  readonly words: string;
  readonly isRecent?: boolean;
  onPick(words: string): void;
}

function Pick({ words, isRecent, onPick }: PickProps) {
  return (
    <button type="button" className="start-points-pick" onClick={() => onPick(words)}>
      {isRecent && <Clock size={14} aria-hidden="true" />}
      {words}
    </button>
  );
}
