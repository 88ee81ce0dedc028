// What is used here of a WebSocket of the `ws` package, which comes without types.

export interface Wire {
  /** Bytes that were sent and have not left this process. */
  readonly bufferedAmount: number;
  /** @param done when the text has left, or cannot any more. */
  send(text: string, done: (error?: Error) => void): void;
  close(code: number, reason: string): void;
  /** Ends it without a word. */
  terminate(): void;
  ping(): void;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown;
  on(event: 'close' | 'pong', listener: () => void): unknown;
}
