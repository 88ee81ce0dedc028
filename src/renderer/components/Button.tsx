// A button with words. `kind`: what the eye should go to (primary), what destroys (danger).
import type { ButtonHTMLAttributes } from 'react';
import './Button.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'primary' | 'plain' | 'danger';
}

export function Button({ kind = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`button button-${kind} ${className}`} {...rest} />;
}
