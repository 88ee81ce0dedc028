// A search and its address.
import { describe, expect, it } from 'vitest';
import {
  hasFilter,
  readSearchPlace,
  searchParameters,
} from '../../../src/renderer/features/search/searchPlace.ts';

describe('the address of a search', () => {
  it('comes back as it was written', () => {
    const place = {
      words: 'a dog, "on grass" -cat',
      similarTo: 12,
      filter: { folder: '/a b', from: '2022', to: '2024-03', camera: 'X & Y', format: 'jpeg' },
    };
    const address = new URLSearchParams(searchParameters(place)).toString();
    expect(readSearchPlace(Object.fromEntries(new URLSearchParams(address)))).toEqual(place);
  });

  it('says nothing of what is not looked for', () => {
    expect(searchParameters({ words: '  ', similarTo: undefined, filter: {} })).toEqual({});
    expect(searchParameters({ words: '', similarTo: 0, filter: {} })).toEqual({ similar: '0' });
  });

  it('keeps a blank at the end, which somebody is typing', () => {
    expect(searchParameters({ words: 'red ', filter: {} })).toEqual({ q: 'red ' });
  });

  it('leaves out what makes no sense', () => {
    const read = readSearchPlace({ q: 'x', similar: '-1', from: 'May', to: '2024-3', folder: '' });
    expect(read).toEqual({ words: 'x', filter: {} });
    expect(readSearchPlace({ q: 'x'.repeat(3000) }).words).toHaveLength(2000);
  });

  it('knows whether anything is filtered', () => {
    expect(hasFilter({})).toBe(false);
    expect(hasFilter({ from: '2024' })).toBe(true);
  });
});
