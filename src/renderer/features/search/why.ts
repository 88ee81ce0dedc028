// Why a photo was found, in a sentence.
import type { Hit } from '../../../shared/contract.ts';

export function isNamed(hit: Hit): boolean {
  return hit.reasons.some((reason) => reason.kind === 'named');
}

export function whyFound(hit: Pick<Hit, 'reasons'>): string {
  return hit.reasons
    .map((reason) => {
      if (reason.kind === 'named') return `“${reason.words}” is in its ${reason.where} name`;
      return `Looks like ${reason.like === 'this picture' ? 'your picture' : `“${reason.like}”`}`;
    })
    .join(' · ');
}

/** '0.56', or '−0.04' with a real minus. */
export function formatScore(score: number): string {
  return score
    .toFixed(2)
    .replace(/^-(?=.*[1-9])/, '−')
    .replace(/^-/, '');
}
