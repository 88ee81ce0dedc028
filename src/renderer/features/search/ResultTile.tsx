// A photo that was found, how well it fits, and why.
import { CloudOff } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { bridge } from '../../bridge/bridge.ts';
import { formatScore, whyFound } from './why.ts';
import './ResultTile.css';

interface ResultTileProps {
  readonly hit: Hit;
  /** The best score of the list: the whole length of a bar. */
  readonly best: number;
  readonly isCurrent: boolean;
  readonly isWeak: boolean;
  onOpen(): void;
}

/** Panoramas and towers are cut, so that they leave room for the others. */
const [narrowest, widest] = [0.62, 2.2];

export function ResultTile({ hit, best, isCurrent, isWeak, onOpen }: ResultTileProps) {
  const { tile, score, online } = hit;
  const why = whyFound(hit);
  const ratio = tile.width && tile.height ? tile.width / tile.height : 1;
  const shape: CSSProperties & Record<`--${string}`, number> = {
    '--ratio': Math.min(widest, Math.max(narrowest, ratio)),
    '--strength': best > 0 ? Math.max(0.02, score / best) : 0,
  };
  return (
    <li className="result-tile" style={shape}>
      <button
        type="button"
        className={isWeak ? 'result-tile-button result-tile-weak' : 'result-tile-button'}
        tabIndex={isCurrent ? 0 : -1}
        onClick={onOpen}
      >
        {tile.sha256 && (
          <img
            className="result-tile-image"
            src={bridge.thumbnailUrl(tile.sha256)}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
          />
        )}
        {!online && <CloudOff className="result-tile-offline" size={18} aria-hidden="true" />}
        <span className="result-tile-caption">
          <span className="result-tile-name">{tile.name}</span>
          <span className="result-tile-why">{why}</span>
          <span className="number">
            <span className="visually-hidden">, similarity </span>
            {formatScore(score)}
          </span>
          {!online && <span className="visually-hidden">, its disk is not connected</span>}
        </span>
        <span className="result-tile-strength" aria-hidden="true" />
      </button>
    </li>
  );
}
