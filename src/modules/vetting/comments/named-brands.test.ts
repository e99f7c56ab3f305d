import { describe, expect, it } from 'vitest';
import { countNamedBrands } from './named-brands.ts';

const brands = [
  { brand: 'glow.lab', handles: ['@Glow.Lab_official', 'glowlab_de'], from: 'paid_posts' as const },
  { brand: 'kettlemoth', handles: ['kettlemoth'], from: 'competitor' as const },
  { brand: 'unsaid', handles: ['unsaid'], from: 'own_brand' as const },
];
const by = (authorKey: string | null, text: string, id = text) => ({ id, authorKey, text });

describe('brands that commenters name', () => {
  it('are counted once a person, by account, hashtag and name in words, and not within other words', () => {
    const { commenters, rows } = countNamedBrands(
      [
        by('a', 'I love @glow.lab_official'),
        by('a', 'glow lab again'),
        by('b', '#glowlab forever'),
        by('c', 'the kettlemothers are here'),
        by('d', 'Kettlemoth, really?'),
        by(null, 'kettlemoth from nobody'),
      ],
      brands,
    );
    expect(commenters).toBe(4);
    expect(rows.map((row) => [row.brand, row.commenters, row.share])).toEqual([
      ['glow.lab', 2, null],
      ['kettlemoth', 1, null],
    ]);
    expect(rows[0]?.commentIds).toHaveLength(3);
  });

  it('have a share with its interval from thirty commenters on', () => {
    const others = Array.from({ length: 29 }, (_, i) => by(`p${i}`, 'lovely'));
    const [row] = countNamedBrands([...others, by('q', 'kettlemoth')], brands).rows;
    expect(row?.share).toBeCloseTo(1 / 30, 12);
    expect(row?.low).toBeGreaterThan(0);
    expect(row?.high).toBeLessThan(0.2);
    expect(countNamedBrands([...others.slice(1), by('q', 'kettlemoth')], brands).rows[0]?.share).toBeNull();
  });
});
