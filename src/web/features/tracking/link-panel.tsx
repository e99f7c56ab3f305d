import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { getLinkQr, type Link, listClicks, updateLink } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { HitList } from './hit-list.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { LinkHealth, LinkWays } from './link-ways.tsx';
import { trackingNouns } from './words.ts';

interface Props {
  link: Link;
  /** Shows the links of a tag; tags are words alone where the page cannot. */
  onTag?: (tag: string) => void;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** One link: its address to take along, where it leads, who clicked lately. */
export function LinkPanel({ link, onTag, onClose, onPrevious, onNext }: Props) {
  const [isEditing, setEditing] = useState(false);
  const canWrite = useCan('tracking:write');
  const { timeZone } = useWorkspace();
  const hits = useApiQuery(listClicks, { linkId: link.id, limit: 20 });
  const update = useApiMutation(updateLink, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not changed', error),
  });
  const set = (state: Link['state']) => update.mutate({ linkId: link.id, state });
  return (
    <SidePanel
      label={`Link ${link.slug}`}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      actions={
        canWrite && (
          <>
            <Button onClick={() => setEditing(true)}>Edit</Button>
            {link.state === 'live' ? (
              <Button onClick={() => set('paused')}>Pause</Button>
            ) : (
              <Button onClick={() => set('live')}>Make live</Button>
            )}
            {link.state !== 'archived' && (
              <Button variant="subtle" color="gray" onClick={() => set('archived')}>
                Archive
              </Button>
            )}
          </>
        )
      }
    >
      <div className="trk-body">
        <CopyField label="Short link" value={link.shortUrl} />
        <KeyValues
          items={[
            { term: 'Leads to', value: <span style={{ overflowWrap: 'anywhere' }}>{link.target}</span> },
            { term: 'Clicks', value: `${formatCount(link.clicks)}, ${formatCount(link.dropped)} not counted` },
            { term: 'Visitors', value: `${formatCount(link.visitors)}, summed by day` },
            { term: 'Campaign', value: link.campaign?.name ?? 'None' },
            { term: 'Ends', value: link.expiresAt === null ? 'Never' : formatDateTime(link.expiresAt, timeZone) },
            ...(link.expiredUrl === null ? [] : [{ term: 'Then leads to', value: link.expiredUrl }]),
            { term: 'Password', value: link.hasPassword ? 'Asked for' : 'None' },
            { term: 'Preview', value: <a href={link.previewUrl}>Where it leads, shown to visitors</a> },
            { term: 'Made', value: formatDateTime(link.createdAt, timeZone) },
          ]}
        />
        {link.tags.length > 0 && (
          <div className="row">
            {link.tags.map((tag) =>
              onTag === undefined ? (
                <Tag key={tag}>{tag}</Tag>
              ) : (
                <Button key={tag} size="compact-xs" variant="light" onClick={() => onTag(tag)}>
                  {tag}
                </Button>
              ),
            )}
          </div>
        )}
        <LinkWays link={link} />
        <LinkHealth link={link} canWrite={canWrite} />
        <Qr link={link} />
        <Section title="Latest hits" note="counted or not">
          <QueryState query={hits}>{(page) => <HitList hits={page.rows} />}</QueryState>
        </Section>
      </div>
      {isEditing && <LinkDialog link={link} onClose={() => setEditing(false)} />}
    </SidePanel>
  );
}

function Qr({ link }: { link: Link }) {
  const client = useClient();
  const [address, setAddress] = useState<string | null>(null);
  const download = useDownload(getLinkQr);
  const save = (format: 'svg' | 'png') =>
    void download
      .start({ linkId: link.id, format, sizePx: 1024 }, `${link.slug}.${format}`)
      .catch((error) => sayFailed('Not saved', error));
  useEffect(() => {
    const stop = new AbortController();
    let made: string | null = null;
    client
      .open(getLinkQr, { linkId: link.id }, stop.signal)
      .then(async (response) => {
        made = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'image/svg+xml' }));
        setAddress(made);
      })
      .catch(() => undefined);
    return () => {
      stop.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [client, link.id]);
  return (
    <Section
      title="QR code"
      end={
        <span className="row">
          <Button variant="subtle" color="gray" onClick={() => save('svg')}>
            SVG
          </Button>
          <Button variant="subtle" color="gray" onClick={() => save('png')}>
            PNG
          </Button>
        </span>
      }
    >
      {address === null ? (
        <div className="trk-qr" />
      ) : (
        <img className="trk-qr" src={address} alt={`QR code of ${link.shortUrl}`} />
      )}
    </Section>
  );
}
