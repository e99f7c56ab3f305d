// A tile for each country, all of one size, roughly where it lies: small countries are as easy to see as large ones.
const rows = [
  '-- -- -- -- -- -- -- GL -- -- -- -- IS NO SE FI -- -- -- RU -- -- -- -- -- -- --',
  '-- CA -- -- -- -- -- -- -- -- FO IE GB DK EE LV LT BY -- -- KZ -- MN -- -- -- --',
  '-- US -- -- -- BM -- -- -- -- IM BE NL DE PL CZ SK UA MD -- UZ KG -- -- KP JP --',
  '-- MX -- BS TC -- -- -- -- GG JE FR LU CH LI AT HU RO GE AM TM TJ CN -- KR -- --',
  '-- GT BZ CU HT DO PR VI -- -- PT AD MC IT SI HR RS BG TR AZ AF PK NP BT TW -- --',
  '-- SV HN JM KY -- KN AG GP -- ES GI MT SM VA BA ME MK SY IR IQ -- IN BD MM LA HK',
  '-- -- NI -- -- AW DM LC MQ -- -- -- -- -- XK AL GR CY LB IL JO KW -- LK TH VN MO',
  '-- -- CR PA CW GD VC BB -- MA DZ TN LY EG -- -- -- PS SA BH QA AE MV MY KH PH --',
  '-- -- -- CO VE TT GY SR GF EH MR ML NE TD SD ER YE OM -- -- -- SG BN -- PW GU --',
  '-- -- -- EC PE BR -- -- CV SN GM BF NG CF SS ET DJ SO -- -- -- ID TL PG FM MH --',
  '-- -- -- BO PY UY -- -- -- GW SL CI GH CM UG KE RW -- SC -- -- -- AU -- NR KI --',
  '-- -- -- CL AR -- -- -- -- GN LR TG BJ GA CD TZ BI MW KM -- -- -- NC VU SB TV --',
  '-- -- -- FK -- -- -- -- -- -- -- ST GQ CG AO ZM ZW MZ MG MU -- -- NZ FJ TO WS --',
  '-- -- -- -- -- -- -- -- -- -- -- -- -- -- NA BW SZ LS YT RE -- -- -- PF CK AS --',
  '-- -- -- -- -- -- -- -- -- -- -- -- -- -- -- ZA -- -- -- -- -- -- -- -- -- -- --',
];

export interface Tile {
  country: string;
  column: number;
  row: number;
}

/** Countries by their two letters, with column and row from 0. */
export const worldTiles: readonly Tile[] = rows.flatMap((line, row) =>
  line.split(' ').flatMap((country, column) => (country === '--' ? [] : [{ country, column, row }])),
);
export const worldColumns = 27;
export const worldRows = rows.length;
