import type { DisclosurePack } from '#modules/disclosure/api.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import './disclosure.css';

const severities: Record<DisclosurePack['rules'][number]['severity'], { label: string; tone: Tone }> = {
  fail: { label: 'fails', tone: 'bad' },
  warn: { label: 'warns', tone: 'warn' },
  info: { label: 'told', tone: 'plain' },
};
const readings = {
  text: 'read in the text itself',
  account: 'read in accounts of it',
  knowledge: 'not looked up again',
} as const;

/** The packs that ship, each with its rules, where they are written, and what it leaves out. */
export function PackList({ packs, chosen }: { packs: DisclosurePack[]; chosen: readonly string[] }) {
  return (
    <Section title="Rule packs" note={`${formatPlural(packs.length, 'pack')}; none of this is legal advice`}>
      <div className="stack">
        {packs.map((pack) => (
          <details key={pack.id} className="dc-pack">
            <summary>
              <b>{pack.name}</b>{' '}
              <span className="meta">
                version {pack.version}, {pack.authority}
              </span>{' '}
              <Tag tone={pack.coverage === 'full' ? 'good' : 'plain'}>
                {pack.coverage === 'full' ? 'in full' : 'in part'}
              </Tag>{' '}
              {pack.countries.some((country) => chosen.includes(country)) && <Tag tone="accent">in use</Tag>}
            </summary>
            <PackBody pack={pack} />
          </details>
        ))}
      </div>
    </Section>
  );
}

function PackBody({ pack }: { pack: DisclosurePack }) {
  return (
    <div className="stack">
      <p className="ink-2">Leaves out: {pack.leavesOut.join('; ')}.</p>
      <div className="dc-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">What it says</th>
              <th scope="col">A breach</th>
            </tr>
          </thead>
          <tbody>
            {pack.rules.map((rule) => (
              <tr key={rule.id}>
                <td>
                  <b>{rule.title}</b>
                  <div className="meta">
                    {rule.id}, {rule.source}
                  </div>
                </td>
                <td>{rule.says}</td>
                <td>
                  <Tag tone={severities[rule.severity].tone}>{severities[rule.severity].label}</Tag>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="dc-sources meta">
        {pack.sources.map((source) => (
          <li key={source.id}>
            {source.id}:{' '}
            <a href={source.url} target="_blank" rel="noreferrer noopener">
              {source.title}
            </a>
            , {source.publisher}, {source.dated}; {readings[source.readAs]}, {source.readOn}
          </li>
        ))}
      </ul>
    </div>
  );
}
