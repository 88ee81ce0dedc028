// A picture that is (part of) the query.
import { X } from 'lucide-react';
import './PictureChip.css';

interface PictureChipProps {
  readonly name: string;
  /** Undefined while it is not known, or where there is no picture. */
  readonly url: string | undefined;
  onRemove(): void;
}

export function PictureChip({ name, url, onRemove }: PictureChipProps) {
  return (
    <span className="picture-chip" title={name}>
      {url && <img className="picture-chip-image" src={url} alt="" />}
      <span className="picture-chip-name">
        <span className="visually-hidden">Looks like </span>
        {name}
      </span>
      <button
        type="button"
        className="picture-chip-remove"
        aria-label={`Remove ${name} from the search`}
        onClick={onRemove}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </span>
  );
}
