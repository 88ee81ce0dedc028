// The engine inside the main process: opened while the window already shows, and never in the way of
// either. Calls wait for it; listeners may come before it.
import { app, dialog } from 'electron';
import type {
  CallInput,
  CallName,
  CallOutput,
  EngineApi,
  EventName,
  EventPayload,
} from '../shared/contract.ts';
import { asOcelliError, type OcelliError } from '../shared/errors.ts';

export class EngineHost implements EngineApi {
  private readonly opening: Promise<EngineApi>;
  private attempt: Promise<EngineApi> | undefined;
  private opened: EngineApi | undefined;
  private closing = false;

  constructor(open: () => Promise<EngineApi>) {
    this.opening = this.openPatiently(open);
    // Whoever calls is told; that nobody calls is no reason to end the process.
    this.opening.catch(() => {});
  }

  async call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    return (await this.opening).call(name, input);
  }

  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void {
    let stop: () => void = () => {};
    let wanted = true;
    this.opening.then(
      (engine) => {
        if (wanted) stop = engine.on(name, listener);
      },
      () => {},
    );
    return () => {
      wanted = false;
      stop();
    };
  }

  /** Lets an attempt to open come to its end first: ending the process under it can hang. */
  async close(): Promise<void> {
    this.closing = true;
    await this.attempt?.catch(() => {});
    await this.opened?.close();
  }

  private async openPatiently(open: () => Promise<EngineApi>): Promise<EngineApi> {
    for (;;) {
      try {
        this.attempt = open();
        this.opened = await this.attempt;
        return this.opened;
      } catch (thrown) {
        const error = asOcelliError(thrown);
        console.error(`ocelli: ${error.code}: ${error.message}`);
        if (this.closing) throw error;
        if (await wantsToQuit(error)) {
          app.quit();
          throw error;
        }
      }
    }
  }
}

/** A library that cannot be opened (another Ocelli has it, the disk is full): try again, or leave. */
async function wantsToQuit(error: OcelliError): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Ocelli cannot open its library',
    detail: `${error.message}\n\n${error.wayOut}`,
    buttons: ['Try Again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 1;
}
