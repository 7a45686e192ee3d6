#include "profile/language_samples.h"

namespace bottega {

std::vector<LanguageSample> DistantSamples() {
  return {
      {"tr",
       "bir ve bu için de da ile ne o çok daha var gibi kadar ben sen biz siz onlar değil olarak "
       "olan ama sonra her en ya ki mi mı mu yok şey göre hiç bana beni onun benim önce zaman "
       "içinde "
       "diye kendi nasıl neden oldu olduğu olur şu artık bütün iki ise",
       R"(Bu su ısıtıcısını üç hafta önce aldım ve şimdiden çalışmıyor. Mağazadaki insanlar çok kibardı ama
kimse yenilerinin ne zaman geleceğini bilmiyordu. Müzikleri güzel olsa da filmi fazla uzun bulduk. Daha
önce hiç dağlara gitmediğini söyledi, bu yüzden baharın ilk hafta sonu oraya gittik. Paketi geri
göndermenin ne kadar tuttuğunu bana söyleyebilir misiniz? Büyükanneleri gazete okurken çocuklar bahçede
oynuyordu. Hükümete göre fiyatlar yıl sonuna kadar yeniden düşecek. Oda iyi, yalnız sokak bütün gece
gürültülüydü. Kardeşine bir mektup yazdı ve evi satmak isteyip istemediğini sordu. Şehir hakkında
bildiklerimizin çoğu eski haritalardan ve balıkçıların anlattığı hikâyelerden geliyor. Beğenmezseniz her
zaman değiştirebilirsiniz. Hızlı cevabınız için teşekkür ederim, her şey anlatıldığı gibiydi. Doktor bir
hafta daha dinlenmesi ve bol su içmesi gerektiğini düşünüyor. Bugün güneş var ama yarın yine yağmur
yağacak. Yemek hiç güzel değildi ve servis çok yavaştı; bir daha asla gelmeyeceğiz.)"},
      {"vi",
       "và của là có không được cho trong một những người với các này đã để đến khi ra tôi từ như "
       "cũng ở về lại nhưng thì bạn nó mà rất anh chị em họ chúng ta làm vào đi nhiều sẽ còn đó "
       "nào "
       "gì hơn bị nên lên phải sau trên",
       R"(Tôi mua cái ấm đun nước này ba tuần trước và bây giờ nó không còn hoạt động nữa. Những người ở
cửa hàng rất thân thiện, nhưng không ai biết khi nào hàng mới sẽ về. Chúng tôi thấy bộ phim quá dài, mặc dù
âm nhạc rất hay. Cô ấy nói rằng cô chưa bao giờ lên núi, vì vậy chúng tôi đã đi vào cuối tuần đầu tiên
của mùa xuân. Bạn có thể cho tôi biết gửi trả lại gói hàng hết bao nhiêu tiền không? Bọn trẻ chơi trong
vườn trong khi bà của chúng đọc báo. Theo chính phủ, giá cả sẽ giảm trở lại trước cuối năm. Căn phòng
tốt, nhưng đường phố ồn ào suốt đêm. Anh ấy viết thư cho em trai và hỏi có muốn bán ngôi nhà không. Hầu
hết những gì chúng ta biết về thành phố đến từ các bản đồ cũ và những câu chuyện. Cảm ơn bạn đã trả lời
nhanh, mọi thứ đúng như mô tả. Bác sĩ nghĩ rằng cô ấy phải nghỉ thêm một tuần và uống nhiều nước. Hôm
nay trời nắng, nhưng ngày mai trời sẽ mưa. Món ăn không ngon chút nào và phục vụ rất chậm.)"},
      {"id",
       "yang dan di dengan untuk itu ini dari dalam tidak akan pada ke juga ada saya adalah bisa "
       "kami "
       "kita mereka dia karena lebih sudah atau oleh seperti telah sangat banyak anda hanya orang "
       "tapi tetapi harus bahwa sebagai dapat masih aku kamu lagi sebuah ketika belum setelah para "
       "jika apa tak sama hari boleh tiada ialah kepada",
       R"(Saya membeli ketel ini tiga minggu yang lalu dan sekarang sudah tidak berfungsi lagi. Orang-orang
di toko itu ramah, tetapi tidak ada yang tahu kapan barang baru akan datang. Menurut kami film itu
terlalu panjang, meskipun musiknya indah. Dia mengatakan bahwa dia belum pernah pergi ke gunung, jadi kami
pergi ke sana pada akhir pekan pertama. Bisakah Anda memberi tahu saya berapa biaya mengirim kembali
paket ini? Anak-anak bermain di kebun sementara nenek mereka membaca koran. Menurut pemerintah, harga
akan turun lagi sebelum akhir tahun. Kamarnya bagus, hanya saja jalan di luar ramai sepanjang malam. Ia
menulis surat kepada saudaranya dan bertanya apakah ia ingin menjual rumah itu. Hampir semua yang kita
ketahui tentang kota ini berasal dari peta lama dan cerita para nelayan. Terima kasih banyak atas
jawabannya yang cepat, semuanya sesuai dengan gambaran. Dokter berpendapat bahwa dia harus beristirahat
seminggu lagi dan minum banyak air. Hari ini cerah, tetapi besok akan hujan lagi. Makanannya sama sekali
tidak enak dan pelayanannya lambat.)"},
      {"sq",
       "të e i në dhe për me një që nga se është ka më do si nuk u edhe ishte por janë kjo ky kanë "
       "nëse pas kur të cilat i tij saj tyre unë ti ai ajo ne ju ata mund duhet shumë pa mes ose "
       "çdo gjithë ku sa vetëm tani këtë atë kam",
       R"(E bleva këtë ibrik para tri javësh dhe tashmë nuk punon më. Njerëzit në dyqan ishin të sjellshëm,
por askush nuk e dinte kur do të vinin të rejat. Filmi na u duk shumë i gjatë, megjithëse muzika ishte e
bukur. Ajo tha se nuk kishte qenë kurrë në mal, prandaj shkuam atje në fundjavën e parë të pranverës. A
mund të më thoni sa kushton kthimi i pakos? Fëmijët luanin në kopsht ndërsa gjyshja e tyre lexonte gazetën.
Sipas qeverisë, çmimet duhet të bien përsëri para fundit të vitit. Dhoma është e mirë, por rruga ishte me
zhurmë gjatë gjithë natës. Ai i shkroi një letër vëllait të tij dhe e pyeti nëse dëshironte ta shiste
shtëpinë. Pothuajse gjithçka që dimë për qytetin vjen nga hartat e vjetra. Faleminderit shumë për përgjigjen
e shpejtë. Mjeku mendon se ajo duhet të pushojë edhe një javë dhe të pijë shumë ujë. Sot ka diell, por
nesër do të bjerë shi përsëri. Ushqimi nuk ishte aspak i mirë.)"},
      {"sw",
       "na ya wa kwa ni katika la za kuwa cha yake hii huo hiyo hilo ili kama lakini au pia baada "
       "sana watu mtu wake yangu yetu yao hapa hapo bila kila yeye mimi wewe sisi wao bado tu hadi "
       "kutoka si zaidi mwaka siku",
       R"(Nilinunua birika hili wiki tatu zilizopita na sasa halifanyi kazi tena. Watu wa dukani walikuwa
wema, lakini hakuna aliyejua lini mapya yatafika. Tuliona filamu ilikuwa ndefu mno, ingawa muziki ulikuwa
mzuri. Alisema kwamba hajawahi kwenda milimani, kwa hiyo tulikwenda huko wikendi ya kwanza. Tafadhali
unaweza kuniambia ni gharama gani kurudisha kifurushi? Watoto walikuwa wakicheza bustanini wakati bibi
yao alikuwa akisoma gazeti. Kwa mujibu wa serikali, bei zitashuka tena kabla ya mwisho wa mwaka. Chumba ni
kizuri, lakini barabara ilikuwa na kelele usiku kucha. Alimwandikia ndugu yake barua na kumwuliza kama
anataka kuuza nyumba. Karibu kila kitu tunachojua kuhusu mji kinatoka kwenye ramani za zamani. Asante sana
kwa jibu lako la haraka. Daktari anafikiri kwamba anapaswa kupumzika wiki nyingine na kunywa maji mengi.
Leo kuna jua, lakini kesho mvua itanyesha tena. Chakula hakikuwa kizuri hata kidogo.)"},
      {"tl",
       "ang ng sa na mga ay at si ko ito hindi ni siya para ako niya may mo kung nang pero ka lang "
       "namin kami sila nila kanyang din rin mas wala ikaw tayo pa po kaya dahil ano naman lahat "
       "isang "
       "isa kapag noong doon dito sobrang",
       R"(Binili ko ang takure na ito tatlong linggo na ang nakararaan at hindi na ito gumagana. Mababait
ang mga tao sa tindahan, pero walang nakakaalam kung kailan darating ang mga bago. Masyadong mahaba ang
pelikula para sa amin, kahit maganda ang musika. Sinabi niya na hindi pa siya nakapunta sa bundok, kaya
pumunta kami roon noong unang linggo. Maaari mo bang sabihin sa akin kung magkano ang pagbabalik ng
pakete? Naglalaro ang mga bata sa hardin habang nagbabasa ng diyaryo ang kanilang lola. Ayon sa
pamahalaan, bababa muli ang mga presyo bago matapos ang taon. Maayos ang kuwarto, pero maingay ang kalye
buong gabi. Sumulat siya ng liham sa kanyang kapatid at tinanong kung gusto nitong ibenta ang bahay.
Maraming salamat sa mabilis na sagot. Sa tingin ng doktor kailangan pa niyang magpahinga ng isang linggo
at uminom ng maraming tubig. Maaraw ngayon, pero uulan na naman bukas. Hindi masarap ang pagkain.)"},
      {"ru",
       "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой от "
       "так "
       "о для ты же все тот мочь вы такой его только или ещё бы себя один как уже до когда был "
       "была "
       "было были если есть очень мне меня нет ни их её чтобы при ли без под после там здесь вот",
       R"(Я купил этот чайник три недели назад, и он уже не работает. Люди в магазине были приветливы, но
никто не знал, когда привезут новые. Фильм показался нам слишком длинным, хотя музыка была красивая. Она
сказала, что никогда раньше не была в горах, поэтому мы поехали туда в первые выходные весны. Скажите,
пожалуйста, сколько стоит отправить посылку обратно? Дети играли в саду, пока их бабушка читала газету. По
словам правительства, к концу года цены должны снова снизиться. Комната хорошая, только на улице всю ночь
было шумно. Он написал письмо брату и спросил, хочет ли тот продать дом. Почти всё, что мы знаем о городе,
взято из старых карт и рассказов рыбаков. Если вам не понравится, вы всегда можете его обменять. Большое
спасибо за быстрый ответ, всё было точно так, как описано. Врач считает, что ей нужно отдыхать ещё неделю и
пить много воды. Сегодня светит солнце, а завтра опять пойдёт дождь. Еда была совсем невкусная, и
обслуживание медленное; больше мы сюда никогда не придём. Объём работы вырос, эти вещи уже дороже.)"},
      {"uk",
       "і в не на я що він з це та а до як у за але вона вони ми від так для його про ти все вже "
       "або "
       "якщо те по є був була було були ще який яка які цей ця щоб тільки може мене мені дуже коли "
       "без під після там тут її їх ні чи й ж бо із зі нам вам",
       R"(Я купив цей чайник три тижні тому, і він уже не працює. Люди в крамниці були привітні, але ніхто
не знав, коли привезуть нові. Фільм здався нам занадто довгим, хоча музика була гарна. Вона сказала, що
ніколи раніше не була в горах, тому ми поїхали туди в перші вихідні весни. Скажіть, будь ласка, скільки
коштує відправити посилку назад? Діти гралися в саду, поки їхня бабуся читала газету. За словами уряду, до
кінця року ціни мають знову знизитися. Кімната добра, тільки на вулиці всю ніч було гамірно. Він написав
листа братові й запитав, чи той хоче продати будинок. Майже все, що ми знаємо про місто, походить зі старих
мап і розповідей рибалок. Якщо вам не сподобається, ви завжди можете його обміняти. Дуже дякую за швидку
відповідь, усе було точно так, як описано. Лікар вважає, що їй треба відпочивати ще тиждень і пити багато
води. Сьогодні світить сонце, а завтра знову піде дощ. Їжа була зовсім несмачна, і обслуговування
повільне; більше ми сюди ніколи не прийдемо.)"},
      {"be",
       "і ў не на я што ён з гэта але яна яны мы ад так для яго пра ты усё ўжо або калі як па ёсць "
       "быў была было былі яшчэ які якая якія гэты каб толькі можа мяне мне вельмі без пад пасля "
       "там "
       "тут яе іх ні ці бо да за а у",
       R"(Я купіў гэты чайнік тры тыдні таму, і ён ужо не працуе. Людзі ў краме былі ветлівыя, але ніхто не
ведаў, калі прывязуць новыя. Фільм здаўся нам занадта доўгім, хоць музыка была прыгожая. Яна сказала, што
ніколі раней не была ў гарах, таму мы паехалі туды ў першыя выхадныя вясны. Скажыце, калі ласка, колькі
каштуе адправіць пасылку назад? Дзеці гулялі ў садзе, пакуль іх бабуля чытала газету. Паводле ўрада, да
канца года цэны павінны зноў знізіцца. Пакой добры, толькі на вуліцы ўсю ноч было шумна. Ён напісаў ліст
брату і спытаў, ці хоча той прадаць дом. Амаль усё, што мы ведаем пра горад, узята са старых мап. Вялікі
дзякуй за хуткі адказ. Доктар лічыць, што ёй трэба адпачываць яшчэ тыдзень і піць шмат вады. Сёння свеціць
сонца, а заўтра зноў пойдзе дождж.)"},
      {"bg",
       "и на в да се не за е от с че са по това как до той тя те ще като ние вие си но му или съм "
       "бе "
       "беше бяха много само когато още може ми ме ни ви го й ги ако има няма един една които "
       "който "
       "след преди при към какво защото без ли тук там така вече също аз",
       R"(Купих този чайник преди три седмици и той вече не работи. Хората в магазина бяха любезни, но никой
не знаеше кога ще дойдат новите. Филмът ни се стори твърде дълъг, макар че музиката беше хубава. Тя каза,
че никога преди не е била в планината, затова отидохме там през първия уикенд на пролетта. Бихте ли ми
казали колко струва да върна колета? Децата играеха в градината, докато баба им четеше вестник. Според
правителството цените трябва отново да паднат до края на годината. Стаята е добра, само улицата беше шумна
през цялата нощ. Той написа писмо на брат си и го попита дали иска да продаде къщата. Почти всичко, което
знаем за града, идва от стари карти и разкази на рибарите. Ако не ви харесва, винаги можете да го смените.
Много благодаря за бързия отговор, всичко беше точно както е описано. Лекарят смята, че тя трябва да почива
още една седмица и да пие много вода. Днес грее слънце, но утре пак ще вали. Храната изобщо не беше вкусна и
обслужването беше бавно; никога повече няма да се върнем.)"},
      {"sr",
       "и је у се на да за су с од који која које а о као не или то из би сам био било била по што "
       "до "
       "али није са само више како може још смо те при тако већ врло ће га му јој има све његов "
       "између "
       "након пре када где јер без бити ако ми ти овај ова ово ту нема ни због",
       R"(Купио сам овај чајник пре три недеље и већ не ради. Људи у продавници су били љубазни, али нико
није знао када ће стићи нови. Филм нам се учинио предугачак, иако је музика била лепа. Рекла је да никада
раније није била на планини, па смо отишли тамо првог викенда у пролеће. Можете ли ми рећи колико кошта
слање пакета назад? Деца су се играла у башти док је њихова бака читала новине. Према речима владе, цене би
до краја године требало поново да падну. Соба је добра, само је улица била бучна целу ноћ. Написао је писмо
свом брату и питао га да ли жели да прода кућу. Скоро све што знамо о граду долази са старих мапа и из прича
рибара. Ако вам се не свиђа, увек можете да га замените. Хвала вам на брзом одговору, све је било тачно
онако како је описано. Лекар мисли да мора да се одмара још недељу дана и да пије много воде. Данас сија
сунце, али сутра ће опет падати киша. Храна уопште није била добра.)"},
      {"mk",
       "и на во да се не за е од со дека се по ова како до тој таа тие ќе ние вие си но му или сум "
       "беше беа многу само кога уште може ми ме ни ви го ги ако има нема еден една кои кој кои "
       "што "
       "пред при кон бидејќи без ли тука таму така веќе исто јас им според",
       R"(Го купив овој чајник пред три недели и веќе не работи. Луѓето во продавницата беа љубезни, но никој
не знаеше кога ќе дојдат новите. Филмот ни се стори премногу долг, иако музиката беше убава. Таа рече дека
никогаш порано не била на планина, па затоа отидовме таму во првиот викенд на пролетта. Можете ли да ми
кажете колку чини да се врати пакетот? Децата играа во градината додека нивната баба го читаше весникот.
Според владата, цените треба повторно да паднат до крајот на годината. Собата е добра, само улицата беше
бучна цела ноќ. Тој му напиша писмо на својот брат и го праша дали сака да ја продаде куќата. Речиси сè што
знаеме за градот доаѓа од стари карти. Ви благодарам за брзиот одговор. Лекарот смета дека таа треба да се
одмора уште една недела и да пие многу вода. Денес сјае сонце, но утре повторно ќе врне дожд.)"},
      {"ar",
       "في من على أن إلى هذا هذه عن مع كان التي الذي لا ما هو هي لم كل بعد أو قد بين لكن كانت ذلك "
       "حتى "
       "إذا ثم عند أنا أنت نحن هم قبل أي غير حيث كما لأن جدا فقط هناك كنت يكون و يا به له لها فيها",
       R"(اشتريت هذا الإبريق قبل ثلاثة أسابيع ولم يعد يعمل الآن. كان الناس في المتجر لطفاء، لكن لم يعرف أحد
متى ستصل الأجهزة الجديدة. وجدنا الفيلم طويلا جدا مع أن الموسيقى كانت جميلة. قالت إنها لم تذهب إلى الجبال
من قبل، لذلك ذهبنا إلى هناك في نهاية الأسبوع الأول من الربيع. هل يمكنك أن تخبرني كم تكلف إعادة الطرد؟ كان
الأطفال يلعبون في الحديقة بينما كانت جدتهم تقرأ الجريدة. وفقا للحكومة، ستنخفض الأسعار مرة أخرى قبل نهاية
السنة. الغرفة جيدة، غير أن الشارع كان صاخبا طوال الليل. كتب رسالة إلى أخيه وسأله هل يريد أن يبيع البيت.
معظم ما نعرفه عن المدينة يأتي من الخرائط القديمة ومن قصص الصيادين. شكرا جزيلا على الرد السريع، كل شيء كان
كما وصف. يرى الطبيب أنه يجب عليها أن ترتاح أسبوعا آخر وأن تشرب الكثير من الماء. اليوم مشمس، لكن غدا سوف
تمطر من جديد. لم يكن الطعام لذيذا والخدمة بطيئة.)"},
      {"fa",
       "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می شود شده اما یا بود ما "
       "شما "
       "من او آنها هر باید دیگر بعد پیش اگر همه چه چون نمی بی کند دارد داشت های ها ام ای بسیار "
       "خیلی هیچ",
       R"(من این کتری را سه هفته پیش خریدم و حالا دیگر کار نمی‌کند. مردم در فروشگاه مهربان بودند، اما هیچ‌کس
نمی‌دانست که دستگاه‌های تازه چه وقت می‌رسند. فیلم به نظر ما خیلی طولانی بود، اگرچه موسیقی آن زیبا بود. او گفت
که پیش از این هرگز به کوه نرفته است، پس در نخستین آخر هفته بهار به آنجا رفتیم. می‌توانید به من بگویید که پس
فرستادن بسته چقدر هزینه دارد؟ بچه‌ها در باغ بازی می‌کردند و مادربزرگشان روزنامه می‌خواند. به گفته دولت، قیمت‌ها
باید تا پایان سال دوباره پایین بیاید. اتاق خوب است، فقط خیابان تمام شب پر سر و صدا بود. او نامه‌ای به برادرش
نوشت و پرسید آیا می‌خواهد خانه را بفروشد. بیشتر چیزهایی که درباره شهر می‌دانیم از نقشه‌های قدیمی می‌آید. از پاسخ
سریع شما بسیار سپاسگزارم. پزشک فکر می‌کند که او باید یک هفته دیگر استراحت کند و آب زیاد بنوشد. امروز آفتابی
است، اما فردا دوباره باران می‌بارد.)"},
      {"ur",
       "کے میں کی ہے کا اور سے نے کو پر یہ اس کہ ہیں وہ بھی جو تھا ہو ایک کر تھی لیے گیا ہم آپ "
       "نہیں "
       "تو ان ہی اپنے کیا گئی تھے مجھے میرا جب تک یا ساتھ بہت کچھ کوئی اگر لیکن بعد اب ہر",
       R"(میں نے یہ کیتلی تین ہفتے پہلے خریدی تھی اور اب یہ کام نہیں کرتی۔ دکان کے لوگ اچھے تھے لیکن کسی کو
معلوم نہیں تھا کہ نئی چیزیں کب آئیں گی۔ ہمیں فلم بہت لمبی لگی، اگرچہ موسیقی خوبصورت تھی۔ اس نے کہا کہ وہ پہلے
کبھی پہاڑوں پر نہیں گئی تھی، اس لیے ہم بہار کے پہلے ہفتے میں وہاں گئے۔ کیا آپ مجھے بتا سکتے ہیں کہ پارسل واپس
بھیجنے میں کتنا خرچ آتا ہے؟ بچے باغ میں کھیل رہے تھے جبکہ ان کی دادی اخبار پڑھ رہی تھیں۔ حکومت کے مطابق سال کے
آخر تک قیمتیں دوبارہ کم ہو جائیں گی۔ کمرا اچھا ہے، بس گلی میں ساری رات شور تھا۔ اس نے اپنے بھائی کو خط لکھا اور
پوچھا کہ کیا وہ گھر بیچنا چاہتا ہے۔ آپ کے فوری جواب کا بہت شکریہ۔ ڈاکٹر کا خیال ہے کہ اسے ایک ہفتہ اور آرام کرنا
چاہیے اور بہت پانی پینا چاہیے۔ آج دھوپ ہے لیکن کل پھر بارش ہوگی۔)"},
  };
}

const std::vector<LanguageSample>& LanguageSamples() {
  static const std::vector<LanguageSample> all = [] {
    std::vector<LanguageSample> samples = WesternSamples();
    for (const auto& more : {EasternSamples(), DistantSamples()}) {
      samples.insert(samples.end(), more.begin(), more.end());
    }
    return samples;
  }();
  return all;
}

}  // namespace bottega
