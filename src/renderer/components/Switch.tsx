// On or off, with a name and what it means.
import { type ReactNode, useId } from 'react';
import './Switch.css';

interface SwitchProps {
  readonly label: string;
  readonly children?: ReactNode;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

export function Switch({ label, children, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch">
      <label className="switch-text" htmlFor={id}>
        <span>{label}</span>
        {children && (
          <span className="switch-more quiet" id={`${id}-more`}>
            {children}
          </span>
        )}
      </label>
      <input
        type="checkbox"
        role="switch"
        id={id}
        className="switch-input"
        aria-label={label}
        aria-describedby={children ? `${id}-more` : undefined}
        checked={checked}
        aria-checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  );
}
