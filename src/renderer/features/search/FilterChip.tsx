// One filter: its name while it is not set, its value and a way to remove it once it is.
import { ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Popover } from '../../components/Popover.tsx';
import './FilterChip.css';

interface FilterChipProps {
  readonly name: string;
  readonly value: string | undefined;
  onRemove(): void;
  readonly children: (close: () => void) => ReactNode;
}

export function FilterChip({ name, value, onRemove, children }: FilterChipProps) {
  return (
    <span className={value ? 'filter-chip filter-chip-set' : 'filter-chip'}>
      <Popover
        label={name}
        className="filter-chip-button"
        trigger={
          <>
            <span className={value ? 'filter-chip-name' : ''}>{name}</span>
            {value ? (
              <span className="filter-chip-value">{value}</span>
            ) : (
              <ChevronDown size={14} aria-hidden="true" />
            )}
          </>
        }
      >
        {children}
      </Popover>
      {value && (
        <button
          type="button"
          className="filter-chip-remove"
          aria-label={`Remove the filter ${name} ${value}`}
          onClick={onRemove}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
