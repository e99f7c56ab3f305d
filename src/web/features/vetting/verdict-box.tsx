import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Vetting } from '#modules/vetting/api.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatDecimal, formatShare } from '#web/ui/format-number.ts';
import { formatDate, formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { meaningOf, rate, scoredRate, verdictLooks } from './words.ts';

/** The machine's verdict with its rule, the person's with its reason, and the facts one asks for first. */
export function VerdictBox({ report }: { report: Vetting }) {
  const [isOpen, setOpen] = useState(false);
  const mayDecide = useCan('vetting:write');
  const { timeZone } = useWorkspace();
  const machine = verdictLooks[report.verdict];
  const person = report.verdicts.find((verdict) => verdict.point === 'overall');
  return (
    <aside className="vt-verdict" aria-label="Verdict">
      <h2>Verdict</h2>
      <div className="vt-vd">
        <span className="meta">Machine</span>
        <div>
          <VerdictTag verdict={machine.verdict}>{machine.word}</VerdictTag>
          <p>{report.rule.text}</p>
          <p className="meta">
            rules {report.rulesVersion}
            {report.weightsVersion ? `, your points ${report.weightsVersion}` : ''}, checked{' '}
            {formatWhen(report.checkedAt)}
            {report.dataAt === null ? ', nothing observed' : `, data of ${formatDate(report.dataAt)}`}
          </p>
        </div>
      </div>
      <div className="vt-vd">
        <span className="meta">Person</span>
        {person === undefined ? (
          <p className="ink-2">Nobody has decided yet.</p>
        ) : (
          <div>
            <VerdictTag verdict={verdictLooks[person.verdict].verdict}>{verdictLooks[person.verdict].word}</VerdictTag>
            <p>“{person.reason}”</p>
            <p className="meta vt-who">
              <Avatar id={person.decidedBy} name={person.decidedBy} size={20} kind="initials" /> {person.decidedBy},{' '}
              <time title={formatDateTime(person.decidedAt, timeZone)}>{formatWhen(person.decidedAt)}</time>
            </p>
          </div>
        )}
      </div>
      <Button fullWidth onClick={() => setOpen(true)} disabled={!mayDecide}>
        {person === undefined ? 'State a verdict' : 'Change verdict'}
      </Button>
      {!mayDecide && <p className="meta">Your role may read verdicts, not state them.</p>}
      <Facts report={report} />
      <AppLink to="/creators/$personId/history" params={{ personId: report.personId }} className="meta">
        All verdicts and earlier reports
      </AppLink>
      <DecideDialog isOpen={isOpen} onClose={() => setOpen(false)} personId={report.personId} point="overall" />
    </aside>
  );
}

function Facts({ report }: { report: Vetting }) {
  const scored = scoredRate(report);
  const level = report.signals.find((signal) => signal.name === 'engagement_level');
  const { content, partnerships } = report;
  const postsMeaning = {
    formula: '(dated posts - 1) / weeks between the first and the last',
    n: `${content.stored} posts on record`,
  };
  return (
    <dl className="vt-facts">
      <div>
        <dt>Confidence</dt>
        <dd>
          <Figure
            label="Confidence"
            value={report.confidence == null ? null : formatShare(report.confidence, 0)}
            unit="of the weight is known"
            meaning={{ formula: 'points of known signals / points of all signals that could be asked' }}
          />
        </dd>
      </div>
      <div>
        <dt>{scored?.title ?? 'Engagement'}</dt>
        <dd>
          <Figure
            label={scored?.title ?? 'Engagement'}
            value={scored?.median == null ? null : rate(scored.median)}
            meaning={
              level === undefined ? postsMeaning : { ...meaningOf(level), formula: scored?.formula ?? level.formula }
            }
          />
        </dd>
      </div>
      <div>
        <dt>Posts a week</dt>
        <dd>
          <Figure
            label="Posts a week"
            value={content.postsPerWeek === null ? null : formatDecimal(content.postsPerWeek, 1)}
            meaning={postsMeaning}
            missing="not enough data"
          />
        </dd>
      </div>
      <div>
        <dt>Posts measured</dt>
        <dd>
          <Figure
            label="Posts measured"
            value={formatCompact(content.measured)}
            {...(content.stated !== null && { unit: `of ${formatCompact(content.stated)} ever made` })}
            meaning={{ formula: 'posts on record with likes or views', n: `${content.stored} posts on record` }}
          />
        </dd>
      </div>
      <div>
        <dt>Ads found</dt>
        <dd>
          <Figure
            label="Ads found"
            value={partnerships.searched === 0 ? null : String(partnerships.found)}
            unit={`of ${partnerships.searched} posts`}
            meaning={{
              formula: 'posts with a platform label, a disclosure tag, wording, code or link of a deal',
              n: `${partnerships.searched} posts with a caption or label`,
            }}
            missing="no captions"
          />
        </dd>
      </div>
    </dl>
  );
}
