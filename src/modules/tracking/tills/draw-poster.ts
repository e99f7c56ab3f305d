interface Poster {
  name: string;
  place: string;
  brand: string;
  modules: { size: number; get(row: number, column: number): number };
}

const widthPx = 595;
const heightPx = 842;
const codePx = 380;
/** Scanners need four modules of white around a code. */
const quietModules = 4;

/** A sheet for the staff room, A4 at 72 dots an inch: name, QR code, and what to do. Black on white, no font but the viewer's own. */
export function drawPoster({ name, place, brand, modules }: Poster): string {
  const all = modules.size + 2 * quietModules;
  const unit = codePx / all;
  const left = (widthPx - codePx) / 2;
  const top = 190;
  const path: string[] = [];
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column) === 1) path.push(`M${column + quietModules} ${row + quietModules}h1v1h-1z`);
  const steps = [
    '1. Scan this with the phone at the till.',
    "2. Type or scan the customer's code: you see whether it holds.",
    '3. Enter the amount and the receipt number.',
    'Please do not pass the link on: whoever has it can enter purchases.',
  ];
  const lines = steps
    .map((step, at) => `<text x="${widthPx / 2}" y="${650 + at * 28}" font-size="15">${escaped(step)}</text>`)
    .join('\n  ');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${escaped(`QR code of the till ${name}`)}">
  <rect width="${widthPx}" height="${heightPx}" fill="#fff"/>
  <g font-family="Inter, Helvetica, Arial, sans-serif" text-anchor="middle" fill="#111">
  <text x="${widthPx / 2}" y="80" font-size="16">${escaped(brand)}</text>
  <text x="${widthPx / 2}" y="128" font-size="34" font-weight="700">${escaped(name)}</text>
  <text x="${widthPx / 2}" y="160" font-size="16">${escaped(place)}</text>
  ${lines}
  </g>
  <path transform="translate(${left} ${top}) scale(${unit})" d="${path.join('')}" fill="#111"/>
</svg>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
