import { describe, expect, it } from 'vitest';
import { aPost } from './a-subject.ts';
import { findDeal } from './find-deals.ts';

const find = (caption: string, change: Parameters<typeof aPost>[1] = {}) =>
  findDeal(aPost(0, { caption, ...change }), 'nell');

describe('deals in captions', () => {
  it.each([
    ['My oats #ad with @kettlemoth', 'clear', '#ad'],
    ['Paid partnership with @kettlemoth', 'clear', 'Paid partnership with'],
    ['Neu bei mir: #Werbung', 'clear', '#Werbung'],
    ['#spon @kettlemoth', 'weak', '#spon'],
    ['So happy #KettlemothPartner', 'weak', '#KettlemothPartner'],
    ['Thank you to @kettlemoth for sending this tea', 'weak', 'Thank you to @kettlemoth for sending'],
    ['Use my code NELL20 for a discount', 'none', 'Use my code NELL20'],
    ['Link in bio to shop, @kettlemoth', 'none', 'Link in bio to shop'],
    ['Gifted by @kettlemoth', 'none', 'Gifted by'],
  ])('sees "%s" as a deal with a %s label', (caption, disclosure, wording) => {
    expect(find(caption, { mentions: caption.includes('@kettlemoth') ? ['@kettlemoth'] : [] })).toMatchObject({
      disclosure,
      wording,
    });
  });

  it.each([
    '#adventure with friends',
    '#adele in concert',
    'I read the post code at the door',
    'my dress code is black tie',
    'thanks to my mum for everything',
    'link in bio',
    'A code of honour',
  ])('sees no deal in "%s"', (caption) => {
    expect(find(caption)).toBeNull();
  });

  it('believes the platform label before any wording', () => {
    expect(find('Just tea', { isPaidLabel: true, mentions: ['@Kettlemoth.'] })).toMatchObject({
      disclosure: 'clear',
      brands: ['kettlemoth'],
    });
  });

  it('does not count the creator as a brand of their own', () => {
    expect(find('#ad', { mentions: ['@Nell', '@kettlemoth', '@kettlemoth'] })?.brands).toEqual(['kettlemoth']);
  });

  it('reads a caption of 100,000 characters and one in an unknown script without slowing down', () => {
    const start = performance.now();
    find(`${'link in bio '.repeat(9000)}`);
    find('ꦏꦫꦤ '.repeat(20_000));
    find('#'.repeat(100_000));
    find('thank you so much to @'.repeat(4500));
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
