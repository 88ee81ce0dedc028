// Asks before something is done that cannot be undone, and says what will become of what.
import { type FormEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import './ConfirmDialog.css';

interface ConfirmDialogProps {
  readonly title: string;
  /** What the button says, as a verb. */
  readonly action: string;
  readonly kind?: 'primary' | 'danger';
  /** What must be typed first, for what nobody should do by accident. */
  readonly typed?: string;
  readonly children: ReactNode;
  onConfirm(): void;
  onClose(): void;
}

/** Shown while it is rendered. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, action, kind = 'primary', typed, children, onConfirm, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const isAllowed = typed === undefined || text.trim().toLowerCase() === typed.toLowerCase();

  // Closed before it leaves the page, as only then the focus goes back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isAllowed) return;
    onConfirm();
    onClose();
  }

  return (
    <dialog
      ref={dialog}
      className="confirm-dialog"
      aria-labelledby="confirm-dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form onSubmit={submit}>
        <h2 id="confirm-dialog-title">{title}</h2>
        <div className="confirm-dialog-text">{children}</div>
        {typed !== undefined && (
          <label className="confirm-dialog-typed">
            <span>
              Type <strong>{typed}</strong> to go on
            </span>
            <input
              className="text-field"
              value={text}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
          </label>
        )}
        <div className="confirm-dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind={kind} disabled={!isAllowed}>
            {action}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
