import { Button, FileButton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { platformNames } from '#kernel/platform.ts';
import {
  getCreator,
  getCreatorRefresh,
  type Person,
  type ProfileRefresh,
  refreshCreator,
  uploadPicture,
} from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { fieldWords } from './words.ts';
import './creators.css';

const busyMs = 2_000;
type Profile = Person['profiles'][number];

/** Where each figure of a creator comes from, how old it is, and the button that reads it anew. */
export function SourcesPage() {
  const personId = useParam('personId');
  const canWrite = useCan('creators:write');
  const person = useApiQuery(getCreator, { personId });
  const states = useApiQuery(
    getCreatorRefresh,
    { personId },
    { refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'queued') ? busyMs : false) },
  );
  const refresh = useApiMutation(refreshCreator, {
    invalidate: ['creators', 'connections', 'vetting'],
    onSuccess: (answer) => {
      const asked = answer.filter((one) => one.state === 'queued' || one.state === 'waiting').length;
      if (asked > 0) sayDone(`${formatPlural(asked, 'profile')} to read`);
      else
        sayFailed(
          'Nothing to read',
          new Error('None of these profiles is on a connected platform that reads by handle.'),
        );
    },
    onError: (error) => sayFailed('Not started', error),
  });
  const canRefresh = canWrite && (states.data?.some((one) => one.state !== 'not_connected') ?? false);
  return (
    <QueryState query={person}>
      {(found) => (
        <div className="stack">
          <div className="acts creators-left">
            {canRefresh ? (
              <Button
                variant="filled"
                leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
                loading={refresh.isPending}
                onClick={() => refresh.mutate({ personId })}
              >
                Refresh now
              </Button>
            ) : (
              <p className="meta">
                No connected platform reads these profiles.{' '}
                <AppLink className="link" to="/settings/connections">
                  See what can be connected
                </AppLink>
              </p>
            )}
          </div>
          {found.profiles.map((profile) => (
            <ProfileSources
              key={profile.id}
              personId={personId}
              profile={profile}
              state={states.data?.find((one) => one.profileId === profile.id) ?? null}
            />
          ))}
        </div>
      )}
    </QueryState>
  );
}

const figures = [
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
  'lastPostAt',
] as const;
const texts = ['displayName', 'bio', 'website', 'category', 'isVerified'] as const;

interface ProfileProps {
  personId: string;
  profile: Profile;
  state: ProfileRefresh | null;
}

function ProfileSources({ personId, profile, state }: ProfileProps) {
  const handle = profile.platform === 'blog' ? profile.handle : `@${profile.handle}`;
  const known = [...figures, ...texts].filter((field) => profile[field] !== null);
  return (
    <Section
      title={`${handle} on ${platformNames[profile.platform]}`}
      end={state !== null && <RefreshStatus state={state} />}
    >
      {state?.message != null && <p className="creators-problems">{state.message}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must be reached by keyboard (WCAG 2.1.1) */}
      <section className="creators-scroll" aria-label={`Fields of ${handle}`} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">Source</th>
              <th scope="col">As of</th>
            </tr>
          </thead>
          <tbody>
            {known.map((field) => (
              <FieldRow key={field} profile={profile} field={field} />
            ))}
            {known.length === 0 && (
              <tr>
                <td colSpan={4}>Nothing is known but the handle.</td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
      {state !== null && state.missing.length > 0 && (
        <p className="meta">
          Not given at the last reading:{' '}
          {state.missing.map((one) => `${fieldWords[one.field] ?? one.field} (${one.reason})`).join('; ')}
        </p>
      )}
      <PictureButton personId={personId} profileId={profile.id} />
    </Section>
  );
}

/** Keeps a picture of one's own for this profile; it is made small and stays on this machine. */
function PictureButton({ personId, profileId }: { personId: string; profileId: string }) {
  const canWrite = useCan('creators:write');
  const upload = useUpload(uploadPicture);
  const queries = useQueryClient();
  if (!canWrite) return null;
  const keep = (file: File | null) => {
    if (file === null) return;
    upload
      .start({ personId, profileId }, file)
      .then(() => {
        sayDone('Picture kept');
        return queries.invalidateQueries();
      })
      .catch((error: unknown) => sayFailed('Picture not kept', error));
  };
  return (
    <div className="acts creators-left">
      <FileButton onChange={keep} accept="image/jpeg,image/png,image/webp,image/gif,image/avif">
        {(props) => (
          <Button size="xs" {...props} loading={upload.progress !== null}>
            Upload a picture
          </Button>
        )}
      </FileButton>
    </div>
  );
}

function FieldRow({ profile, field }: { profile: Profile; field: (typeof figures | typeof texts)[number] }) {
  const stamp = profile.provenance[field] ?? profile.provenance['*'];
  const source = stamp === undefined ? 'not stated' : [stamp.source, stamp.formula].filter(Boolean).join(': ');
  return (
    <tr>
      <th scope="row">{fieldWords[field] ?? field}</th>
      <td className="num creators-value">{shown(profile[field], field)}</td>
      <td>
        {source}
        {stamp?.n === undefined ? '' : `, n = ${stamp.n}`}
      </td>
      <td>
        {stamp === undefined ? 'not stated' : <span title={formatDateTime(stamp.at)}>{formatWhen(stamp.at)}</span>}
      </td>
    </tr>
  );
}

function shown(value: string | number | boolean | null, field: string): string {
  if (value === null) return 'not known';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return field === 'engagementRate' ? `${(value * 100).toFixed(2)} %` : formatCompact(value);
  return field === 'lastPostAt' ? formatWhen(value) : value.length > 120 ? `${value.slice(0, 117)}...` : value;
}

function RefreshStatus({ state }: { state: ProfileRefresh }) {
  switch (state.state) {
    case 'queued':
      return <Status tone="accent">to be read</Status>;
    case 'waiting':
      return <Status>waiting</Status>;
    case 'done':
      return <Status tone="good">read {state.refreshedAt === null ? '' : formatWhen(state.refreshedAt)}</Status>;
    case 'failed':
      return <Status tone="warn">could not be read</Status>;
    case 'never':
      return <Status>not read yet</Status>;
    case 'not_connected':
      return <Status>not connected</Status>;
  }
}
