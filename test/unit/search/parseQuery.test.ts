// The grammar of queries.
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/engine/search/parseQuery.ts';

describe('a query', () => {
  it('is one part when it is plain words', () => {
    expect(parseQuery('grandma laughing in the garden')).toEqual({
      wanted: [{ text: 'grandma laughing in the garden', weight: 1 }],
      unwanted: [],
      nameTerms: ['grandma', 'laughing', 'garden'],
    });
  });

  it('has parts with weights, separated by commas', () => {
    expect(parseQuery('sea, sunset^2, boats at night^0.5').wanted).toEqual([
      { text: 'sea', weight: 1 },
      { text: 'sunset', weight: 2 },
      { text: 'boats at night', weight: 0.5 },
    ]);
  });

  it('keeps a phrase together, for the model and for names', () => {
    const { wanted, nameTerms } = parseQuery('old "red car"^3 parked');
    expect(wanted).toEqual([
      { text: 'red car', weight: 3 },
      { text: 'old parked', weight: 1 },
    ]);
    expect(nameTerms).toEqual(['old', 'red car', 'parked']);
  });

  it('leaves out what follows a minus', () => {
    expect(parseQuery('dog -cat -"wet grass"')).toEqual({
      wanted: [{ text: 'dog', weight: 1 }],
      unwanted: ['cat', 'wet grass'],
      nameTerms: ['dog'],
    });
  });

  it('takes a minus inside a word, or alone, for what it is', () => {
    expect(parseQuery('t-shirt - x-ray')).toMatchObject({
      wanted: [{ text: 't-shirt x-ray', weight: 1 }],
      unwanted: [],
    });
  });

  it('may consist of unwanted things only', () => {
    expect(parseQuery('-cat')).toEqual({ wanted: [], unwanted: ['cat'], nameTerms: [] });
  });

  it.each(['', '   ', '""', ', ,', '-', '...', '"', '^2'])('is empty for %j', (text) => {
    const { wanted, unwanted } = parseQuery(text);
    expect([wanted, unwanted]).toEqual([[], []]);
  });

  it('survives an unbalanced quote', () => {
    expect(parseQuery('dog "on grass').wanted).toEqual([{ text: 'dog on grass', weight: 1 }]);
  });

  it('keeps a symbol that says something', () => {
    expect(parseQuery('🐈').wanted).toEqual([{ text: '🐈', weight: 1 }]);
  });

  it('bounds a weight that would drown all others', () => {
    expect(parseQuery('a^99999999').wanted).toEqual([{ text: 'a', weight: 100 }]);
  });
});
