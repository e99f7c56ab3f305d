import { readCountry } from './read-text.ts';

/** A town or other place with its position in degrees, where it is known. */
export interface StatedPlace {
  name: string;
  lat: number | null;
  lon: number | null;
}

/** Finds the most populous town of a name, in a country when one is named. */
export type LocateTown = (
  name: string,
  country: string | null,
) => { name: string; country: string; lat: number; lon: number } | null;

/** Where a person lives: the town stated, with its position when the town is known. Without a town there is no home to measure from. */
export function homeOf(
  person: { city: string | null; country: string | null },
  locate: LocateTown,
): StatedPlace | null {
  const name = person.city?.trim() ?? '';
  if (name === '') return null;
  const town = locate(name, person.country?.trim() || null);
  return { name, lat: town?.lat ?? null, lon: town?.lon ?? null };
}

/**
 * A place tagged in a post. Its own position stands; a text that is the name of a town alone, or of a town and its country ("Leipzig, Germany"), gets
 * the town's; a café or a beach keeps its name and no position.
 */
export function postPlaceOf(place: StatedPlace, locate: LocateTown): StatedPlace {
  if (place.lat !== null && place.lon !== null) return place;
  const parts = place.name.split(',').map((part) => part.trim());
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  const country = parts.length > 1 ? readCountry(last) : null;
  if (parts.length > 3 || (parts.length > 1 && country === null)) return place;
  const town = locate(first, country);
  return town === null ? place : { name: place.name, lat: town.lat, lon: town.lon };
}
