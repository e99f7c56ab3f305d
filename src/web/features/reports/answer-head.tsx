import { Button } from '@mantine/core';
import { IconFileTypePdf, IconPrinter, IconTableExport } from '@tabler/icons-react';
import { type CampaignReport, exportCampaignCsv, exportCampaignPdf } from '#modules/reports/api.ts';
import { useDownload } from '#web/api/use-download.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { percentOn } from '#web/ui/mark-style.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { sayFailed } from '#web/ui/say.ts';

/** What it brought, in one sentence, with the return on a scale. */
export function AnswerHead({ report }: { report: CampaignReport }) {
  const { campaign, answer } = report;
  return (
    <header className="results-head">
      <div className="spread results-bar">
        <div>
          <p className="meta">
            Results, {formatDate(campaign.startsOn)} to {formatDate(campaign.endsOn)}, counted to{' '}
            {formatDate(report.today)}
          </p>
          <p className="results-name">
            <b>{campaign.name}</b>
          </p>
        </div>
        <Exports campaignId={campaign.id} name={campaign.name} />
      </div>
      <h2 className="results-answer">
        {answer.parts.map((part) => {
          if (part.look === 'plain') return part.text;
          return (
            <b key={part.text} className={part.look === 'key' ? 'results-key' : undefined}>
              {part.text}
            </b>
          );
        })}
        <sup>
          <a href="#note-return" aria-label="1, how return is counted">
            1
          </a>
        </sup>
      </h2>
      <div className="results-sub">
        <ReturnScale report={report} />
        {answer.remarks.length > 0 && <p className="ink-2">{answer.remarks.join(' ')}</p>}
      </div>
    </header>
  );
}

function ReturnScale({ report }: { report: CampaignReport }) {
  const { value, interval } = report.returns.roas;
  if (value === null) return null;
  const low = interval?.low ?? value;
  const high = interval?.high ?? value;
  const top = Math.max(2, Math.ceil(high * 1.25));
  const left = (at: number) => ({ left: `${percentOn(at, 0, top)}%` });
  const isNearOne = Math.abs(value - 1) / top < 0.14;
  return (
    <div className="results-scale">
      <RangeMark
        label={`Return ${value.toFixed(2)}${interval === null ? '' : `, interval ${low.toFixed(2)} to ${high.toFixed(2)}`}`}
        value={value}
        low={low}
        high={high}
        scale={[0, top]}
        target={1}
        look={value < 1 ? 'bad' : 'plain'}
      />
      <div className="results-ticks meta" aria-hidden="true">
        <span style={left(0)}>0</span>
        {!isNearOne && <span style={left(1)}>1, money back</span>}
        <span style={left(value)} className={value < 1 ? 'bad' : 'accent'}>
          <b>{value.toFixed(2)}</b>
        </span>
        <span style={left(top)} className="last">
          {top}
        </span>
      </div>
    </div>
  );
}

function Exports({ campaignId, name }: { campaignId: string; name: string }) {
  const csv = useDownload(exportCampaignCsv);
  const pdf = useDownload(exportCampaignPdf);
  const failed = (error: unknown) => sayFailed('Not exported', error);
  return (
    <div className="row noprint">
      <Button
        size="xs"
        leftSection={<IconTableExport size={15} stroke={1.6} aria-hidden />}
        loading={csv.isRunning}
        onClick={() => csv.start({ campaignId }, `${name}.csv`).catch(failed)}
      >
        CSV
      </Button>
      <Button
        size="xs"
        leftSection={<IconFileTypePdf size={15} stroke={1.6} aria-hidden />}
        loading={pdf.isRunning}
        onClick={() => pdf.start({ campaignId }, `${name}.pdf`).catch(failed)}
      >
        PDF
      </Button>
      <Button
        size="xs"
        variant="filled"
        leftSection={<IconPrinter size={15} stroke={1.6} aria-hidden />}
        onClick={() => window.print()}
      >
        Print
      </Button>
    </div>
  );
}
