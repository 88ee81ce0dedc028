// What a pattern would leave out of the library as it is now, asked for when typing rests.
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract.ts';
import { asOcelliError } from '../../../shared/errors.ts';
import { bridge } from '../../bridge/bridge.ts';

const debounceMs = 250;

type Counted = CallOutput<'countExcluded'> | { readonly error: string };

/** Undefined until it is known. @param version another one asks again */
export function useExcluded(pattern: string, version: unknown = 0): Counted | undefined {
  const [counted, setCounted] = useState<Counted>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks again
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      bridge.call('countExcluded', { pattern }).then(
        (found) => isCurrent && setCounted(found),
        (thrown: unknown) => isCurrent && setCounted({ error: asOcelliError(thrown).message }),
      );
    }, debounceMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [pattern, version]);
  return counted;
}
