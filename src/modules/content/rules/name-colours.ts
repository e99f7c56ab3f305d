import type { AssetColour } from '../api.ts';

/** From this share of the pixels on a colour is one of the picture. */
const shareMin = 0.12;
const coloursMax = 3;

/** The colours a picture is mostly made of, the commonest first; `pixels` are red, green and blue, 8 bits each. */
export function nameColours(pixels: Uint8Array): AssetColour[] {
  const counts = new Map<AssetColour, number>();
  const total = Math.floor(pixels.length / 3);
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const name = nameColour(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= total * shareMin)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, coloursMax)
    .map(([name]) => name);
}

/** By hue, with greys apart, and dark orange as brown, as people call them. */
function nameColour(red: number, green: number, blue: number): AssetColour {
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  const saturation = most === 0 ? 0 : span / most;
  if (most < 45) return 'black';
  if (saturation < 0.13) return most > 215 ? 'white' : most < 70 ? 'black' : 'grey';
  const hue = hueOf({ red, green, blue, most, span });
  if (hue < 12 || hue >= 345) return most > 190 && saturation < 0.5 ? 'pink' : 'red';
  if (hue < 42) return most < 150 || (most < 190 && saturation < 0.5) ? 'brown' : 'orange';
  if (hue < 70) return most < 110 ? 'brown' : 'yellow';
  if (hue < 170) return 'green';
  if (hue < 258) return 'blue';
  if (hue < 295) return 'purple';
  return 'pink';
}

function hueOf({
  red,
  green,
  blue,
  most,
  span,
}: {
  red: number;
  green: number;
  blue: number;
  most: number;
  span: number;
}): number {
  const sixth =
    most === red ? ((green - blue) / span) % 6 : most === green ? (blue - red) / span + 2 : (red - green) / span + 4;
  return (sixth * 60 + 360) % 360;
}
