// Asks the engine for what the page is looking for. While a new answer is awaited the old one stays;
// an answer that comes after a newer question is thrown away.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Hit, SearchRequest } from '../../../shared/contract.ts';
import { asOcelliError, type OcelliError } from '../../../shared/errors.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { scoreGap } from './scoreGap.ts';

export interface Found {
  readonly request: SearchRequest;
  readonly hits: readonly Hit[];
  readonly tookMs: number;
  /** The score of the last good result, if there is a gap below it. */
  readonly gap: number | undefined;
  /** Whether the engine may have more. */
  readonly more: boolean;
}

interface Search {
  readonly found: Found | undefined;
  readonly error: OcelliError | undefined;
  readonly busy: boolean;
  loadMore(): void;
  /** Asks the same again, after an error. */
  again(): void;
}

const pageSize = 100;
const mostHits = 200;
const refreshMs = 2000;

/** @param request the same object as long as nothing else is looked for */
export function useSearch(request: SearchRequest | undefined): Search {
  const [found, setFound] = useState<Found>();
  const [error, setError] = useState<OcelliError>();
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const newest = useRef<SearchRequest>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    let isCurrent = true;
    newest.current = request;
    setError(undefined);
    setBusy(request !== undefined);
    if (request) {
      searchPage(request, 0)
        .then(({ hits, tookMs, more }) => {
          if (!isCurrent) return;
          setFound({ request, hits, tookMs, more, gap: scoreGap(hits.map((hit) => hit.score)) });
        })
        .catch((thrown: unknown) => isCurrent && setError(asOcelliError(thrown)))
        .finally(() => isCurrent && setBusy(false));
    } else {
      setFound(undefined);
    }
    return () => {
      isCurrent = false;
    };
  }, [request, attempt]);

  const loadMore = useCallback(() => {
    if (busy || !found?.more || found.request !== newest.current) return;
    setBusy(true);
    searchPage(found.request, found.hits.length)
      .then(({ hits, more }) => {
        if (found.request !== newest.current) return;
        setFound({ ...found, hits: [...found.hits, ...hits], more });
      })
      .catch((thrown: unknown) => setError(asOcelliError(thrown)))
      .finally(() => setBusy(false));
  }, [busy, found]);

  const again = useCallback(() => setAttempt((count) => count + 1), []);
  useFreshness(again, request !== undefined && (found?.hits.length ?? 0) <= pageSize);
  return { found, error, busy, loadMore, again };
}

/** Photos come while one looks: what is found is asked for again, now and then, and once they rest. */
function useFreshness(again: () => void, applies: boolean): void {
  const version = useStore((store) => store.libraryVersion);
  const asked = useRef({ version, at: 0 });
  useEffect(() => {
    if (!applies || version === asked.current.version) return;
    const wait = Math.max(0, asked.current.at + refreshMs - Date.now());
    const timer = setTimeout(() => {
      asked.current = { version, at: Date.now() };
      again();
    }, wait);
    return () => clearTimeout(timer);
  }, [version, applies, again]);
}

async function searchPage(
  request: SearchRequest,
  offset: number,
): Promise<{ hits: Hit[]; tookMs: number; more: boolean }> {
  const answer = await bridge.call('search', { ...request, offset, limit: pageSize });
  const more = answer.hits.length === pageSize && offset + pageSize < mostHits;
  return { hits: answer.hits, tookMs: answer.tookMs, more };
}
