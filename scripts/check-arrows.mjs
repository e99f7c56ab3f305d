// Checks the arrows between folders with dependency-cruiser. A run that read no file fails: some versions of TypeScript
// make the tool find nothing and exit 0.
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import configuration from '../.dependency-cruiser.cjs';

const { forbidden, options } = configuration;
const tsConfig = extractTSConfig('tsconfig.json');
const { output } = await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true }, undefined, {
  tsConfig,
});
const { summary } = output;
for (const violation of summary.violations) {
  const cycle = violation.cycle?.map((step) => step.name).join(' -> ');
  console.error(`${violation.rule.name}: ${violation.from} -> ${cycle ?? violation.to}`);
}
console.error(
  `${summary.totalCruised} files, ${summary.totalDependenciesCruised} arrows, ${summary.violations.length} against the rules`,
);
if (summary.totalCruised === 0) console.error('No file was read: check the TypeScript version.');
process.exit(summary.violations.length > 0 || summary.totalCruised === 0 ? 1 : 0);
