/** Words that turn, strengthen or weaken what follows them, by language; folded as `foldWord` does. */
export interface ValenceGrammar {
  negators: ReadonlySet<string>;
  /** Share by which the next feeling word counts more or less. */
  boosters: ReadonlyMap<string, number>;
  /** What stands behind these counts more than what stood before. */
  turns: ReadonlySet<string>;
}

const grammar = (negators: string, strong: string, weak: string, turns: string): ValenceGrammar => ({
  negators: new Set(negators.split(' ')),
  boosters: new Map([
    ...strong.split(' ').map((word) => [word, 0.293] as const),
    ...weak.split(' ').map((word) => [word, -0.293] as const),
  ]),
  turns: new Set(turns.split(' ')),
});

/** English negators, boosters and the strength 0.293 after Hutto and Gilbert 2014 (VADER); the other languages by hand. */
export const grammars: Readonly<Record<string, ValenceGrammar>> = {
  en: grammar(
    "not no never none nobody nothing neither nor nowhere cannot cant can't dont don't doesnt doesn't didnt didn't isnt isn't arent aren't aint ain't wasnt wasn't werent weren't wont won't wouldnt wouldn't couldnt couldn't shouldnt shouldn't hasnt hasn't havent haven't hadnt hadn't without rarely seldom hardly despite lack lacks lacking",
    'absolutely amazingly awfully completely considerably decidedly deeply effing enormously entirely especially exceptionally extremely fabulously flipping freaking fricking frickin friggin fully fucking fuckin greatly hella highly hugely incredibly intensely majorly more most particularly purely quite really remarkably so soo substantially thoroughly totally tremendously uber unbelievably unusually utterly very super such insanely literally damn af asf bloody',
    'almost barely kinda kindof less little marginally occasionally partly scarcely slightly somewhat sorta sortof meh bit',
    'but however though although yet except',
  ),
  de: grammar(
    'nicht nich net nie niemals kein keine keinen keinem keiner keines nichts nirgends weder ohne kaum',
    'sehr mega super so soo total voll echt richtig extrem absolut unglaublich wirklich besonders krass ziemlich irre wahnsinnig hammer ultra uebelst',
    'etwas bisschen wenig leicht fast eher einigermassen halbwegs',
    'aber doch jedoch allerdings trotzdem leider sondern',
  ),
  fr: grammar(
    "ne pas jamais rien aucun aucune ni sans guere non n'est n'ai n'a c'est_pas plus_jamais",
    'tres trop super hyper vraiment tellement si ultra grave carrement archi extremement absolument plus tout totalement',
    'peu assez presque legerement moins quasi',
    'mais cependant pourtant toutefois malgre',
  ),
  es: grammar(
    'no nunca jamas nada nadie ningun ninguna ninguno ni sin tampoco',
    'muy mucho mucha super tan re mega mas demasiado bastante totalmente increiblemente realmente absolutamente extremadamente bien que todo',
    'poco algo casi menos apenas medio',
    'pero sino aunque embargo',
  ),
  it: grammar(
    'non mai niente nulla nessuno nessuna ne senza neanche nemmeno neppure no mica',
    'molto molta tanto tanta troppo davvero proprio super cosi assolutamente veramente estremamente piu tutto che',
    'poco un_po quasi abbastanza meno leggermente appena',
    'ma pero tuttavia invece anche_se',
  ),
  pt: grammar(
    'nao n nunca jamais nada ninguem nenhum nenhuma nem sem num',
    'muito muita mto mt mta demais super tao bem mega totalmente realmente extremamente mais bastante que',
    'pouco quase meio menos algo levemente',
    'mas porem contudo entretanto so_que',
  ),
  ar: grammar(
    'لا ليس ليست لم لن ما مش مو مب غير بدون ولا مافي ماله موب مهو بلا عمره',
    'جدا كتير كثير اوي قوي مره مرره للغايه اكثر فعلا والله جد',
    'شوي شويه قليل تقريبا نوعا',
    'لكن بس ولكن رغم',
  ),
  hi: grammar(
    'नहीं नही न मत ना बिना nahi nahin nhi mat na nai bina',
    'बहुत बड़ा सबसे काफी bahut bohot bhot bahot kaafi itna itni sabse ekdum full',
    'थोड़ा कम thoda kam',
    'लेकिन मगर पर par lekin magar',
  ),
};
