// What is known of the photo that is looked at.
import { useEffect, useState } from 'react';
import type { PhotoDetails } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import type { ViewedPhoto } from '../../store/viewerSlice.ts';
import { factsOf } from './facts.ts';
import './FactsPanel.css';

export function FactsPanel({ photo }: { readonly photo: ViewedPhoto }) {
  const [details, setDetails] = useState<PhotoDetails>();
  const tellError = useStore((store) => store.tellError);
  const { id } = photo.tile;
  useEffect(() => {
    let current = true;
    bridge.call('photo', { photo: id }).then((next) => {
      if (current) setDetails(next);
    }, tellError);
    return () => {
      current = false;
    };
  }, [id, tellError]);

  return (
    <aside className="facts" aria-label="Facts">
      {photo.why && (
        <p className="facts-why">
          <strong>Found</strong> {photo.why}
        </p>
      )}
      {details?.problem && (
        <p className="facts-problem">
          {details.problem.message} {details.problem.wayOut}
        </p>
      )}
      <dl className="facts-list">
        {(details ? factsOf(details) : []).map(({ name, value }) => (
          <div key={name} className="facts-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
