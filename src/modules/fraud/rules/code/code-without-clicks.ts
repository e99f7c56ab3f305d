import { poissonAtLeast } from '../tails.ts';
import { figure, hit, type TrafficRule, unknown } from '../verdict.ts';

export const codeWithoutClicks: TrafficRule = {
  name: 'code-without-clicks',
  version: 1,
  scope: 'code',
  severity: 'high',
  points: 40,
  mode: 'watch',
  title: 'A code is used without any visit',
  explains:
    'Uses without a click of the creator are three times what the history of the code makes expect (by less than one chance in ten thousand), while their clicks did not rise with them: the code is out.',
  needs: '14 days of history of the code',
  judge: ({ codeLoneUses, codeLoneExpected, clickRise }) => {
    if (codeLoneExpected === null)
      return codeLoneUses === 0 ? null : unknown('The code has less than 14 days of history.');
    if (
      codeLoneUses < 8 ||
      codeLoneUses < codeLoneExpected * 3 ||
      poissonAtLeast(codeLoneUses, codeLoneExpected) >= 1e-4
    )
      return null;
    // A post that does well brings clicks along with uses; a leak does not.
    const rise = codeLoneUses / Math.max(1, codeLoneExpected);
    if (clickRise !== null && clickRise >= rise * 0.4) return null;
    return hit(
      `${codeLoneUses} uses without a click in 7 days; its history makes expect ${codeLoneExpected.toFixed(1)}.`,
      [
        figure(
          clickRise === null ? 'clicks before are not known' : `clicks ${clickRise.toFixed(1)} times as many as before`,
        ),
      ],
      { weight: clickRise === null ? 0.7 : 1 },
    );
  },
};
