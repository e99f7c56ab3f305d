import adult from '../../../../models/safety/adult.json' with { type: 'json' };
import alcohol from '../../../../models/safety/alcohol.json' with { type: 'json' };
import drugs from '../../../../models/safety/drugs.json' with { type: 'json' };
import gambling from '../../../../models/safety/gambling.json' with { type: 'json' };
import hate from '../../../../models/safety/hate.json' with { type: 'json' };
import politics from '../../../../models/safety/politics.json' with { type: 'json' };
import profanity from '../../../../models/safety/profanity.json' with { type: 'json' };
import selfHarm from '../../../../models/safety/self_harm.json' with { type: 'json' };
import tobacco from '../../../../models/safety/tobacco.json' with { type: 'json' };
import violence from '../../../../models/safety/violence.json' with { type: 'json' };
import { type SafetyCategory, safetyCategorySchema } from '../api.ts';
import type { SafetyWords } from '../rules/safety-matcher.ts';

export interface ShippedList extends SafetyWords {
  category: SafetyCategory;
  title: string;
  credit: string;
}

/** The lists that ship, one a category. */
export const shippedLists: readonly ShippedList[] = [
  adult,
  alcohol,
  tobacco,
  drugs,
  gambling,
  violence,
  selfHarm,
  hate,
  profanity,
  politics,
].map((list) => ({ ...list, category: safetyCategorySchema.parse(list.category), needs: list.needs }));

/** The newest of their versions; bump one with every change of a list. */
export const shippedVersion =
  shippedLists
    .map((list) => list.version)
    .sort()
    .at(-1) ?? '';
