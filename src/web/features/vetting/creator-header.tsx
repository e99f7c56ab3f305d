import {
  IconBrandInstagram,
  IconBrandPinterest,
  IconBrandTiktok,
  IconBrandYoutube,
  IconMail,
  IconWorld,
} from '@tabler/icons-react';
import type { Platform } from '#kernel/platform.ts';
import { platformNames } from '#kernel/platform.ts';
import type { Person, Profile } from '#modules/creators/api.ts';
import { listsOfCreator } from '#modules/discovery/api.ts';
import type { Vetting } from '#modules/vetting/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { usePicture } from '#web/api/use-picture.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { CreatorActions } from './creator-actions.tsx';
import { nameOf } from './name-of.ts';
import { useCreatorChoice } from './use-creator.ts';

const icons = {
  instagram: IconBrandInstagram,
  tiktok: IconBrandTiktok,
  youtube: IconBrandYoutube,
  pinterest: IconBrandPinterest,
  blog: IconWorld,
} as const satisfies Record<Platform, unknown>;

interface Props {
  person: Person;
  report: Vetting | undefined;
  isSample: boolean;
}

/** Who it is, under which names, where, and how to reach them. */
export function CreatorHeader({ person, report, isSample }: Props) {
  const pictureOf = usePicture();
  const lists = useApiQuery(listsOfCreator, { personId: person.id });
  const badges = (
    <>
      {isSample && <Tag>Sample, invented</Tag>}
      <Freshness report={report} />
      <Standing profile={person.profiles.find((one) => one.id === report?.profileId) ?? person.profiles[0]} />
      {person.profiles.some((profile) => profile.isPrivate === true) && <Tag tone="warn">Private account</Tag>}
      {(lists.data?.rows ?? []).slice(0, 3).map((list) => (
        <Tag key={list.id} tone="accent">
          {list.name}
        </Tag>
      ))}
      {person.tags.slice(0, 4).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </>
  );
  return (
    <PageHeader
      lead={<Avatar id={person.id} name={nameOf(person)} size={64} picture={pictureOf(person.facts)} />}
      title={nameOf(person)}
      badge={badges}
      sub={
        <>
          <span className="vt-handles">
            {person.profiles.map((profile) => (
              <Handle
                key={profile.id}
                profile={profile}
                isVetted={profile.id === report?.profileId}
                isOnly={person.profiles.length === 1}
              />
            ))}
            {person.emails.slice(0, 2).map((email) => (
              <a key={email} href={`mailto:${email}`} className="vt-handle">
                <IconMail size={16} stroke={1.6} aria-hidden /> {email}
              </a>
            ))}
          </span>
          <span className="meta">{placeOf(person)}</span>
        </>
      }
      actions={<CreatorActions person={person} report={report} />}
    />
  );
}

/** Verified or not, and what kind of account, as far as a source says so. */
function Standing({ profile }: { profile: Profile | undefined }) {
  if (profile === undefined) return null;
  const on = platformNames[profile.platform];
  return (
    <>
      {profile.isVerified !== null && (
        <Tag tone={profile.isVerified ? 'good' : 'plain'}>
          {profile.isVerified ? `Verified by ${on}` : `Not verified by ${on}`}
        </Tag>
      )}
      {profile.accountType !== null && <Tag>{accountWord(profile.accountType)}</Tag>}
    </>
  );
}

const accountWords: Record<string, string> = {
  business: 'Business account',
  creator: 'Creator account',
  media_creator: 'Creator account',
  personal: 'Personal account',
};

const accountWord = (type: string) =>
  accountWords[
    type
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_')
  ] ?? `${type.trim()} account`;

const dayMs = 86_400_000;
/** Older data are said at the name: a verdict on them is one on the past. */
const freshDays = 60;

function Freshness({ report }: { report: Vetting | undefined }) {
  if (report === undefined || report.dataAt === null) return null;
  const days = (Date.parse(report.checkedAt) - Date.parse(report.dataAt)) / dayMs;
  return days > freshDays ? <Tag tone="warn">Data of {formatDate(report.dataAt)}</Tag> : null;
}

interface HandleProps {
  profile: Profile;
  isVetted: boolean;
  isOnly: boolean;
}

/** A name on a platform with its size; with several accounts, a press chooses which one the report is about. */
function Handle({ profile, isVetted, isOnly }: HandleProps) {
  const { setSearch } = useCreatorChoice();
  const Icon = icons[profile.platform];
  const provenance = profile.provenance.followers ?? profile.provenance['*'];
  const name = (
    <>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className="vh">{platformNames[profile.platform]}: </span>@{profile.handle}
    </>
  );
  return (
    <span className={isVetted && !isOnly ? 'vt-handle chosen' : 'vt-handle'}>
      {isOnly ? (
        name
      ) : (
        <button
          type="button"
          aria-pressed={isVetted}
          title="Show the report on this account"
          onClick={() => setSearch({ profile: profile.id, signal: undefined }, { push: true })}
        >
          {name}
        </button>
      )}
      <b>
        <Figure
          label={`Followers on ${platformNames[profile.platform]}`}
          value={profile.followers === null ? null : formatCompact(profile.followers)}
          meaning={{
            formula: 'as stated by the source',
            source: provenance?.source ?? profile.source,
            ...(provenance !== undefined && { asOf: provenance.at }),
          }}
        />
      </b>
    </span>
  );
}

const countries = new Intl.DisplayNames('en', { type: 'region' });
const tongues = new Intl.DisplayNames('en', { type: 'language' });

function nameBy(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

function placeOf(person: Person): string {
  const place = [person.city, person.country === null ? person.region : nameBy(countries, person.country)]
    .filter((part) => part !== null)
    .join(', ');
  const languages = person.languages.map((code) => nameBy(tongues, code)).join(', ');
  const [profile] = person.profiles;
  const known = [
    place,
    languages,
    person.niches.slice(0, 5).join(', '),
    profile?.bio?.split('\n')[0]?.slice(0, 140) ?? '',
  ].filter((part) => part !== '');
  return known.length === 0 ? 'Place, languages and topics are not known' : known.join(' · ');
}
