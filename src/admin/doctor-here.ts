import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { type Finding, runDoctor } from './doctor.ts';

/** Looks at the installation that this environment names, beside a running server or alone; changes nothing. */
export function runDoctorHere(env: Record<string, string | undefined>): Promise<Finding[]> {
  return runDoctor(readConfig(env), createLogger('error'));
}
