// Words of ten languages that say what stands near them. An entry with an underscore is two words
// in a row.
#include "profile/personal/words.h"

namespace bottega {

// clang-format off
const std::vector<WordList>& WordLists() {
  static const std::vector<WordList> lists = {
      {kTitle, "",
       "mr mrs ms miss mister dr prof professor herr frau fraulein monsieur madame "
       "mademoiselle mme mlle sr sra srta senor senora senorita don dona sig sigra signor "
       "signora signore dott dottore dottssa avv mevrouw meneer dhr mevr pan* pani senhor "
       "senhora exmo fru hr froken"},
      {kParticle, "",
       "van von der den de del della dello di da dos das du la le bin ibn al el ter ten zu "
       "zum y e af av san"},
      {kOrganization, "",
       "hospital university college school institute clinic center centre bank inc ltd llc "
       "gmbh ag sa spa corp corporation company co group foundation church cathedral museum "
       "airport stadium station park prize award theorem law effect disease syndrome method "
       "test index distribution algorithm street avenue road lane drive boulevard square "
       "bridge hotel restaurant brewery brewing county city town village island lake river "
       "mountain mountains bay beach valley theater theatre library press news times "
       "festival league cup united fc club association society union party act movie film "
       "show band album song award awards medical memorial health services system systems "
       "department agency ministry studios pictures records books universitat hochschule "
       "krankenhaus klinikum schule kirche universite hopital ecole universidad escuela "
       "universita ospedale scuola universiteit ziekenhuis universidade uniwersytet szpital "
       "szkola universitet sjukhus stadt comune ayuntamiento trust holdings partners "
       "associates brothers sons"},
      {kNoName, "",
       "i the a an and or of in on at to for from by with is are was were be been he she it "
       "we they you his her its our their my your this that these those not no but if then "
       "else when where why how what which who whom monday tuesday wednesday thursday "
       "friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag "
       "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves "
       "viernes domingo sir madam all everyone team there here yes please thanks thank "
       "hello hi dear customer friend friends user client patient kunde kundin der die das "
       "ein eine und oder ist sind ich wir sie er es ihr le la les un une et ou est sont je "
       "nous vous il elle el los las una y o es son yo usted nosotros lo gli e ed o io noi "
       "lei lui het een en of ik wij jij u ze o os as um uma e ou eu i oraz jest ja my ona "
       "on och eller jag vi han hon den det english german french spanish italian dutch "
       "american british european christmas easter internet web email phone tel fax id no "
       "nr ref order invoice number date name street god lord king queen president minister "
       "senator general captain colonel doctor north south east west new old great sao san santa santo saint st sao san santa santo "
       "please regards best kind sincerely"},
      {kStreetLast, "",
       "street st avenue ave road rd lane ln drive dr boulevard blvd court ct place pl "
       "square sq way terrace ter close crescent cres highway hwy parkway pkwy circle cir "
       "trail trl gardens grove mews hill row walk alley turnpike pike plaza"},
      {kStreetFirst, "",
       "rue avenue boulevard bd chemin impasse allee allees quai route cours via viale "
       "piazza piazzale corso vicolo largo strada calle avenida avda plaza paseo carrer "
       "carretera ronda camino rua travessa praca alameda rodovia ulica ul aleja aleje al "
       "plac pl osiedle os"},
      {kMonth, "",
       "january february march april may june july august september october november "
       "december"},
      {kMonth, "",
       "jan feb mar apr may jun jul aug sep oct nov dec"},
      {kMonth, "",
       "januar februar marz april mai juni juli august september oktober november dezember"},
      {kMonth, "",
       "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
       "decembre"},
      {kMonth, "",
       "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
       "diciembre"},
      {kMonth, "",
       "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
       "novembre dicembre"},
      {kMonth, "",
       "januari februari maart april mei juni juli augustus september oktober november "
       "december"},
      {kMonth, "",
       "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro "
       "dezembro"},
      {kMonth, "",
       "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika "
       "listopada grudnia"},
      {kMonth, "",
       "januari februari mars april maj juni juli augusti september oktober november "
       "december"},
      {kNameFollows, "",
       "name_is named_is i_am im_called ich_heisse heisse_ich mein_name_ist name_ist "
       "appelle nom_est llamo nombre_es chiamo nome_e mijn_naam naam_is heet_ik "
       "ik_heet nazywam_sie imie_nazwisko nazywam chamo nome_e me_chamo heter namn_ar dear "
       "cher chere liebe lieber geehrter geehrte querido querida estimado estimada caro "
       "cara gentile beste geachte szanowny szanowna drogi droga kara basta hej signed "
       "unterzeichnet gruss gruesse cordialement atentamente saluti groeten "
       "pozdrawiam atenciosamente halsningar"},
      {kSaysName, "",
       "patient patientin client cliente kunde kundin customer employee mitarbeiter "
       "mitarbeiterin passenger contact kontakt ansprechpartner name nom nombre nome naam "
       "namn nazwisko imie surname lastname firstname forename vorname nachname prenom "
       "apellido apellidos cognome achternaam voornaam fornamn efternamn sobrenome insured "
       "policyholder applicant tenant mieter resident beneficiary beneficiario attendee "
       "teacher lehrer nurse manager signatory author full_name first_name last_name "
       "given_name family_name account_holder kontoinhaber titulaire titular intestatario "
       "rekeninghouder"},
      {kSaysPhone, "",
       "phone telephone tel mobile cell cellphone fax call whatsapp sms ring dial phones "
       "telefon telefonnummer handy handynummer mobil mobilnummer rufnummer anrufen ruf "
       "telephone portable appelez joindre telefono telefonino cellulare cell movil celular "
       "llame llamar chiamare chiamami chiama telefoon telefoonnummer mobiel bel bellen gsm "
       "telefonu telefonem komorka komorkowy zadzwon dzwonic telemovel telefone ligue ligar "
       "telefonnummer mobilnummer ring phonenumber phone_number contact_number hotline "
       "voicemail reach_me call_me text_me"},
      {kSaysCard, "",
       "card visa mastercard amex credit debit kreditkarte kreditkartennummer karte carte "
       "bancaire tarjeta credito carta creditcard kaart karta karty kartnummer cartao kort "
       "ccnum cc_number pan_number maestro"},
      {kSaysBank, "",
       "iban bic swift konto kontonummer bankverbindung compte cuenta conto rekening "
       "rekeningnummer konta bank_account account_number"},
      {kSaysBirth, "",
       "born birth birthday birthdate dob geboren geb geburtsdatum geburtstag ne_le nee_le "
       "naissance nacido nacida nacimiento nato nata nascita geboortedatum geboorte nascido "
       "nascida nascimento urodzony urodzona urodzenia urodzen ur fodd fodelsedatum "
       "fodelsedag fodt geburtsjahr birth_date date_birth"},
      {kSaysIp, "",
       "ip ipv4 ipv6 address_ip ip_address adresse_ip direccion_ip ipaddr "
       "client_ip remote_addr host login logged"},
      {kSaysMac, "",
       "mac hwaddr ether bssid ethernet hardware_address mac_address"},
      {kSaysPlace, "",
       "lat latitude lon lng long longitude gps coordinates coordinate coords coord geo "
       "geolocation latlng latlon location located position koordinaten standort "
       "coordonnees coordenadas ubicacion coordinate posizione coordinaten locatie "
       "wspolrzedne coordenadas localizacao koordinater breitengrad langengrad"},
      {kSaysSecret, "",
       "password passwd pwd passphrase secret token apikey api_key access_key secret_key "
       "private_key auth_token bearer authorization credential credentials passwort "
       "kennwort mot_passe contrasena clave senha wachtwoord haslo losenord client_secret "
       "accountkey sharedaccesskey auth"},
      {kSaysPlate, "",
       "plate license_plate licence_plate number_plate registration_plate kennzeichen "
       "nummernschild immatriculation immatriculee plaque matricula targa targata kenteken "
       "kentekenplaat rejestracyjny rejestracyjna rejestracja placa registreringsnummer "
       "regnr vehicle_registration car_registration vrm"},
      {kSaysId, "",
       "id_card identity_card national_id national_identity identity_number "
       "identification_number identification_no personal_number personal_id tax_id "
       "tax_number tax_identification taxpayer passport social_insurance national_insurance "
       "social_security insurance_number ausweis ausweisnummer personalausweis nationalid "
       "natid"},
      {kSaysId, "US",
       "ssn itin social_security"},
      {kSaysId, "GB",
       "nino national_insurance nhs nhs_number"},
      {kSaysId, "IT",
       "codice_fiscale codicefiscale"},
      {kSaysId, "ES",
       "dni nie nif documento_nacional"},
      {kSaysId, "FR",
       "securite_sociale numero_secu insee secu"},
      {kSaysId, "DE",
       "steuer steuerid steueridentifikationsnummer steuernummer steuer_id idnr "
       "sozialversicherungsnummer rentenversicherungsnummer svnr"},
      {kSaysId, "NL",
       "bsn burgerservicenummer sofinummer sofi"},
      {kSaysId, "BE",
       "rijksregisternummer rijksregister insz niss registre_national"},
      {kSaysId, "SE",
       "personnummer samordningsnummer"},
      {kSaysId, "PL",
       "pesel pesele peselu"},
      {kSaysId, "BR",
       "cpf"},
      {kSaysId, "IN",
       "aadhaar aadhar uidai pan_card"},
      {kSaysId, "CA",
       "sin_number social_insurance"},
      {kSaysId, "AU",
       "tfn tax_file medicare"},
      {kSaysId, "PT",
       "nif contribuinte"},
      {kSaysId, "CH",
       "ahv avs oasi "},
      {kSaysId, "DK",
       "cpr cprnr"},
      {kSaysId, "NO",
       "fodselsnummer personnr"},
      {kSaysId, "FI",
       "henkilotunnus hetu"},
      {kSaysId, "IE",
       "pps ppsn"},
      {kSaysId, "CN",
       "shenfenzheng resident_identity"},
      {kSaysId, "ZA",
       "rsa_id"},
      {kSaysId, "TR",
       "tckn kimlik"},
      {kSaysId, "JP",
       "mynumber my_number"},
      {kSaysId, "HR",
       "oib"},
      {kSaysId, "RO",
       "cnp"},
      {kSaysId, "CZ",
       "rodne_cislo"},
      {kSaysId, "MX",
       "curp"},
      {kSaysId, "CL",
       "rut"},
      {kSaysId, "AR",
       "cuil cuit"},
      {kSaysId, "SG",
       "nric"},
      {kSaysId, "HK",
       "hkid"},
      {kSaysId, "KR",
       "rrn"},
      {kSaysId, "BG",
       "egn"},
      {kSaysId, "AT",
       "sozialversicherung"},
      {kSaysOther, "",
       "order orders invoice bestellung bestellnummer rechnung rechnungsnummer auftrag "
       "auftragsnummer commande facture pedido factura ordine fattura bestelling factuur "
       "zamowienie zamowienia faktura bestallning artikel artikelnummer article sku isbn "
       "issn ean gtin upc barcode tracking sendung sendungsnummer shipment parcel colis "
       "ticket case vorgang aktenzeichen batch lot charge lote lotto serial seriennummer "
       "serie matricola model modell part teilenummer version versions ver v build release "
       "firmware revision timestamp unix epoch price preis prix precio prezzo prijs cena "
       "preco pris amount total betrag montant importe importo qty quantity menge "
       "population inhabitants einwohner habitants habitantes abitanti score size bytes "
       "pixels doi arxiv page pages seite chapter section room product produkt produit "
       "producto prodotto item items po reference ref transaction transaktion sensor "
       "measurement value reading oid error code errorcode"},
      {kSaysDigest, "",
       "sha sha1 sha256 sha512 md5 digest checksum hash commit etag fingerprint crc uuid "
       "guid"},
      {kSaysAddress, "",
       "address adresse anschrift direccion domicilio indirizzo adres adresu endereco "
       "adress gatuadress street strasse straat rue via calle lives wohnt wohnhaft habite "
       "vive abita woont mieszka mora bor residing resident"},
      {kSaysId | kCapitalsOnly, "CA", "sin"},
      {kSaysId | kCapitalsOnly, "IT", "cf"},
      {kSaysId | kCapitalsOnly, "FR", "nir"},
  };
  return lists;
}
// clang-format on

}  // namespace bottega
