import { describe, expect, it } from 'vitest';
import { aSubject, context, now, posts } from '../rules/a-subject.ts';
import { computeReport } from '../rules/compute-report.ts';
import { reportPage } from '../rules/report-page.ts';
import { setReportPdf } from './set-report-pdf.ts';

const pageOf = (handle: string, caption: string) => {
  const subject = aSubject({
    profile: { platform: 'instagram', handle, bio: null, category: null, isPrivate: false },
    posts: posts(12, (at) => (at === 2 ? { caption, mentions: ['@kettlemoth'] } : {})),
  });
  const identity = { computedAt: now, checkedAt: now };
  return reportPage(
    { ...computeReport(subject, context), ...identity },
    { creatorName: 'Nell Thistlewick', workspaceName: 'Oatwhistle', verdicts: [] },
  );
};
const text = (pdf: Buffer) => pdf.toString('latin1');

describe('the PDF of a report', () => {
  it('is PDF/UA-1 by the setter’s own strict check, not only tagged', () => {
    const pdf = text(setReportPdf(pageOf('nell', '#ad Šárka’s žitný chléb, für 3 € — “so good”')));

    expect(pdf).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
    expect(pdf).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/);
    expect(pdf).toMatch(/\/Lang\s*\(en/);
  });

  it('keeps the tags and does not claim the norm where a letter has no font here', () => {
    const pdf = text(setReportPdf(pageOf('nell', '#ad ꧁ ཨོཾ ꧂')));

    expect(pdf).not.toContain('pdfuaid:part');
    expect(pdf).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/);
  });
});
