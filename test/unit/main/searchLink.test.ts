// Links that other programs open Ocelli with.
import { describe, expect, it } from 'vitest';
import { searchLinkIn } from '../../../src/main/searchLink.ts';
import { searchLink } from '../../../src/renderer/features/search/searchLink.ts';

describe('a search link', () => {
  it('says what to look for', () => {
    expect(searchLinkIn(['ocelli://search?q=a+dog+on%20grass'])).toEqual({
      q: 'a dog on grass',
    });
    expect(searchLinkIn(['ocelli://search/?q=caf%C3%A9&x=mail'])).toEqual({ q: 'café' });
    expect(searchLinkIn(['OCELLI://search?q=cat'])).toEqual({ q: 'cat' });
  });

  it('may have filters, or nothing but filters', () => {
    expect(searchLinkIn(['ocelli://search?q=boat&from=2024&folder=%2Fa+b'])).toEqual({
      q: 'boat',
      from: '2024',
      folder: '/a b',
    });
    expect(searchLinkIn(['ocelli://search?camera=X'])).toEqual({ camera: 'X' });
  });

  it('is what the page copies', () => {
    const parameters = { q: 'a dog, "on grass"', folder: 'C:\\ä & ö', to: '2024-03' };
    expect(searchLinkIn([searchLink(parameters, undefined)])).toEqual(parameters);
  });

  it('is found among the other arguments of a start', () => {
    const args = ['/opt/ocelli/ocelli', '--no-sandbox', 'ocelli://search?q=boat', '--hidden'];
    expect(searchLinkIn(args)).toEqual({ q: 'boat' });
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
