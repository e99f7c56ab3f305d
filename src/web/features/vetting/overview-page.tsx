import type { Vetting } from '#modules/vetting/api.ts';
import { AppealsSection } from './appeals-section.tsx';
import { ChecklistSection } from './checklist-section.tsx';
import { CriteriaSection } from './criteria-section.tsx';
import { FlagList } from './flag-list.tsx';
import { GrowthSection } from './growth-section.tsx';
import { OverviewAudience } from './overview-audience.tsx';
import { OverviewComments } from './overview-comments.tsx';
import { PartnershipTable } from './partnership-table.tsx';
import { PeersSection } from './peers-section.tsx';
import { ScoreSection } from './score-section.tsx';
import { usePerson, useVetting } from './use-creator.ts';
import { ValueSection } from './value-section.tsx';
import { VerdictBox } from './verdict-box.tsx';

/** Can this creator be trusted: the score taken apart, the verdicts, and what they rest on. */
export function OverviewPage() {
  const vetting = useVetting();
  return vetting.data === undefined ? null : <Overview report={vetting.data} />;
}

function Overview({ report }: { report: Vetting }) {
  const { data: person } = usePerson();
  const profile = person?.profiles.find((one) => one.id === report.profileId);
  return (
    <>
      <FlagList flags={report.flags} />
      <div className="cols">
        <ScoreSection report={report} />
        <VerdictBox report={report} />
      </div>
      <hr className="vt-rule" />
      <div className="cols even">
        <GrowthSection report={report} stepsMax={3} />
        <PeersSection report={report} />
      </div>
      <hr className="vt-rule" />
      <div className="cols even">
        <OverviewAudience report={report} profile={profile} />
        <OverviewComments report={report} />
      </div>
      <hr className="vt-rule" />
      <PartnershipTable report={report} limit={5} />
      <hr className="vt-rule" />
      <ChecklistSection report={report} />
      <AppealsSection personId={report.personId} />
      <hr className="vt-rule" />
      <ValueSection report={report} />
      <hr className="vt-rule" />
      <CriteriaSection report={report} />
    </>
  );
}
