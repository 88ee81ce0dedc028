// Links that other programs open Ocelli with.
import { describe, expect, it } from 'vitest';
import { searchLinkIn } from '../../../src/main/searchLink.ts';

describe('a search link', () => {
  it('says what to look for', () => {
    expect(searchLinkIn(['ocelli://search?q=a+dog+on%20grass'])).toBe('a dog on grass');
    expect(searchLinkIn(['ocelli://search/?q=caf%C3%A9&from=mail'])).toBe('café');
    expect(searchLinkIn(['OCELLI://search?q=cat'])).toBe('cat');
  });

  it('is found among the other arguments of a start', () => {
    const args = ['/opt/ocelli/ocelli', '--no-sandbox', 'ocelli://search?q=boat', '--hidden'];
    expect(searchLinkIn(args)).toBe('boat');
  });

  it.each([
    ['no words', 'ocelli://search'],
    ['empty words', 'ocelli://search?q=%20'],
    ['another place', 'ocelli://forget?q=everything'],
    ['another scheme', 'https://search/?q=cat'],
    ['more words than a search takes', `ocelli://search?q=${'a'.repeat(2001)}`],
    ['no link at all', 'ocelli:'],
  ])('with %s is none', (_why, link) => {
    expect(searchLinkIn([link])).toBeUndefined();
  });
});
