"""Planted defects of texts: reviews of a shop, drawn from a small grammar."""
from planting import Planted, plants, write_csv

THINGS = """kettle,lamp,backpack,tent,radio,camera,jacket,keyboard,blender,chair,mattress,helmet,drill,phone case,printer,
suitcase,coffee grinder,bicycle pump,umbrella,watch,mirror,pan,fan,heater,speaker,pillow,ladder,rug,toaster,puzzle""".replace("\n", "").split(",")
OPENINGS = ["I bought this {a} {t} for my {p}", "We ordered the {a} {t} {w}", "This {t} arrived {w}", "My {p} has used the {a} {t} {w}",
            "After {n} {u} the {t} broke", "The {a} {t} looks {b} than shown", "Who would buy a {a} {t}",
            "What a {a} {t}", "The {t} works {w}", "Honestly the {a} {t} is {c} for my {p}",
            "Looking for a {a} {t} {w}", "Nobody said that this {a} {t} needs batteries", "{w} my {p} got a {a} {t} from the {o}"]
MIDDLES = ["and it works {b} than the {a} one", "but the {a} {x} came off {w}", "although the {x} is {b}", "and my {p} likes the {x}",
           "so back it went {w}", "which is {c} for the price", "because the {a} {t} had stopped {w}", "and the {x} was {c} to assemble",
           "but the {x} makes a {a} noise", "while the {x} was missing", "even if the {a} {x} came {w}", "and the {x} smells of {y}"]
ENDINGS = ["Give me the {a} one again.", "Never a {a} {t} again!", "{n} stars from my {p}.", "The {o} answered within {n} {u}.",
           "{n} euros too much.", "Delivery took {n} {u}.", "My {p} wants a {b} one {w}.", "{w} it was {c}.", "It smells of {y} though.", ""]
PEOPLE = ["sister", "father", "neighbour", "daughter", "boss", "grandmother", "wife", "best friend", "son", "colleague"]
WHENS = ["last week", "before Christmas", "on Monday", "two days late", "in the spring", "right on time", "by mistake", "every day",
         "at home", "without a box", "during the holidays", "for two years", "in the end"]
SLOTS = {"a": "lovely,cheap,heavy,small,old,green,noisy,plastic,second,strange,bright,sturdy,ugly,modern,soft".split(","),
         "b": "cheaper,better,smaller,darker,worse,stronger,brighter,thinner".split(","),
         "c": "fine,heavy,complicated,easy,loud,wide,expensive,hot,perfect".split(","),
         "x": "handle,lid,cable,manual,strap,switch,box,screw,wheel,button,zip,plug".split(","),
         "y": "rubber,paint,smoke,flowers,glue,fish".split(","), "u": "days,weeks,months,hours".split(","),
         "o": "shop,seller,factory,post office,help desk,market".split(",")}


def sentence(rng, part):
    words = {slot: rng.choice(values) for slot, values in SLOTS.items()}
    return rng.choice(part).format(t=rng.choice(THINGS), p=rng.choice(PEOPLE), w=rng.choice(WHENS), n=rng.randint(2, 90), **words)


def review(rng):
    parts = []
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        parts.append(sentence(rng, OPENINGS) + " " + sentence(rng, MIDDLES) + ". " + sentence(rng, ENDINGS))
    return " ".join(parts).strip()


class Table:
    def __init__(self, rng, folder, n=1200):
        self.rng, self.path = rng, folder / "reviews.csv"
        self.texts = [review(rng) for _ in range(n)]
        self.free = list(range(n))
        rng.shuffle(self.free)
        self.bad = set()

    def put(self, text, bad=True):
        row = self.free.pop()
        self.texts[row] = text
        if bad:
            self.bad.add(row)

    def change(self, how, bad=True):
        row = self.free.pop()
        self.texts[row] = how(self.texts[row])
        if bad:
            self.bad.add(row)

    def planted(self):
        rows = [(i, text, self.rng.randint(1, 5), self.rng.choice(("good", "bad"))) for i, text in enumerate(self.texts)]
        write_csv(self.path, ["number", "review", "stars", "verdict"], rows)
        return Planted("reviews.csv", self.bad, target="verdict", places=lambda finding: finding["detail"].get("rows", []))


@plants("empty_text")
def empty(rng, folder):
    table = Table(rng, folder)
    for text in ("", " ", "   ", "\u00a0", "\u200b \u200b", "\t", "\ufeff", "...", "-", "--", "?!", "***", "“”", ".", "!!!!", "\u3000"):
        for _ in range(2):
            table.put(text)
    for text in ("ok", "5/5", "👍", "100 %", "A+", "👎👎", "no", "+", "很好", "€"):
        table.put(text, bad=False)
    return table.planted()


@plants("odd_text_length")
def odd_length(rng, folder):
    table = Table(rng, folder)
    for _ in range(20):
        table.put(" ".join(review(rng) for _ in range(rng.randint(60, 300))))
    for text in ("k", "ok", "no", "x.", "5", "+1"):
        table.put(text)
    for _ in range(20):
        table.put(" ".join(review(rng) for _ in range(3)), bad=False)
        table.put(sentence(rng, ENDINGS[:4]), bad=False)
    return table.planted()


FOREIGN = {
    "de": ["Die Lampe kam zwei Tage zu spät an, aber sie leuchtet schön.", "Leider ist der Griff schon nach einer Woche abgebrochen.",
           "Ich würde diesen Rucksack jederzeit wieder kaufen.", "Meine Tochter ist mit dem Fahrradhelm sehr zufrieden."],
    "fr": ["La lampe est arrivée avec deux jours de retard, mais elle éclaire bien.", "Malheureusement la poignée s'est cassée au bout d'une semaine.",
           "Je rachèterais ce sac à dos sans hésiter.", "Ma fille est très contente de son casque de vélo."],
    "es": ["La lámpara llegó con dos días de retraso, pero ilumina bien.", "Por desgracia el asa se rompió al cabo de una semana.",
           "Volvería a comprar esta mochila sin dudarlo.", "Mi hija está muy contenta con su casco nuevo."],
    "it": ["La lampada è arrivata con due giorni di ritardo ma fa una bella luce.", "Purtroppo il manico si è rotto dopo una settimana.",
           "Ricomprerei questo zaino senza pensarci due volte."],
    "pt": ["A luminária chegou com dois dias de atraso, mas ilumina muito bem.", "Infelizmente a alça quebrou depois de uma semana.",
           "Compraria esta mochila outra vez sem pensar duas vezes."],
    "nl": ["De lamp kwam twee dagen te laat aan, maar hij geeft mooi licht.", "Helaas brak het handvat al na een week af.",
           "Ik zou deze rugzak zo weer kopen, hij zit heerlijk."],
    "pl": ["Lampa przyszła dwa dni za późno, ale ładnie świeci.", "Niestety uchwyt złamał się już po tygodniu.", "Kupiłbym ten plecak jeszcze raz bez wahania."],
    "tr": ["Lamba iki gün geç geldi ama çok güzel aydınlatıyor.", "Ne yazık ki sapı bir hafta sonra kırıldı.", "Bu sırt çantasını hiç düşünmeden yine alırdım."],
    "sv": ["Lampan kom två dagar för sent men den lyser fint.", "Tyvärr gick handtaget sönder redan efter en vecka.", "Jag skulle köpa ryggsäcken igen utan att tveka."],
    "ru": ["Лампа пришла на два дня позже, но светит хорошо.", "К сожалению, ручка сломалась уже через неделю."],
    "zh": ["台灯晚了两天才到，不过很亮。", "很可惜，把手一个星期就断了。"],
    "ja": ["ランプは二日遅れて届きましたが、とても明るいです。", "残念ながら取っ手は一週間で壊れました。"],
    "ar": ["وصل المصباح متأخرا يومين لكن ضوءه جميل.", "للأسف انكسر المقبض بعد أسبوع."],
    "el": ["Η λάμπα ήρθε με δύο μέρες καθυστέρηση, αλλά φωτίζει ωραία."],
    "ko": ["램프가 이틀 늦게 왔지만 아주 밝아요."],
    "hi": ["लैंप दो दिन देर से आया लेकिन रोशनी अच्छी है।"],
}


@plants("wrong_language")
def wrong_language(rng, folder):
    table = Table(rng, folder)
    for language in FOREIGN:
        for text in rng.sample(FOREIGN[language], min(3, len(FOREIGN[language]))):
            table.put(text)
    for text in ("My sister Guðrún Þórðardóttir from Hafnarfjörður likes the kettle.", "Señor Gutiérrez de la Fuente sold us the lamp in Zaragoza.",
                 "It says Made in Österreich on the box, which I found odd.", "The café au lait colour is lovely, très chic!",
                 "Bought it at the Schwarzwälder Kirschtorte stand near Düsseldorf.", "ok", "Super!", "Bravo, bravissimo!", "10/10",
                 "The manual is in Chinese (说明书) only.", "Krzysztof Wojciechowski repaired it for us.", "Perfect, merci!",
                 "Hasta la vista, cheap umbrella.", "Danke!", "We call it the Wunderlampe at home."):
        table.put(text, bad=False)
    return table.planted()


def mashed(rng):
    rows = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    kind = rng.randrange(4)
    words = []
    for _ in range(rng.randint(2, 7)):
        n = rng.randint(4, 10)
        if kind == 0:
            words.append("".join(rng.choice(rows[rng.randrange(3)]) for _ in range(n)))
        elif kind == 1:
            words.append("".join(rng.choice("bcdfghjklmnpqrstvwxz") for _ in range(n)))
        elif kind == 2:
            words.append("".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(n)))
        else:
            words.append("".join(rng.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(n + 4)))
    return " ".join(words)


@plants("gibberish")
def gibberish(rng, folder):
    table = Table(rng, folder)
    for _ in range(30):
        table.put(mashed(rng))
    for text in ("Krzysztof from Szczecin uses the drill for his xylophone.", "LED, USB, HDMI and VGA ports all work.",
                 "Mmmh, brrr, pfft! Hahaha, what a fan.", "Die Lampe kam zwei Tage zu spät an, aber sie leuchtet schön.",
                 "Ordered XK-4431-QRT, got XK-4413-QRT.", "Llanfairpwllgwyngyll is where we tested the tent.", "tbh idk why ppl luv it lol",
                 "Polytetrafluoroethylene pan, azodicarbonamide mattress.", "soooo goooood", "Tak, bardzo dobry czajnik, polecam wszystkim."):
        table.put(text, bad=False)
    return table.planted()


@plants("boilerplate")
def boilerplate(rng, folder):
    table = Table(rng, folder)
    footer = rng.choice(["This review was collected by our partner as part of a paid promotion in store {n}.",
                         "Reply to this ticket with number {n} above the line so that we can help you.",
                         "Rated by a verified buyer through the loyalty programme of the market, voucher {n}."])
    header = "Dear customer service team of the online shop, with regard to order {n} I write to you: "
    for _ in range(30):
        table.change(lambda text: text + " " + footer.format(n=rng.randint(1000, 9999)))
    for _ in range(25):
        table.change(lambda text: header.format(n=rng.randint(1000, 9999)) + text)
    for tail in ("<br /><br />", " &nbsp;", " &amp; so on", "<p>Thanks</p>", " [b]great[/b]", " &#8217;tis fine", " {{customer_name}}",
                 " <a href='http://shop.example/p?id=3'>link</a>", "\nSent from my iPhone", "\nSent from my Samsung Galaxy",
                 " Click here to unsubscribe.", " © 2023 Lampshop. All rights reserved.", "\nGet Outlook for Android",
                 " Please do not reply to this email.", "\nVon meinem iPhone gesendet", " You are receiving this because you bought it."):
        for _ in range(2):
            table.change(lambda text: text + tail)
    for tail in (" I <3 it.", " R&D did well.", " 3 < 4 and 5 > 2.", " Black & Decker.", " (see [1])", " {sic}", " a <- b", " if x<y then",
                 " How do I cancel my subscription?", " I replied to the email.", " My iPhone fits.", " It has the right to be reserved."):
        for _ in range(2):
            table.change(lambda text: text + tail, bad=False)
    return table.planted()
