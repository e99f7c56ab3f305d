import type { QualitySection as Quality } from '#modules/vetting/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';

/** What is posted about, whether that holds, what captions say, and the silences. */
export function QualitySection({ quality }: { quality: Quality }) {
  return (
    <div className="cols">
      <Topics topics={quality.topics} />
      <Captions quality={quality} />
    </div>
  );
}

function Topics({ topics }: { topics: Quality['topics'] }) {
  if (topics === null)
    return (
      <Section title="Topics">
        <p className="meta vt-empty">No caption has words the topic model knows. It reads English.</p>
      </Section>
    );
  const names = (some: readonly { name: string; posts: number }[]) =>
    some.length === 0 ? null : some.map((one) => `${one.name} (${one.posts})`).join(', ');
  return (
    <Section
      title="Topics"
      note={formatPlural(topics.n, 'caption')}
      end={topics.isCorrected ? <Tag tone="accent">by hand</Tag> : undefined}
    >
      <KeyValues
        items={[
          { term: 'Mostly', value: names(topics.main) },
          {
            term: 'Alike over time',
            value: (
              <Figure
                label="Alike over time"
                value={topics.stability === null ? null : formatDecimal(topics.stability, 2)}
                missing="not enough data"
                meaning={{
                  formula:
                    'cosine between the mean vectors of the newer and the older half of the newest 30 captions; of 600 creators a tenth is below 0.61, half below 0.83',
                  n: formatPlural(topics.n, 'caption'),
                }}
              />
            ),
          },
          {
            term: 'Posts on these topics',
            value: topics.onTopic === null ? null : formatShare(topics.onTopic),
          },
          { term: 'Lately', value: names(topics.newer) },
          { term: 'Before', value: names(topics.older) },
        ]}
      />
    </Section>
  );
}

function Captions({ quality }: { quality: Quality }) {
  const { captions, gaps, weeks, picture } = quality;
  const most = Math.max(1, ...weeks.map((week) => week.posts));
  return (
    <Section
      title="Captions and rhythm"
      note={captions === null ? undefined : `newest ${formatPlural(captions.n, 'caption')}`}
    >
      {weeks.length > 0 && (
        <div
          className="vt-weeks"
          role="img"
          aria-label={`Posts a week over 26 weeks, most ${most}, ${weeks.filter((week) => week.posts === 0).length} weeks without any`}
        >
          {weeks.map((week) => (
            <i
              key={week.week}
              title={`Week of ${formatDate(week.week)}: ${formatPlural(week.posts, 'post')}`}
              style={{ blockSize: `${Math.max(4, (100 * week.posts) / most)}%` }}
              {...(week.posts === 0 && { 'data-empty': true })}
            />
          ))}
        </div>
      )}
      <KeyValues
        items={[
          {
            term: 'Say something of their own',
            value:
              captions === null ? null : (
                <Figure
                  label="Captions that say something"
                  value={`${captions.good} of ${captions.n}`}
                  meaning={{
                    formula: 'at least 20 letters beside tags and names, at most 15 hashtags, not used before',
                    n: formatPlural(captions.n, 'caption'),
                  }}
                />
              ),
          },
          {
            term: 'Others',
            value:
              captions === null
                ? null
                : `${captions.withoutText} without text, ${captions.repeated} used before, ${captions.overTagged} over 15 hashtags`,
          },
          {
            term: 'Longest silences',
            value:
              gaps.length === 0
                ? null
                : gaps.map((gap) => `${formatDecimal(gap.days, 0)} days to ${formatDate(gap.to)}`).join('; '),
          },
          { term: 'Profile picture', value: picture === null ? null : <Picture picture={picture} /> },
        ]}
      />
    </Section>
  );
}

function Picture({ picture }: { picture: NonNullable<Quality['picture']> }) {
  const words = [
    `${picture.width} × ${picture.height}`,
    picture.isSmall ? 'small' : '',
    picture.isBlurred ? 'blurred' : 'sharp',
  ].filter((word) => word !== '');
  return (
    <span>
      <Figure
        label="Profile picture"
        value={words.join(', ')}
        meaning={{
          formula: `sharpness ${formatDecimal(picture.sharpness, 0)} (variance of the Laplacian at 256 px; below 60 is blurred), brightness ${formatDecimal(picture.brightness, 2)}`,
          n: '1 picture',
          asOf: picture.checkedAt,
        }}
      />
      {picture.alike.map((one) => (
        <span key={one.profileId}>
          {' · nearly the same as '}
          <AppLink to="/creators/$personId" params={{ personId: one.personId }}>
            @{one.handle}
          </AppLink>
        </span>
      ))}
    </span>
  );
}
