import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bandsOf, bitsBetween, isTelling, measurePicture } from './measure-picture.ts';

/** A picture of slanted stripes, the same for the same step. */
async function stripes(step: number, size = 200): Promise<Buffer> {
  const pixels = Buffer.alloc(size * size * 3);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const value = 127 + 120 * Math.sin((x * (1 + y / size)) / step) * Math.cos(y / (step * 1.7));
      pixels.fill(Math.round(value), (y * size + x) * 3, (y * size + x) * 3 + 3);
    }
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}

describe('what is measured on a picture', () => {
  it('finds the same picture stored anew, smaller and paler, and tells another one apart', async () => {
    const one = await stripes(23);
    const again = await sharp(one).resize(120, 120).modulate({ brightness: 1.05 }).webp({ quality: 60 }).toBuffer();
    const [first, copy, other] = await Promise.all([
      measurePicture(one),
      measurePicture(again),
      measurePicture(await stripes(9)),
    ]);
    expect(isTelling(first.print)).toBe(true);
    expect(bitsBetween(first.print, copy.print)).toBeLessThanOrEqual(3);
    expect(bandsOf(first.print).some((band) => bandsOf(copy.print).includes(band))).toBe(true);
    expect(bitsBetween(first.print, other.print)).toBeGreaterThan(8);
  });

  it('measures a blurred picture as less sharp, and a flat one as telling nothing', async () => {
    const one = await stripes(4);
    const blurred = await sharp(one).blur(8).png().toBuffer();
    const flat = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#888' } })
      .png()
      .toBuffer();
    const [sharpOne, soft, grey] = await Promise.all([
      measurePicture(one),
      measurePicture(blurred),
      measurePicture(flat),
    ]);
    expect(sharpOne.sharpness).toBeGreaterThan(10 * soft.sharpness);
    expect(grey).toMatchObject({ width: 90, height: 60 });
    expect(grey.sharpness).toBeLessThan(1);
    expect(isTelling(grey.print)).toBe(false);
  });

  it('fails on what is no picture, instead of measuring it', async () => {
    await expect(measurePicture(Buffer.from('no picture'))).rejects.toThrow();
  });
});
