#include "profile/language_samples.h"

namespace bottega {

std::vector<LanguageSample> EasternSamples() {
  return {
      {"pl",
       "i w nie na się z do to że jest o jak ale po co tak za od jego go już być dla czy tylko "
       "przez "
       "ja był była było są ze jej tym tego ich może jeszcze bardzo kiedy gdy mnie mi ma pan pod "
       "ten "
       "ta te sobie by przed tu my on ona oni nic więc lub oraz nad bo gdzie aby który która które "
       "bez jestem mam",
       R"(Kupiłem ten czajnik trzy tygodnie temu i już nie działa. Ludzie w sklepie byli mili, ale nikt
nie wiedział, kiedy przyjdą nowe. Uznaliśmy, że film był o wiele za długi, chociaż muzyka była piękna.
Powiedziała, że nigdy wcześniej nie była w górach, więc pojechaliśmy tam w pierwszy weekend wiosny. Czy
może mi pan powiedzieć, ile kosztuje odesłanie paczki? Dzieci bawiły się w ogrodzie, podczas gdy ich
babcia czytała gazetę. Według rządu ceny powinny znowu spaść przed końcem roku. Pokój jest dobry, tylko
ulica była głośna przez całą noc. Napisał list do brata i zapytał, czy chce sprzedać dom. Prawie
wszystko, co wiemy o mieście, pochodzi ze starych map i opowieści rybaków. Jeżeli się pani nie podoba,
zawsze można wymienić. Dziękuję bardzo za szybką odpowiedź, wszystko było zgodne z opisem. Lekarz
uważa, że powinna odpoczywać jeszcze tydzień i pić dużo wody. Dzisiaj świeci słońce, ale jutro znowu
będzie padać deszcz. Jedzenie w ogóle nie było smaczne, a obsługa pozostawiała wiele do życzenia;
nigdy tu nie wrócimy. Czekamy na pociąg od siódmej rano, a oni jeszcze śpią.)"},
      {"cs",
       "a se v na je že to s z do o i jako k za by si po ve tak ale pro od jeho které která který "
       "jsou byl bylo byla jsem už jen nebo až při jak co když mě mi ho ještě není má před pod "
       "mezi "
       "také však této tento jsme být bez ani kde pak proto více velmi tam tady nic aby jejich u "
       "ze",
       R"(Tuto konvici jsem koupil před třemi týdny a už nefunguje. Lidé v obchodě byli milí, ale nikdo
nevěděl, kdy přijdou nové. Film se nám zdál příliš dlouhý, i když hudba byla krásná. Říkala, že ještě
nikdy nebyla na horách, a tak jsme tam jeli první jarní víkend. Můžete mi prosím říct, kolik stojí
zaslání balíku zpět? Děti si hrály na zahradě, zatímco jejich babička četla noviny. Podle vlády by ceny
měly do konce roku opět klesnout. Pokoj je dobrý, jenom ulice byla celou noc hlučná. Napsal svému
bratrovi dopis a zeptal se ho, zda chce prodat dům. Téměř všechno, co o městě víme, pochází ze starých
map a vyprávění rybářů. Pokud se vám nelíbí, můžete ho kdykoli vyměnit. Děkuji za rychlou odpověď,
všechno bylo přesně podle popisu. Lékař si myslí, že by měla ještě týden odpočívat a pít hodně vody.
Dnes svítí slunce, ale zítra bude zase pršet. Jídlo vůbec nebylo dobré a obsluha byla pomalá; už se sem
nikdy nevrátíme. Čekáme na vlak od sedmi hodin ráno a oni ještě spí. Přečtěte si pozorně návod.)"},
      {"sk",
       "a sa v na je že to s z do o aj ako k za by si po vo tak ale pre od jeho ktoré ktorá ktorý "
       "sú "
       "bol bolo bola som už len alebo až pri čo keď ma mi ho ešte nie má pred pod medzi tiež však "
       "táto tento sme byť bez ani kde potom preto viac veľmi tam tu nič aby ich u zo",
       R"(Túto kanvicu som kúpil pred tromi týždňami a už nefunguje. Ľudia v obchode boli milí, ale nikto
nevedel, kedy prídu nové. Film sa nám zdal príliš dlhý, hoci hudba bola krásna. Povedala, že ešte nikdy
nebola na horách, a tak sme tam išli prvý jarný víkend. Môžete mi prosím povedať, koľko stojí zaslanie
balíka späť? Deti sa hrali v záhrade, zatiaľ čo ich stará mama čítala noviny. Podľa vlády by mali ceny
do konca roka opäť klesnúť. Izba je dobrá, iba ulica bola celú noc hlučná. Napísal svojmu bratovi list a
spýtal sa ho, či chce predať dom. Takmer všetko, čo o meste vieme, pochádza zo starých máp a príbehov
rybárov. Ak sa vám nepáči, môžete ho kedykoľvek vymeniť. Ďakujem za rýchlu odpoveď, všetko bolo presne
podľa opisu. Lekár si myslí, že by mala ešte týždeň oddychovať a piť veľa vody. Dnes svieti slnko, ale
zajtra bude znova pršať. Jedlo vôbec nebolo dobré a obsluha bola pomalá; už sa sem nikdy nevrátime.)"},
      {"sl",
       "in je v se na da za so z ki pa s bi po ne tudi kot od pri še ali do o sem bil bilo bila ko "
       "kar iz lahko ni samo med že več ga če zelo bo jih sva smo ima vse ter pred kako tako ta to "
       "te njegov ali nas mu jo kaj zato brez pod sta vendar tem",
       R"(Ta grelnik sem kupil pred tremi tedni in že ne deluje več. Ljudje v trgovini so bili prijazni,
vendar nihče ni vedel, kdaj bodo prišli novi. Film se nam je zdel veliko predolg, čeprav je bila glasba
lepa. Rekla je, da še nikoli ni bila v gorah, zato smo šli tja prvi konec tedna spomladi. Mi lahko prosim
poveste, koliko stane vračilo paketa? Otroci so se igrali na vrtu, medtem ko je njihova babica brala
časopis. Po besedah vlade naj bi cene do konca leta spet padle. Soba je dobra, le ulica je bila vso noč
hrupna. Bratu je napisal pismo in ga vprašal, ali želi prodati hišo. Skoraj vse, kar vemo o mestu, izvira
iz starih zemljevidov in zgodb ribičev. Če vam ni všeč, ga lahko vedno zamenjate. Najlepša hvala za hiter
odgovor, vse je bilo točno tako, kot je opisano. Zdravnik meni, da mora počivati še en teden in piti
veliko vode. Danes sije sonce, jutri pa bo spet deževalo. Hrana sploh ni bila dobra in postrežba je bila
slaba; nikoli več se ne bomo vrnili.)"},
      {"hr",
       "i je u se na da za su s od koji koja koje a o kao ne ili to iz bi sam bio bilo bila po što "
       "do "
       "ali nije sa samo više kako može još smo te pri tako već vrlo će ga mu joj ima sve njegov "
       "između nakon prije kada gdje jer bez biti ako mi ti ovaj ova ovo tu nema ni zbog",
       R"(Kupio sam ovo kuhalo prije tri tjedna i već ne radi. Ljudi u trgovini bili su ljubazni, ali
nitko nije znao kada će stići novi uređaji. Film nam se činio predug, iako je glazba bila lijepa. Rekla
je da nikada prije nije bila u planini, pa smo otišli tamo prvog vikenda u proljeće. Možete li mi reći
koliko košta slanje paketa natrag? Djeca su se igrala u vrtu dok je njihova baka čitala novine. Prema
riječima vlade cijene bi do kraja godine trebale opet pasti. Soba je dobra, samo je ulica bila bučna
cijelu noć. Napisao je pismo svome bratu i pitao ga želi li prodati kuću. Gotovo sve što znamo o gradu
dolazi iz starih karata i priča ribara. Ako vam se ne sviđa, uvijek ga možete zamijeniti. Hvala vam na
brzom odgovoru, sve je bilo točno kako je opisano. Liječnik misli da se mora odmarati još tjedan dana i
piti mnogo vode. Danas sija sunce, ali sutra će opet padati kiša. Hrana uopće nije bila dobra, a usluga
je bila spora; nikad se više nećemo vratiti ovamo.)"},
      {"hu",
       "a az és hogy nem is egy ez van meg csak volt de mint már el még vagy ki mert ha azt én te "
       "ő "
       "mi nagyon kell lehet után között minden most így fel be volna lesz aki ami sem más lenne "
       "pedig ezt úgy akkor majd ott itt mikor nincs jó sok olyan ezek mely szerint alatt ahol",
       R"(Ezt a vízforralót három héttel ezelőtt vettem, és már nem működik. A boltban kedvesek voltak az
emberek, de senki sem tudta, mikor érkeznek az újak. A filmet túl hosszúnak találtuk, bár a zene szép
volt. Azt mondta, hogy még soha nem járt a hegyekben, ezért tavasszal az első hétvégén odamentünk. Meg
tudná mondani, mennyibe kerül a csomag visszaküldése? A gyerekek a kertben játszottak, miközben a
nagymamájuk újságot olvasott. A kormány szerint az árak az év végéig ismét csökkenni fognak. A szoba jó,
csak az utca volt egész éjjel zajos. Levelet írt a testvérének, és megkérdezte, el akarja-e adni a házat.
Szinte minden, amit a városról tudunk, régi térképekről és a halászok történeteiből származik. Ha nem
tetszik, bármikor kicserélheti. Köszönöm a gyors választ, minden pontosan olyan volt, ahogyan leírták.
Az orvos szerint még egy hétig pihennie kell, és sok vizet kell innia. Ma süt a nap, de holnap megint
esni fog az eső. Az étel egyáltalán nem volt jó, a kiszolgálás pedig lassú volt; soha többé nem jövünk.)"},
      {"fi",
       "ja on ei se että hän oli joka mutta ovat kun myös niin kuin tai hänen jos ole mitä minä "
       "sinä "
       "me he sen nyt vain kaikki jo mukaan olla vielä ollut sitä tämä sekä siitä kanssa hyvin "
       "mukaan "
       "jälkeen koska tässä voi olen olisi en eivät oli ne minun sitten enää siellä ilman aina "
       "paljon",
       R"(Ostin tämän vedenkeittimen kolme viikkoa sitten, eikä se enää toimi. Kaupan ihmiset olivat
ystävällisiä, mutta kukaan ei tiennyt, milloin uudet tulevat. Elokuva oli meidän mielestämme aivan liian
pitkä, vaikka musiikki oli kaunista. Hän sanoi, ettei ollut koskaan ennen käynyt vuorilla, joten menimme
sinne kevään ensimmäisenä viikonloppuna. Voisitteko kertoa, kuinka paljon paketin palauttaminen maksaa?
Lapset leikkivät puutarhassa, kun heidän isoäitinsä luki sanomalehteä. Hallituksen mukaan hintojen
pitäisi jälleen laskea ennen vuoden loppua. Huone on hyvä, mutta katu oli meluisa koko yön. Hän
kirjoitti veljelleen kirjeen ja kysyi, haluaako tämä myydä talon. Melkein kaikki, mitä tiedämme
kaupungista, on peräisin vanhoista kartoista ja kalastajien kertomuksista. Jos ette pidä siitä, voitte
aina vaihtaa sen. Kiitos paljon nopeasta vastauksesta, kaikki oli juuri niin kuin kuvattiin. Lääkärin
mielestä hänen täytyy levätä vielä viikko ja juoda paljon vettä. Tänään paistaa aurinko, mutta huomenna
sataa taas. Ruoka ei ollut ollenkaan hyvää, ja palvelu oli hidasta; emme tule enää koskaan takaisin.)"},
      {"et",
       "ja on ei et see ta oli kui ka mis ning mida aga või kes siis nii tema oma ma veel seda ole "
       "olid selle nende välja pärast kuid üle juba ainult nagu kõik mind mu meie nad siin seal "
       "olla "
       "üks väga saab oleks pole kus enam ju minu ära kas sest ilma",
       R"(Ostsin selle veekeetja kolm nädalat tagasi ja see ei tööta enam. Inimesed poes olid sõbralikud,
aga keegi ei teadnud, millal uued saabuvad. Film tundus meile liiga pikk, kuigi muusika oli ilus. Ta
ütles, et ta pole kunagi varem mägedes käinud, nii et me läksime sinna kevade esimesel nädalavahetusel.
Kas te saaksite mulle öelda, kui palju maksab paki tagasi saatmine? Lapsed mängisid aias, kui nende
vanaema ajalehte luges. Valitsuse sõnul peaksid hinnad aasta lõpuks jälle langema. Tuba on hea, ainult
tänav oli kogu öö lärmakas. Ta kirjutas oma vennale kirja ja küsis, kas ta tahab maja maha müüa. Peaaegu
kõik, mida me linna kohta teame, pärineb vanadelt kaartidelt ja kalurite lugudest. Kui see teile ei
meeldi, võite selle alati ümber vahetada. Suur tänu kiire vastuse eest, kõik oli täpselt nii, nagu
kirjeldatud. Arst arvab, et ta peab veel nädala puhkama ja palju vett jooma. Täna paistab päike, aga
homme hakkab jälle vihma sadama. Toit ei olnud üldse hea ja teenindus oli aeglane.)"},
      {"lv",
       "un ir ka no ar par uz bet kas tas ir arī pie lai kā vai pēc tika viņš viņa es mēs jūs tā "
       "nav "
       "bija jau to ko tikai vēl līdz šo šī ļoti kad gan starp pa tiek savu būtu ja būt mūsu viņu "
       "tad vairs kur var visi tomēr bez es esmu manu",
       R"(Es nopirku šo tējkannu pirms trim nedēļām, un tā jau vairs nedarbojas. Cilvēki veikalā bija
laipni, bet neviens nezināja, kad ieradīsies jaunās. Mums šķita, ka filma bija pārāk gara, lai gan
mūzika bija skaista. Viņa teica, ka nekad agrāk nav bijusi kalnos, tāpēc mēs turp devāmies pavasara
pirmajā nedēļas nogalē. Vai jūs, lūdzu, varētu pateikt, cik maksā sūtījuma nosūtīšana atpakaļ? Bērni
spēlējās dārzā, kamēr viņu vecmāmiņa lasīja avīzi. Pēc valdības domām cenām līdz gada beigām atkal
vajadzētu kristies. Istaba ir laba, tikai iela visu nakti bija trokšņaina. Viņš uzrakstīja vēstuli savam
brālim un jautāja, vai viņš vēlas pārdot māju. Gandrīz viss, ko mēs zinām par pilsētu, nāk no vecām
kartēm un zvejnieku stāstiem. Liels paldies par ātro atbildi, viss bija tieši tā, kā aprakstīts. Ārsts
domā, ka viņai vēl nedēļu jāatpūšas un jādzer daudz ūdens. Šodien spīd saule, bet rīt atkal līs lietus.
Ēdiens nemaz nebija garšīgs, un apkalpošana bija lēna.)"},
      {"lt",
       "ir į kad yra iš su tai bet kaip ar jis ji apie po už buvo kurie kuri kuris tik jau dar jo "
       "jos "
       "mes aš tu jie prie nuo iki per šis ši labai kai arba nėra būti savo mano taip ne nei gali "
       "jei tada kur dėl visi visą reikia bus daug to jų čia be",
       R"(Šį virdulį pirkau prieš tris savaites ir jis jau nebeveikia. Žmonės parduotuvėje buvo malonūs,
bet niekas nežinojo, kada atvyks nauji. Mums filmas pasirodė per ilgas, nors muzika buvo graži. Ji
sakė, kad niekada anksčiau nebuvo kalnuose, todėl ten nuvykome pirmąjį pavasario savaitgalį. Ar galėtumėte
pasakyti, kiek kainuoja siuntinio grąžinimas? Vaikai žaidė sode, kol jų močiutė skaitė laikraštį. Pasak
vyriausybės, iki metų pabaigos kainos vėl turėtų sumažėti. Kambarys geras, tik gatvė visą naktį buvo
triukšminga. Jis parašė laišką savo broliui ir paklausė, ar jis nori parduoti namą. Beveik viskas, ką
žinome apie miestą, yra iš senų žemėlapių ir žvejų pasakojimų. Jei jums nepatinka, visada galite jį
pakeisti. Labai ačiū už greitą atsakymą, viskas buvo tiksliai taip, kaip aprašyta. Gydytojas mano, kad
ji dar savaitę turi ilsėtis ir gerti daug vandens. Šiandien šviečia saulė, bet rytoj vėl lis. Maistas
visai nebuvo skanus, o aptarnavimas lėtas; daugiau čia nebegrįšime.)"},
  };
}

}  // namespace bottega
