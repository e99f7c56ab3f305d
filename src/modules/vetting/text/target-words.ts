const list = (words: string) => words.split(' ').map((word) => word.replaceAll('_', ' '));

/** Words that tell whom a comment is aimed at, in eight languages, by hand; folded as `foldWord` does. A pair is joined by _. */
export const targetWords = {
  /** Of what is sold, and of those who sell it. */
  product: new Set([
    ...list(
      'product products item service delivery shipping shipped parcel quality price priced overpriced refund app website company order ordered packaging formula ingredients restock stock discount mascara serum moisturizer moisturiser foundation lipstick shampoo conditioner perfume fragrance battery warranty customer_service your_company your_products your_product this_brand the_brand price_tag customer_support their_products this_company these_people cruelty_free sold_out ship_to worth_it in_stock expensive pricey cream serum scam scammers waste_of buy_it buying_it works_wonders this_stuff the_stuff broke_me',
    ),
    ...list(
      'produkt produkte qualitaet lieferung versand preis firma bestellung bestellt bestellen paket kundenservice kundendienst rabatt rabattcode gutschein inhaltsstoffe geliefert kostet ueberteuert wimperntusche eure_firma euer_produkt eure_produkte teuer zu_teuer creme hilft_gar hilft_nicht wirkt_nicht haelt_nicht liefert_ihr lieferbar geldverschwendung abzocke',
    ),
    ...list(
      'produit produits livraison colis qualite prix commande remboursement reduction ingredients_du sav coute commander commandee service_client code_promo votre_marque vos_produits rembourser cher trop_cher chere creme arnaque livrez ne_marche marche_pas ne_fonctionne',
    ),
    ...list(
      'producto productos envio calidad precio pedido reembolso descuento cuesta empresa atencion servicio envian envios servicio_al atencion_al su_producto sus_productos la_marca esta_marca caro carisimo crema no_sirve no_funciona no_compren estafa hacen_envios',
    ),
    ...list(
      'prodotto prodotti spedizione qualita prezzo ordine pacco rimborso sconto costa azienda assistenza ordinato spedite servizio_clienti i_vostri vostro_prodotto questa_marca codice_sconto caro costoso crema siero non_funziona truffa soldi_buttati',
    ),
    ...list(
      'produto produtos entrega qualidade preco encomenda reembolso desconto cupom custa empresa atendimento frete propaganda_enganosa essa_marca da_marca a_marca caro creme nao_funciona nao_presta golpe entregam',
    ),
    ...list(
      'منتج المنتج منتجات المنتجات منتجاتكم خدمه الخدمه توصيل التوصيل جوده الجوده متجر المتجر سعر السعر سعره الشركه شركه الطلب طلبيه الشحن غالي غاليه نصب',
    ),
    ...list(
      'product_ki brand_ki price kimat service_bahut quality_bahut delivery_nahi प्रोडक्ट सर्विस डिलीवरी कीमत कंपनी ब्रांड क्वालिटी महंगा mehnga mehenga',
    ),
  ]),
  /** A maker asked for ("what brand is it?"): of the brand unless somebody is addressed. */
  maker: new Set(list('brand marke hersteller marque boutique marca tienda marchio negozio loja')),
  /** Of the person: how they look, what they do, names of affection. */
  creator: new Set([
    ...list(
      'babe bae queen king girly gurl bro bruh dude hun hunny honey sis goddess cutie angel legend darling sweetheart sweetie handsome inspiration idol influencer unfollow unfollowing unfollowed follower followers sellout proud_of congrats congratulations your_hair your_smile your_eyes your_outfit your_content your_videos your_video your_page your_feed your_photos your_style your_account your_stories your_story your_post your_posts your_family your_baby your_wedding love_you miss_you',
    ),
    ...list(
      'maus suesse huebsche huebscher schatz liebes hase engel traumfrau vorbild dein_outfit deine_haare dein_laecheln dein_look dein_content deine_videos dein_profil deine_stories dein_kleid dein_stil du_bist du_siehst steht_dir entfolgt entfolge laecheln augen haare',
    ),
    ...list(
      'cherie ma_belle ma_cherie coeur ma_reine deesse ton_look ta_tenue tes_cheveux ton_sourire tes_yeux tes_videos ton_compte ta_robe ton_style tu_es te_va desabonne sourire ravissante canon',
    ),
    ...list(
      'reina guapa guapo preciosa hermosa bella mi_amor diosa amiga linda guapisima bellisima tu_pelo tu_sonrisa tus_ojos tu_look tu_contenido tus_videos tu_cuenta tu_estilo eres_la te_queda te_ves eres_una sonrisa ojos te_amo te_adoro te_quiero',
    ),
    ...list(
      'tesoro amore bella bellissima stupenda splendida meravigliosa principessa dea sei_bellissima sei_stupenda i_tuoi tuoi_capelli tuo_sorriso tuo_look tuoi_video tuo_profilo tuo_stile ti_sta ti_adoro ti_amo sei_una sei_la sorriso occhi bravissima',
    ),
    ...list(
      'linda lindo gata gato diva musa rainha maravilhosa princesa amiga deusa perfeita seu_cabelo seu_sorriso seus_olhos seu_look seus_videos seu_perfil seu_conteudo te_amo voce_e vc_e sorriso olhos lindissima blogueira arrasou',
    ),
    ...list(
      'حبيبتي حبيبي قمر جميله حلوه ملكه منوره عسل انت انتي شعرك عيونك ابتسامتك محتواك فستانك صورك احبك بحبك اطلالتك',
    ),
    ...list('didi bhai yaar jaan sundari bhabhi tumhari aapki aapka tumhare aapke दीदी भाई सुंदरी आपकी आपका तुम्हारी'),
  ]),
  /** Being addressed: whoever the comment opens with, else the creator. */
  address: new Set(
    list(
      "you your yours you're youre you've you'll ur u yall y'all du dich dir dein deine deinen deinem deiner tu toi te ton ta tes t'es vous votre vos ti tuo tua tuoi tue eres tus usted usas haces hiciste compraste tienes puedes usi hai fai sei utilises fais voce vc voces seu sua seus suas aap tum tera teri aapne tumne आप तुम",
    ),
  ),
} as const;
