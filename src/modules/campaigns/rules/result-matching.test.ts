import { describe, expect, it } from 'vitest';
import { guessDelimiter } from '#infra/files/read-csv.ts';
import { countEngagements } from './count-engagements.ts';
import { readHeader } from './result-columns.ts';
import { urlKey } from './url-key.ts';

describe('the address of a post', () => {
  it('is one however it is written', () => {
    const one = 'instagram.com/reel/AbC';
    for (const text of [
      'https://www.instagram.com/reel/AbC/?igsh=x',
      'http://m.instagram.com/reel/AbC#c',
      'instagram.com/reel/AbC/',
      ' https://INSTAGRAM.com/reel/AbC ',
    ])
      expect(urlKey(text)).toBe(one);
    expect(urlKey('https://youtu.be/dQw4?si=1')).toBe(urlKey('https://www.youtube.com/watch?v=dQw4&t=3'));
  });

  it('tells two posts apart and refuses what is no address', () => {
    expect(urlKey('https://www.youtube.com/watch?v=a')).not.toBe(urlKey('https://www.youtube.com/watch?v=A'));
    expect(urlKey('javascript:alert(1)')).toBeNull();
    expect(urlKey('not an address')).toBeNull();
  });
});

describe('the header of a results file', () => {
  it('is understood in the words of common exports, and what is not used is named', () => {
    const header = readHeader(['Post URL', 'Accounts reached', 'Video Views', 'Likes', 'Save count', 'Mood', 'Likes']);
    expect(header.at).toEqual({ url: 0, reach: 1, views: 2, likes: 3, saves: 4 });
    expect(header.metrics).toEqual(['reach', 'views', 'likes', 'saves']);
    expect(header.ignored).toEqual(['Mood', 'Likes']);
  });

  it('tells its delimiter outside of quotes', () => {
    expect(guessDelimiter('"a,b,c";likes;reach')).toBe(';');
    expect(guessDelimiter('handle\tlikes')).toBe('\t');
    expect(guessDelimiter('handle')).toBe(',');
  });
});

describe('engagements of a post', () => {
  const count = (values: Record<string, number>) => countEngagements((metric) => values[metric] ?? null);

  it('are as reported, else the sum of what is known, else unknown and not zero', () => {
    expect(count({ engagements: 500, likes: 1, comments: 1 })).toBe(500);
    expect(count({ likes: 10, comments: 0 })).toBe(10);
    expect(count({ likes: 10, comments: 2, saves: 3 })).toBe(15);
    expect(count({ likes: 10 })).toBeNull();
    expect(count({})).toBeNull();
  });
});
