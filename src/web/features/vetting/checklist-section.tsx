import { Button } from '@mantine/core';
import { useState } from 'react';
import { type Point, pointNames, type Report, type Vetting } from '#modules/vetting/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Checklist, type ChecklistItem } from '#web/ui/checklist.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { verdictLooks } from './words.ts';

const states: Record<Report['points'][number]['state'], ChecklistItem['state']> = {
  good: 'met',
  mixed: 'warn',
  bad: 'failed',
  unknown: 'open',
};

const pages: Record<Point, string> = {
  engagement_quality: '/creators/$personId/engagement',
  audience_authenticity: '/creators/$personId/audience',
  past_partnerships: '/creators/$personId/partnerships',
  content_consistency: '/creators/$personId/content',
  brand_alignment: '/creators/$personId/content',
};

/** The five points a careful marketer checks: what the rules found, and what a person decided. */
export function ChecklistSection({ report }: { report: Vetting }) {
  const [point, setPoint] = useState<Point | null>(null);
  const mayDecide = useCan('vetting:write');
  const decided = report.points.filter((one) => report.verdicts.some((verdict) => verdict.point === one.point)).length;
  const items = report.points.map((one): ChecklistItem => {
    const verdict = report.verdicts.find((candidate) => candidate.point === one.point);
    return {
      id: one.point,
      state: states[one.state],
      title: pointNames[one.point],
      note: <Note report={report} point={one.point} text={one.text} />,
      action: (
        <span className="vt-decide">
          {verdict !== undefined && (
            <span title={`${verdict.reason} (${verdict.decidedBy}, ${formatWhen(verdict.decidedAt)})`}>
              <VerdictTag verdict={verdictLooks[verdict.verdict].verdict}>
                {verdictLooks[verdict.verdict].word}
              </VerdictTag>
            </span>
          )}
          <Button
            size="xs"
            disabled={!mayDecide}
            onClick={() => setPoint(one.point)}
            aria-label={`${verdict === undefined ? 'Decide' : 'Change'}: ${pointNames[one.point]}`}
          >
            {verdict === undefined ? 'Decide' : 'Change'}
          </Button>
        </span>
      ),
    };
  });
  return (
    <Section
      title="Checklist"
      note="what the rules found; the verdict on each point is yours"
      end={<span className="meta">{decided} of 5 decided</span>}
    >
      <Checklist label="Five points to check" items={items} />
      <DecideDialog
        key={point ?? ''}
        isOpen={point !== null}
        onClose={() => setPoint(null)}
        personId={report.personId}
        point={point ?? 'overall'}
      />
    </Section>
  );
}

function Note({ report, point, text }: { report: Vetting; point: Point; text: string }) {
  const verdict = report.verdicts.find((candidate) => candidate.point === point);
  return (
    <>
      {text.endsWith('.') ? text : `${text}.`}{' '}
      {point === 'brand_alignment' && !report.hasBrandProfile ? (
        <AppLink to="/brand-profile">Fill in the brand profile</AppLink>
      ) : (
        <AppLink to={pages[point]} params={{ personId: report.personId }}>
          Evidence
        </AppLink>
      )}
      {verdict !== undefined && (
        <span className="vt-reason">
          “{verdict.reason}” {verdict.decidedBy}
        </span>
      )}
    </>
  );
}
