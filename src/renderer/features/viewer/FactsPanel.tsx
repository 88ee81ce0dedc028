// What is known of the photo that is looked at.
import { useEffect, useState } from 'react';
import type { PhotoDetails } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import type { ViewedPhoto } from '../../store/viewerSlice.ts';
import { factsOf } from './facts.ts';
import './FactsPanel.css';

export function FactsPanel({ photo }: { readonly photo: ViewedPhoto }) {
  const { tile, why } = photo;
  const details = useDetails(tile.id);
  return (
    <aside className="facts" aria-label="Facts">
      {why && (
        <section className="facts-note">
          <h3>Why it was found</h3>
          <p>{why}</p>
        </section>
      )}
      {details?.problem && (
        <section className="facts-note facts-problem">
          <h3>{tile.state === 'skipped' ? 'Left out' : 'Could not be indexed'}</h3>
          <p>{details.problem.message}</p>
          <p>{details.problem.wayOut}</p>
        </section>
      )}
      <dl className="facts-list">
        {(details ? factsOf(details) : []).map(({ name, values }) => (
          <div key={name} className="facts-fact">
            <dt>{name}</dt>
            {values.map((value) => (
              <dd key={value}>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
    </aside>
  );
}

/** Those of the photo before stay until the next ones come, which is soon: nothing flickers. */
function useDetails(photo: number): PhotoDetails | undefined {
  const [details, setDetails] = useState<PhotoDetails>();
  const tellError = useStore((store) => store.tellError);
  useEffect(() => {
    let isCurrent = true;
    bridge.call('photo', { photo }).then((next) => {
      if (isCurrent) setDetails(next);
    }, tellError);
    return () => {
      isCurrent = false;
    };
  }, [photo, tellError]);
  return details;
}
