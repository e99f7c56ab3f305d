import { Section } from '#web/ui/section.tsx';
import './audience.css';
import { AudienceSamples } from './audience-samples.tsx';
import { FollowingSection } from './following-section.tsx';
import { GrowthSection } from './growth-section.tsx';
import { MonthsSection } from './months-section.tsx';
import { NamedBrandsSection } from './named-brands.tsx';
import { SignalList } from './signal-list.tsx';
import { StatedAudience } from './stated-audience.tsx';
import { usePerson, useVetting } from './use-creator.ts';

/** Whether the audience is real: what samples of it show, signals, and growth. */
export function AudiencePage() {
  const { data: report } = useVetting();
  const { data: person } = usePerson();
  if (report === undefined) return null;
  const profile = person?.profiles.find((one) => one.id === report.profileId);
  return (
    <>
      {profile !== undefined && (
        <>
          <StatedAudience profile={profile} />
          <hr className="vt-rule" />
        </>
      )}
      <AudienceSamples report={report} profile={profile} />
      <hr className="vt-rule" />
      <NamedBrandsSection personId={report.personId} profileId={report.profileId} />
      <hr className="vt-rule" />
      <Section title="Signals of a real audience" note="what is not known is not clean">
        <SignalList
          label="Audience authenticity"
          signals={report.signals.filter((signal) => signal.point === 'audience_authenticity')}
          withPoints={report.score !== null}
        />
      </Section>
      <hr className="vt-rule" />
      <GrowthSection report={report} height={260} />
      <hr className="vt-rule" />
      <FollowingSection report={report} />
      <hr className="vt-rule" />
      <MonthsSection report={report} />
    </>
  );
}
