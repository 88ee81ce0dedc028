// A button that opens a small panel below itself; it closes when one looks elsewhere.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './Popover.css';

interface PopoverProps {
  /** Names the panel for those who cannot see it. */
  readonly label: string;
  readonly className?: string;
  readonly trigger: ReactNode;
  readonly children: (close: () => void) => ReactNode;
}

export function Popover({ label, className = '', trigger, children }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!isOpen) return;
    const chosen = panel.current?.querySelector<HTMLElement>('[aria-pressed="true"]');
    (chosen ?? panel.current?.querySelector<HTMLElement>('button, select, input'))?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (event.target instanceof HTMLButtonElement && panel.current?.contains(event.target)) {
        event.preventDefault();
        moveFocus(panel.current, event.target, event.key === 'ArrowDown' ? 1 : -1);
      }
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the button and panel inside bubble up to here
    <div
      className="popover"
      ref={frame}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const { relatedTarget } = event;
        if (relatedTarget && !event.currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        ref={button}
        className={className}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {trigger}
      </button>
      {isOpen && (
        <div className="popover-panel" id={id} ref={panel} role="group" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function moveFocus(panel: HTMLElement, from: HTMLButtonElement, step: number): void {
  const buttons = [...panel.querySelectorAll('button')];
  buttons[buttons.indexOf(from) + step]?.focus();
}
