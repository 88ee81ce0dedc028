// What a person should hear and cannot see elsewhere, with the way back where there is one.
import { X } from 'lucide-react';
import { useStore } from '../store/store.ts';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import './Messages.css';

/** More at once are noise; older ones make room. */
const mostShown = 3;

export function Messages() {
  const messages = useStore((store) => store.messages);
  const dismiss = useStore((store) => store.dismiss);
  return (
    <div className="messages" role="status" aria-live="polite">
      {messages.slice(-mostShown).map((message) => (
        <div key={message.id} className="message">
          <div className="message-text">
            <p>{message.text}</p>
            {message.wayOut && <p className="quiet">{message.wayOut}</p>}
          </div>
          {message.undo && (
            <Button
              onClick={() => {
                message.undo?.();
                dismiss(message.id);
              }}
            >
              Undo
            </Button>
          )}
          <IconButton icon={X} label="Dismiss" onClick={() => dismiss(message.id)} />
        </div>
      ))}
    </div>
  );
}
