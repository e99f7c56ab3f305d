import { Anchor } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { drawPortalQr, type PortalLinks, readPortalLinks } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Spark } from '#web/ui/spark.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { sayDay } from './say-day.ts';
import { words } from './words.ts';

const said = words.links;

/** Links and codes to take along: copied by a touch, or held up as a QR code. */
export function LinksPage() {
  const links = useApiQuery(readPortalLinks, {});
  return (
    <QueryState query={links}>
      {(answer) =>
        answer.links.length + answer.codes.length === 0 ? (
          <EmptyState isPage icon={IconLink} title={said.none.title}>
            {said.none.text}
          </EmptyState>
        ) : (
          <>
            <h1>{said.title}</h1>
            {answer.links.map((link) => (
              <LinkCard key={link.id} link={link} />
            ))}
            {answer.codes.map((code) => (
              <CodeCard key={code.id} code={code} />
            ))}
          </>
        )
      }
    </QueryState>
  );
}

function LinkCard({ link }: { link: PortalLinks['links'][number] }) {
  const client = useClient();
  const qr = client.url(drawPortalQr, { linkId: link.id });
  return (
    <section>
      <header>
        <h2>{link.campaignName ?? 'Link'}</h2>
        <span className="meta">{link.isActive ? said.clicks(link.clicks) : <Tag>{said.off}</Tag>}</span>
      </header>
      <div className="ph-card ph-link">
        <img className="ph-qr" src={qr} alt={said.qr(link.shortUrl)} width={96} height={96} />
        <div className="grow">
          <CopyField label={said.link} value={link.shortUrl} />
          <div className="spread">
            <Spark values={link.lastSevenDays.map((one) => one.clicks)} label={said.week} width={96} />
            <Anchor href={qr} download size="sm">
              {said.saveQr}
            </Anchor>
          </div>
        </div>
      </div>
    </section>
  );
}

function CodeCard({ code }: { code: PortalLinks['codes'][number] }) {
  const until = code.endsAt === null ? '' : `, ${said.until(sayDay(code.endsAt.slice(0, 10)))}`;
  return (
    <section>
      <header>
        <h2>{code.campaignName ?? 'Code'}</h2>
        <span className="meta">{code.isActive ? said.orders(code.orders) : <Tag>{said.off}</Tag>}</span>
      </header>
      <div className="ph-card">
        <CopyField label={said.code} value={code.code} />
        <span className="meta">
          {code.terms}
          {until}
        </span>
      </div>
    </section>
  );
}
