import { wordEncoder } from '../../src/modules/discovery/match/encoder.ts';

/** The vectors pass for those of the encoder in use: those of another one would be made anew while the bench measures. */
export const benchModel = wordEncoder().name;
