import type { TrafficFlow } from '#modules/reports/api.ts';
import { formatCount, formatShare } from '#web/ui/format-number.ts';
import { worldColumns, worldRows, worldTiles } from './world-tiles.ts';

type Country = TrafficFlow['countries'][number];

const side = 26;
const gap = 2;
const shownMax = 8;
/** Steps of shade, so that one large country does not make all others look the same. */
const steps = 5;
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const onMap = new Set(worldTiles.map((tile) => tile.country));

export function nameOfCountry(code: string): string {
  return code === '' ? 'Not known' : (names.of(code) ?? code);
}

/** Where clicks come from: a tile a country, and the same in a table. Nothing is fetched for it. */
export function CountryMap({ countries }: { countries: readonly Country[] }) {
  const all = countries.reduce((sum, row) => sum + row.clicks, 0);
  if (all === 0) return <p className="meta">No click counted in these days.</p>;
  const clicksOf = new Map(countries.map((row) => [row.value, row.clicks]));
  const top = Math.max(...countries.filter((row) => row.value !== '').map((row) => row.clicks), 1);
  const away = countries.filter((row) => row.value !== '' && !onMap.has(row.value) && row.clicks > 0);
  const said = countries
    .slice(0, 5)
    .map((row) => `${nameOfCountry(row.value)} ${formatShare(row.clicks / all)}`)
    .join(', ');
  return (
    <div className="flow-map">
      <svg
        viewBox={`0 0 ${worldColumns * (side + gap)} ${worldRows * (side + gap)}`}
        role="img"
        aria-label={`Clicks by country. Most: ${said}. All are in the table.`}
      >
        {worldTiles.map(({ country, column, row }) => {
          const clicks = clicksOf.get(country) ?? 0;
          return (
            <g key={country} transform={`translate(${column * (side + gap)} ${row * (side + gap)})`}>
              <title>{`${nameOfCountry(country)}: ${formatCount(clicks)} (${formatShare(clicks / all)})`}</title>
              <rect width={side} height={side} rx="4" className={`flow-tile s${shadeOf(clicks, top)}`} />
              {clicks > 0 && (
                <text x={side / 2} y={side / 2 + 4} className={`flow-tile-name s${shadeOf(clicks, top)}`}>
                  {country}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="flow-scroll" tabIndex={0} aria-label="Clicks by country">
        <table className="table">
          <caption className="vh">Clicks by country</caption>
          <thead>
            <tr>
              <th scope="col">Country</th>
              <th scope="col" className="end">
                Clicks
              </th>
              <th scope="col" className="end">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {countries.slice(0, shownMax).map((row) => (
              <tr key={row.value}>
                <td>{nameOfCountry(row.value)}</td>
                <td className="end num">{formatCount(row.clicks)}</td>
                <td className="end num">{formatShare(row.clicks / all)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {countries.length > shownMax && (
          <details className="trk-more">
            <summary>{countries.length - shownMax} more</summary>
            <table className="table">
              <caption className="vh">Clicks by country, the others</caption>
              <tbody>
                {countries.slice(shownMax).map((row) => (
                  <tr key={row.value}>
                    <th scope="row">{nameOfCountry(row.value)}</th>
                    <td className="end num">{formatCount(row.clicks)}</td>
                    <td className="end num">{formatShare(row.clicks / all)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        )}
        {away.length > 0 && (
          <p className="meta">Without a tile: {away.map((row) => nameOfCountry(row.value)).join(', ')}.</p>
        )}
      </section>
    </div>
  );
}

/** 0 for none, else 1 to 5 by the square root of the share of the largest. */
function shadeOf(clicks: number, top: number): number {
  return clicks === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(clicks / top) * steps));
}
