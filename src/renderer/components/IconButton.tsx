// A button that is only a picture; its name is said to those who cannot see it, and shown on hover.
import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes } from 'react';
import './Button.css';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: LucideIcon;
  readonly label: string;
}

export function IconButton({ icon: Icon, label, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`icon-button ${className}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon size={18} aria-hidden="true" />
    </button>
  );
}
