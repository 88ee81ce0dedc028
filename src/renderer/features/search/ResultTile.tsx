// A photo that was found, how well it fits, and why. What it does on a click is up to the list, which
// hears of it by `data-photo`.
import { CloudOff } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { bridge } from '../../bridge/bridge.ts';
import { selectionMark } from '../selection/selectionMark.tsx';
import type { Place } from './useResultRows.ts';
import { formatScore, whyFound } from './why.ts';
import './ResultTile.css';

interface ResultTileProps {
  readonly hit: Hit;
  /** The best score of the list: the whole length of a bar. */
  readonly best: number;
  readonly place: Place;
  /** Its number among all, from 1, and how many there are. */
  readonly position: number;
  readonly total: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly isWeak: boolean;
}

export const ResultTile = memo(function ResultTile(props: ResultTileProps) {
  const { hit, best, place, position, total, isCurrent, isSelected, isWeak } = props;
  const { tile, score, online } = hit;
  const style: CSSProperties & Record<`--${string}`, number> = {
    ...place,
    '--strength': best > 0 ? Math.max(0.02, score / best) : 0,
  };
  const classes = [
    'result-tile selectable',
    ...(isWeak ? ['result-tile-weak'] : []),
    // Found by its name, and not looked into yet.
    ...(tile.sha256 ? [] : ['result-tile-unseen']),
  ].join(' ');
  return (
    <div
      role="option"
      className={classes}
      style={style}
      data-photo={hit.photo}
      tabIndex={isCurrent ? 0 : -1}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={total}
      draggable={bridge.host !== undefined}
    >
      {tile.sha256 && (
        <img
          className="result-tile-image"
          src={bridge.thumbnailUrl(tile.sha256)}
          alt=""
          decoding="async"
          draggable={false}
        />
      )}
      {!online && <CloudOff className="result-tile-offline" size={18} aria-hidden="true" />}
      <span className="result-tile-caption">
        <span className="result-tile-name">{tile.name}</span>
        <span className="result-tile-why">{whyFound(hit)}</span>
        <span className="number">
          <span className="visually-hidden">, similarity </span>
          {formatScore(score)}
        </span>
        {!online && <span className="visually-hidden">, its disk is not connected</span>}
      </span>
      <span className="result-tile-strength" aria-hidden="true" />
      {selectionMark}
    </div>
  );
});
