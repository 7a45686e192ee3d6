#include "profile/language_samples.h"

namespace bottega {

std::vector<LanguageSample> WesternSamples() {
  return {
      {"en",
       "the of and to a in is it you that he was for on are with as i his they be at one have this "
       "from or had by not but what all were we when your can said there an each which she do how "
       "their if will up other about out many then them these so some her would make like him into "
       "has more no way could than been who its now did get very just my me our over after only "
       "here too because don't it's i'm doesn't didn't isn't can't wasn't there's",
       R"(I bought this kettle three weeks ago and it has already stopped working. The people at the
shop were friendly, but nobody knew when the new ones would arrive. We thought that the film was far
too long, although the music made up for it. She said she had never been to the mountains before, so
we went there on the first weekend of spring. Could you please tell me how much it would cost to send
the parcel back? The children were playing in the garden while their grandmother read the newspaper.
According to the government, prices should fall again by the end of the year. There isn't anything
wrong with the room, it's just that the street outside was noisy all night. He wrote a letter to his
brother and asked him whether he wanted to sell the house. Most of what we know about the city comes
from old maps and from stories which were told by fishermen. If you don't like it, you can always
give it to someone else. Thank you for your quick answer; everything was exactly as described. The
doctor thinks that she should rest for another week and drink plenty of water. Nothing works better
than a good night's sleep. They have been waiting for the train since seven o'clock this morning. A
charming and often funny story with great acting, though the ending feels rushed and dull.)"},
      {"de",
       "der die das und ist in zu den nicht von mit ein eine sich auf für es ich wir sie er dem "
       "des "
       "im auch an als war haben hat wird aus bei nach wie oder aber sind noch man so einen einer "
       "kann nur über zum zur sein wenn vor durch mehr um am dass habe mir mich uns ihr sehr schon "
       "keine kein was diese dieser dieses werden wurde immer doch hier da bis unter gegen",
       R"(Ich habe diesen Wasserkocher vor drei Wochen gekauft und er funktioniert schon nicht mehr.
Die Leute im Laden waren freundlich, aber niemand wusste, wann die neuen Geräte kommen. Wir fanden den
Film viel zu lang, obwohl die Musik wirklich schön war. Sie sagte, dass sie noch nie in den Bergen
gewesen sei, also sind wir am ersten Wochenende im Frühling hingefahren. Können Sie mir bitte
mitteilen, wie viel es kostet, das Paket zurückzuschicken? Die Kinder spielten im Garten, während
ihre Großmutter die Zeitung las. Nach Angaben der Regierung sollen die Preise bis zum Ende des Jahres
wieder sinken. Mit dem Zimmer ist alles in Ordnung, nur die Straße war die ganze Nacht laut. Er
schrieb seinem Bruder einen Brief und fragte, ob er das Haus verkaufen wolle. Das meiste, was wir über
die Stadt wissen, stammt aus alten Karten und Geschichten. Wenn es Ihnen nicht gefällt, können Sie es
jederzeit umtauschen. Vielen Dank für die schnelle Antwort, die Ware ist gut angekommen. Der Arzt
meint, sie müsse sich noch eine Woche ausruhen. Heute wird das Wetter besser, morgen regnet es wieder.
Das Essen schmeckte uns überhaupt nicht, und die Bedienung war leider ziemlich unhöflich.)"},
      {"fr",
       "de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se ce il "
       "sont avec je nous vous ils elle on son sa ses leur mais comme ou si tout cette aux était "
       "avait être fait très bien même aussi sans été ont mon ma mes c'est d'un d'une qu'il n'est "
       "j'ai l'on peut deux ces où donc entre après avant moins encore rien quand jamais",
       R"(J'ai acheté cette bouilloire il y a trois semaines et elle ne fonctionne déjà plus. Les gens
du magasin étaient gentils, mais personne ne savait quand les nouveaux appareils arriveraient. Nous
avons trouvé le film beaucoup trop long, même si la musique était très belle. Elle disait qu'elle
n'était jamais allée à la montagne, alors nous y sommes partis le premier week-end du printemps.
Pourriez-vous me dire combien coûte le renvoi du colis ? Les enfants jouaient dans le jardin pendant
que leur grand-mère lisait le journal. Selon le gouvernement, les prix devraient baisser d'ici la fin
de l'année. La chambre est propre, mais la rue a été bruyante toute la nuit. Il a écrit une lettre à
son frère pour lui demander s'il voulait vendre la maison. Presque tout ce que nous savons de la ville
vient de vieilles cartes et d'histoires racontées par les pêcheurs. Si cela ne vous plaît pas, vous
pouvez toujours l'échanger. Merci beaucoup pour votre réponse rapide, tout correspondait à la
description. Le médecin pense qu'elle doit se reposer encore une semaine et boire beaucoup d'eau.
Aujourd'hui il fait beau, mais demain il va pleuvoir. Le repas n'était pas bon du tout et le service
laissait vraiment à désirer ; je ne reviendrai plus jamais ici.)"},
      {"es",
       "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus "
       "le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy "
       "años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene "
       "él uno donde bien mismo ese ahora cada nada eso estaba mucho quien esto antes ella",
       R"(Compré este hervidor hace tres semanas y ya no funciona. La gente de la tienda fue amable,
pero nadie sabía cuándo iban a llegar los aparatos nuevos. La película nos pareció demasiado larga,
aunque la música era muy bonita. Ella dijo que nunca había estado en la montaña, así que fuimos allí
el primer fin de semana de la primavera. ¿Podría decirme cuánto cuesta devolver el paquete? Los niños
jugaban en el jardín mientras su abuela leía el periódico. Según el gobierno, los precios deberían
bajar antes del final del año. La habitación está bien, pero la calle fue ruidosa toda la noche. Le
escribió una carta a su hermano y le preguntó si quería vender la casa. Casi todo lo que sabemos de
la ciudad viene de mapas antiguos y de historias que contaban los pescadores. Si no le gusta, siempre
puede cambiarlo por otro. Muchas gracias por su respuesta tan rápida, todo llegó como se describía. El
médico cree que debe descansar una semana más y beber mucha agua. Hoy hace buen tiempo, pero mañana
va a llover otra vez. La comida no estaba nada buena y el servicio dejó mucho que desear; no pienso
volver. Nosotros llevamos esperando el tren desde las siete de la mañana y ellos todavía duermen.)"},
      {"it",
       "di e il la che in a per un è del non una i si le con da sono della al dei come più ma ha "
       "lo "
       "gli nel anche mi alla se su questo ho o delle quando era dal molto ci dell'altro cosa loro "
       "tutto essere due stato perché solo questa fatto così qui mio suo sua nella dopo senza tra "
       "ancora c'è già sempre prima dove chi hanno poi fa può aveva tutti quello niente",
       R"(Ho comprato questo bollitore tre settimane fa e già non funziona più. Le persone del negozio
erano gentili, ma nessuno sapeva quando sarebbero arrivati gli apparecchi nuovi. Il film ci è sembrato
troppo lungo, anche se la musica era molto bella. Lei diceva che non era mai stata in montagna, così ci
siamo andati il primo fine settimana di primavera. Potrebbe dirmi quanto costa rispedire il pacco? I
bambini giocavano nel giardino mentre la nonna leggeva il giornale. Secondo il governo i prezzi
dovrebbero scendere entro la fine dell'anno. La camera va bene, ma la strada è stata rumorosa per tutta
la notte. Scrisse una lettera a suo fratello e gli chiese se voleva vendere la casa. Quasi tutto quello
che sappiamo della città viene da vecchie mappe e dai racconti dei pescatori. Se non le piace, può
sempre cambiarlo. Grazie mille per la risposta veloce, tutto era come descritto. Il medico pensa che
debba riposare ancora una settimana e bere molta acqua. Oggi c'è il sole, ma domani pioverà di nuovo.
Il cibo non era per niente buono e il servizio lasciava molto a desiderare: non ci tornerò mai più.
Aspettiamo il treno dalle sette di questa mattina e loro stanno ancora dormendo.)"},
      {"pt",
       "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao "
       "ele "
       "das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela "
       "entre era depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa "
       "num nem suas meu às minha têm numa pelos elas havia seja qual será nós lhe fazer bem",
       R"(Comprei esta chaleira há três semanas e ela já não funciona. As pessoas da loja foram
simpáticas, mas ninguém sabia quando chegariam os aparelhos novos. Achamos o filme muito comprido,
embora a música fosse bonita. Ela disse que nunca tinha estado nas montanhas, então fomos lá no
primeiro fim de semana da primavera. Você poderia me dizer quanto custa devolver a encomenda? As
crianças brincavam no jardim enquanto a avó lia o jornal. Segundo o governo, os preços devem cair até
o fim do ano. O quarto é bom, mas a rua foi barulhenta durante toda a noite. Ele escreveu uma carta ao
irmão e perguntou se ele queria vender a casa. Quase tudo o que sabemos sobre a cidade vem de mapas
antigos e de histórias que os pescadores contavam. Se não gostar, pode sempre trocá-lo por outro.
Muito obrigado pela resposta rápida, tudo chegou como estava descrito. O médico acha que ela deve
descansar mais uma semana e beber muita água. Hoje faz sol, mas amanhã vai chover outra vez. A comida
não estava nada boa e o atendimento deixou a desejar; não vou voltar. Estamos à espera do comboio
desde as sete da manhã e eles ainda estão a dormir. São situações em que não há solução simples.)"},
      {"nl",
       "de het een en van ik te dat die in is je niet zijn op aan met als voor had er maar om hem "
       "dan zou of wat mijn men dit zo door over ze zich bij ook tot uit der daar haar naar heb "
       "hoe "
       "heeft hebben deze want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer "
       "doen toen moet ben zonder kan hun dus alles onder ja werd wezen zelf tegen wij na heel erg",
       R"(Ik heb deze waterkoker drie weken geleden gekocht en hij doet het nu al niet meer. De mensen
in de winkel waren vriendelijk, maar niemand wist wanneer de nieuwe zouden komen. We vonden de film
veel te lang, hoewel de muziek mooi was. Ze zei dat ze nog nooit in de bergen was geweest, dus gingen
we er het eerste weekend van de lente heen. Kunt u mij vertellen hoeveel het kost om het pakje terug
te sturen? De kinderen speelden in de tuin terwijl hun grootmoeder de krant las. Volgens de regering
zullen de prijzen voor het einde van het jaar weer dalen. De kamer is goed, maar de straat was de hele
nacht erg luidruchtig. Hij schreef een brief aan zijn broer en vroeg of hij het huis wilde verkopen.
Bijna alles wat we over de stad weten komt uit oude kaarten en verhalen. Als het u niet bevalt, kunt u
het altijd ruilen. Hartelijk dank voor uw snelle antwoord, alles was precies zoals beschreven. De
dokter denkt dat ze nog een week moet rusten en veel water moet drinken. Vandaag schijnt de zon, maar
morgen gaat het weer regenen. Het eten was helemaal niet lekker en de bediening liet te wensen over;
wij komen hier zeker niet meer terug.)"},
      {"sv",
       "och i att det som en på är av för med den till inte har de ett om han var jag men sig så "
       "från vi kan när år under också efter eller nu sin där vid mot ska skulle kommer ut får "
       "finns "
       "vara hade alla andra mycket än här då sedan över bara in blir upp även vad få två vill ha "
       "många hon mer hans denna detta mig dig oss er ju varit någon något inga",
       R"(Jag köpte den här vattenkokaren för tre veckor sedan och den fungerar redan inte längre.
Människorna i butiken var vänliga, men ingen visste när de nya skulle komma. Vi tyckte att filmen var
alldeles för lång, även om musiken var fin. Hon sa att hon aldrig hade varit i fjällen förut, så vi
åkte dit den första helgen på våren. Kan ni säga mig hur mycket det kostar att skicka tillbaka paketet?
Barnen lekte i trädgården medan deras mormor läste tidningen. Enligt regeringen ska priserna sjunka
igen före årets slut. Rummet är bra, men gatan var bullrig hela natten. Han skrev ett brev till sin bror
och frågade om han ville sälja huset. Nästan allt vi vet om staden kommer från gamla kartor och
berättelser. Om ni inte tycker om den kan ni alltid byta den. Tack så mycket för ert snabba svar, allt
var precis som det beskrevs. Läkaren tror att hon måste vila en vecka till och dricka mycket vatten. I
dag skiner solen, men i morgon ska det regna igen. Maten var inte alls god och betjäningen lämnade
mycket att önska; vi kommer aldrig tillbaka. De har väntat på tåget sedan klockan sju i morse.)"},
      {"da",
       "og i at det er en til på som med for de af ikke den har der et var men om han sig fra jeg "
       "så vi kan skal eller nu ved blev være efter hun havde sin også når hvor hvad over bliver "
       "meget ud mod vil selv kun op mere noget år alle have mig dig os få lige denne dette blevet "
       "andre hans hendes deres nogle ingen bare ham været hvis kom mange godt",
       R"(Jeg købte denne elkedel for tre uger siden, og den virker allerede ikke længere. Folkene i
butikken var venlige, men ingen vidste, hvornår de nye ville komme. Vi syntes, at filmen var alt for
lang, selv om musikken var smuk. Hun sagde, at hun aldrig havde været i bjergene før, så vi tog derhen
den første weekend i foråret. Kan De fortælle mig, hvor meget det koster at sende pakken tilbage?
Børnene legede i haven, mens deres bedstemor læste avisen. Ifølge regeringen skal priserne falde igen
inden årets udgang. Værelset er godt, men gaden var larmende hele natten. Han skrev et brev til sin
bror og spurgte, om han ville sælge huset. Næsten alt, hvad vi ved om byen, kommer fra gamle kort og
historier, som fiskerne fortalte. Hvis du ikke kan lide den, kan du altid bytte den. Mange tak for jeres
hurtige svar, alt var præcis som beskrevet. Lægen mener, at hun skal hvile sig en uge mere og drikke
meget vand. I dag skinner solen, men i morgen bliver det regnvejr igen. Maden var slet ikke god, og
betjeningen lod meget tilbage at ønske; vi kommer aldrig igen. De har ventet på toget siden klokken syv
i morges, og nu er der ikke flere penge til at købe noget.)"},
      {"nb",
       "og i det er på som en til å at av for med har de ikke den om et var men han seg fra jeg så "
       "vi kan skal eller nå ved ble være etter hun hadde sin også når hvor hva over blir mye ut "
       "mot "
       "vil selv bare opp mer noe år alle ha meg deg oss få denne dette blitt andre hans hennes "
       "deres noen ingen ham vært hvis kom mange bra to må inn under sier",
       R"(Jeg kjøpte denne vannkokeren for tre uker siden, og den virker allerede ikke lenger. Folkene
i butikken var hyggelige, men ingen visste når de nye skulle komme. Vi syntes at filmen var altfor
lang, selv om musikken var fin. Hun sa at hun aldri hadde vært på fjellet før, så vi dro dit den første
helgen på våren. Kan dere fortelle meg hvor mye det koster å sende pakken tilbake? Barna lekte i hagen
mens bestemoren deres leste avisen. Ifølge regjeringen skal prisene falle igjen før slutten av året.
Rommet er bra, men gaten var bråkete hele natten. Han skrev et brev til broren sin og spurte om han
ville selge huset. Nesten alt vi vet om byen kommer fra gamle kart og historier som fiskerne fortalte.
Hvis du ikke liker den, kan du alltid bytte den. Tusen takk for det raske svaret, alt var akkurat som
beskrevet. Legen mener at hun må hvile en uke til og drikke mye vann. I dag skinner sola, men i morgen
blir det regn igjen. Maten var ikke god i det hele tatt, og betjeningen var dårlig; vi kommer aldri
tilbake. De har ventet på toget siden klokka sju i morges, og nå har de ikke penger igjen.)"},
      {"is",
       "og að í á er sem það til við um en var með ekki fyrir hann af sér frá þá því ég hún verið "
       "eru þetta svo eða hafa hefur þeir þess upp úr voru hafði nú þar eftir eins verður vera "
       "allt "
       "hans mér þú honum yfir þegar þeim væri undir þau hvað mjög bara enn hér kom sína",
       R"(Ég keypti þennan ketil fyrir þremur vikum og hann er strax hættur að virka. Fólkið í búðinni
var vingjarnlegt en enginn vissi hvenær nýju tækin kæmu. Okkur fannst myndin allt of löng þótt tónlistin
væri falleg. Hún sagði að hún hefði aldrei komið á fjöll áður, svo við fórum þangað fyrstu helgina í vor.
Geturðu sagt mér hvað það kostar að senda pakkann til baka? Börnin léku sér í garðinum á meðan amma
þeirra las blaðið. Samkvæmt ríkisstjórninni ætti verðið að lækka aftur fyrir lok ársins. Herbergið er
gott en það var hávaði á götunni alla nóttina. Hann skrifaði bróður sínum bréf og spurði hvort hann
vildi selja húsið. Næstum allt sem við vitum um bæinn kemur úr gömlum kortum og sögum. Þakka þér kærlega
fyrir svarið, allt var eins og lýst var. Læknirinn telur að hún þurfi að hvíla sig í eina viku í viðbót
og drekka mikið vatn. Í dag skín sólin en á morgun fer aftur að rigna. Maturinn var alls ekki góður og
þjónustan léleg; við komum aldrei aftur.)"},
      {"af",
       "die van en in is het nie 'n te wat vir dat met om op hy sy ek as aan was by ons hulle dit "
       "sal "
       "kan ook so of maar daar word uit oor deur jy na my haar hom nog meer al toe een moet wees "
       "tot baie hierdie sou wil jou soos dan net geen waar se",
       R"(Ek het hierdie ketel drie weke gelede gekoop en dit werk nou al nie meer nie. Die mense in die
winkel was vriendelik, maar niemand het geweet wanneer die nuwes sou kom nie. Ons het gedink die film
was heeltemal te lank, alhoewel die musiek mooi was. Sy het gesê dat sy nog nooit in die berge was nie,
so ons het die eerste naweek van die lente daarheen gegaan. Kan u asseblief vir my sê hoeveel dit kos om
die pakkie terug te stuur? Die kinders het in die tuin gespeel terwyl hulle ouma die koerant gelees
het. Volgens die regering behoort die pryse voor die einde van die jaar weer te daal. Die kamer is goed,
maar die straat was die hele nag lawaaierig. Hy het vir sy broer 'n brief geskryf en gevra of hy die huis
wil verkoop. Byna alles wat ons van die stad weet, kom uit ou kaarte en stories. Baie dankie vir u
vinnige antwoord, alles was presies soos beskryf. Die dokter dink dat sy nog 'n week moet rus en baie
water moet drink. Vandag skyn die son, maar môre gaan dit weer reën.)"},
      {"ro",
       "de și în a la cu pe care nu o că un din este se mai au pentru ca sau fi fost dar ce lui îi "
       "este sunt era să am ai ale al cel cea mi te ne el ea ei noi după foarte când prin fără "
       "până "
       "dacă acest această tot toate doar lor unde fiind astfel decât bine nici s-a într-o dintre",
       R"(Am cumpărat acest fierbător acum trei săptămâni și deja nu mai funcționează. Oamenii din
magazin au fost amabili, dar nimeni nu știa când vor sosi aparatele noi. Filmul ni s-a părut mult prea
lung, deși muzica era frumoasă. Ea a spus că nu mai fusese niciodată la munte, așa că am mers acolo în
primul sfârșit de săptămână din primăvară. Îmi puteți spune cât costă să trimit pachetul înapoi? Copiii
se jucau în grădină în timp ce bunica lor citea ziarul. Potrivit guvernului, prețurile ar trebui să
scadă din nou până la sfârșitul anului. Camera este bună, dar strada a fost zgomotoasă toată noaptea.
I-a scris fratelui său o scrisoare și l-a întrebat dacă vrea să vândă casa. Aproape tot ce știm despre
oraș vine din hărți vechi și din povești. Dacă nu vă place, îl puteți schimba oricând. Vă mulțumesc
pentru răspunsul rapid, totul a fost așa cum era descris. Doctorul crede că trebuie să se odihnească
încă o săptămână și să bea multă apă. Astăzi este soare, dar mâine va ploua iar. Mâncarea nu a fost deloc
bună, iar serviciul a lăsat de dorit; nu ne vom mai întoarce.)"},
      {"ca",
       "de la i el que a en les del un per els amb una no és es al més va com o ha dels són han "
       "ser "
       "però aquest si seva hi fou entre sobre ja seu tot també molt quan pel fins aquesta des li "
       "em "
       "estava tenia perquè jo ells això sense on cada tots dos ni bé ara després",
       R"(Vaig comprar aquest bullidor fa tres setmanes i ja no funciona. La gent de la botiga va ser
amable, però ningú no sabia quan arribarien els aparells nous. La pel·lícula ens va semblar massa
llarga, encara que la música era molt bonica. Ella va dir que no havia estat mai a la muntanya, així que
hi vam anar el primer cap de setmana de la primavera. Em podria dir quant costa tornar el paquet? Els nens
jugaven al jardí mentre la seva àvia llegia el diari. Segons el govern, els preus haurien de baixar abans
de final d'any. L'habitació està bé, però el carrer va ser sorollós tota la nit. Va escriure una carta al
seu germà i li va preguntar si volia vendre la casa. Gairebé tot el que sabem de la ciutat ve de mapes
antics i d'històries. Si no li agrada, sempre el pot canviar. Moltes gràcies per la resposta tan ràpida,
tot era tal com es descrivia. El metge creu que ha de descansar una setmana més i beure molta aigua. Avui
fa sol, però demà tornarà a ploure. El menjar no era gens bo i el servei deixava molt a desitjar.)"},
  };
}

}  // namespace bottega
