// What takes a while when it is first used, used before Electron is ready: there is no window yet that
// could be held up.
import { formatCount } from '../shared/format.ts';

export function loadEarly(): void {
  // Node compiles the classes of fetch, in which Electron's protocols answer: 35 ms.
  void globalThis.Response;
  // The rules of a language for writing numbers: 20 ms.
  formatCount(1000);
}
