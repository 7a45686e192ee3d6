"""Sentences of eight languages with personal data of every kind, and sentences with look-alikes.

Numbers carry their real check digits, which are computed here from the issuers' rules and not with the code under
test. Names are drawn half from frequent ones and half from rarer ones, streets likewise.
"""
import string

DIGITS = string.digits


def digits(rng, n, first="123456789"):
    return rng.choice(first) + "".join(rng.choice(DIGITS) for _ in range(n - 1))


def luhn_digit(number):
    total = 0
    for i, c in enumerate(reversed(number)):
        value = int(c) * (2 if i % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def weighted(number, weights):
    return sum(w * int(c) for w, c in zip(weights, number))


def birth(rng):
    return rng.randint(1940, 2005), rng.randint(1, 12), rng.randint(1, 28)


def card(rng):
    prefix, length = rng.choice([("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("37", 15), ("6011", 16), ("3528", 16)])
    number = prefix + "".join(rng.choice(DIGITS) for _ in range(length - len(prefix) - 1))
    number += luhn_digit(number)
    if length == 15:
        return rng.choice([number, f"{number[:4]} {number[4:10]} {number[10:]}"])
    joint = rng.choice(["", " ", "-"])
    return joint.join(number[i:i + 4] for i in range(0, 16, 4))


def iban(rng, country):
    lengths = {"DE": 18, "FR": 23, "IT": None, "ES": 20, "NL": None, "GB": None, "PL": 24, "BR": None, "US": None}
    if country == "NL":
        body = "".join(rng.choice(string.ascii_uppercase) for _ in range(4)) + digits(rng, 10)
    elif country == "IT":
        body = rng.choice(string.ascii_uppercase) + digits(rng, 22)
    else:
        country = country if lengths.get(country) else "DE"
        body = digits(rng, lengths[country])
    text = "".join(str(int(c, 36)) for c in body + country + "00")
    number = country + f"{98 - int(text) % 97:02}" + body
    return number if rng.random() < 0.4 else " ".join(number[i:i + 4] for i in range(0, len(number), 4))


def de_tax_id(rng):
    while True:
        number = digits(rng, 10)
        counts = sorted((number.count(d) for d in DIGITS), reverse=True)
        if counts[0] in (2, 3) and counts[1] == 1:
            break
    product = 10
    for c in number:
        total = (int(c) + product) % 10 or 10
        product = 2 * total % 11
    number += str((11 - product) % 10)
    return rng.choice([number, f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"])


def fr_nir(rng):
    year, month, _ = birth(rng)
    number = f"{rng.choice('12')}{year % 100:02}{month:02}{rng.randint(1, 95):02}{rng.randint(1, 900):03}{rng.randint(1, 999):03}"
    key = f"{97 - int(number) % 97:02}"
    if rng.random() < 0.5:
        return number + key
    return f"{number[0]} {number[1:3]} {number[3:5]} {number[5:7]} {number[7:10]} {number[10:]} {key}"


def es_dni(rng):
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    if rng.random() < 0.3:
        kind, number = rng.randrange(3), digits(rng, 7)
        return "XYZ"[kind] + number + letters[int(str(kind) + number) % 23]
    number = digits(rng, 8)
    letter = letters[int(number) % 23]
    return rng.choice([number + letter, f"{number}-{letter}", f"{number[:2]}.{number[2:5]}.{number[5:]}-{letter}"])


def it_codice(rng):
    odd = dict(zip("0123456789" + string.ascii_uppercase,
                   [1, 0, 5, 7, 9, 13, 15, 17, 19, 21] + [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8,
                                                           12, 14, 16, 10, 22, 25, 24, 23]))
    even = {c: i for i, c in enumerate("0123456789")} | {c: i for i, c in enumerate(string.ascii_uppercase)}
    year, month, day = birth(rng)
    consonants = "BCDFGLMNPRSTVZ"
    code = "".join(rng.choice(consonants) for _ in range(6)) + f"{year % 100:02}" + "ABCDEHLMPRST"[month - 1]
    code += f"{day + rng.choice([0, 40]):02}" + rng.choice("ABCDEFGHIL") + f"{rng.randint(1, 999):03}"
    total = sum(odd[c] if i % 2 == 0 else even[c] for i, c in enumerate(code))
    return code + string.ascii_uppercase[total % 26]


def uk_id(rng):
    if rng.random() < 0.5:
        number = rng.choice("ABCEGHJKLMPRSTWX") + rng.choice("ABCEGHJKLMPRSTWXZ") + digits(rng, 6) + rng.choice("ABCD")
        while number[:2] in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ"):
            number = rng.choice("ABCE") + "A" + number[2:]
        return "National Insurance number", rng.choice(
            [number, f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:8]} {number[8]}"])
    while True:
        number = digits(rng, 9)
        check = 11 - weighted(number, range(10, 1, -1)) % 11
        if check != 10:
            number += str(check % 11)
            return "NHS number", rng.choice([number, f"{number[:3]} {number[3:6]} {number[6:]}"])


def nl_bsn(rng):
    while True:
        number = digits(rng, 8)
        check = weighted(number, range(9, 1, -1)) % 11
        if check < 10:
            return number + str(check)


def pl_pesel(rng):
    year, month, day = birth(rng)
    number = f"{year % 100:02}{month + (20 if year >= 2000 else 0):02}{day:02}{rng.randint(0, 9999):04}"
    return number + str(-weighted(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)


def br_cpf(rng):
    number = digits(rng, 9)
    for start in (10, 11):
        number += str(weighted(number, range(start, 1, -1)) * 10 % 11 % 10)
    return f"{number[:3]}.{number[3:6]}.{number[6:9]}-{number[9:]}" if rng.random() < 0.7 else number



# Language: country, given names (frequent; rarer), surnames, streets, cities with codes, phones, and how things are said.
LANGUAGES = {
    "en": dict(country="GB", given=["Emily", "James", "Olivia", "Peter", "Araminta", "Thaddeus"],
               surname=["Smith", "Thompson", "Hughes", "Whitaker", "Featherstone", "Okonkwo"],
               address=["{n} Church Street, Leeds LS1 4AB", "{n} Victoria Road, Bristol BS3 2QT", "{n} Juniper Close, Hull"],
               phone=["020 7946 0{n3}", "07700 900{n3}", "+44 7700 900{n3}", "01632 960{n3}"],
               name=["My name is {x} and I live nearby.", "Please ask {x} about the delay.", "Dear Mr {x}, thank you for writing.",
                     "The nurse, {x}, will see you."],
               addr=["Please send it to {x}.", "She lives at {x}."], tel=["Call me on {x} after six.", "Phone: {x}"],
               mail=["Write to {x} any time.", "My e-mail is {x}"], born=["She was born on {x} in the north.", "Date of birth: {x}"],
               id=["My {w} is {x}.", "{w}: {x}"], card=["I paid with card {x}.", "The number {x} was declined."],
               iban=["Transfer it to {x} please.", "IBAN: {x}"], ip=["The request came from {x} at night.", "IP {x}"],
               mac=["The printer has {x}.", "MAC address {x}"], geo=["We met at {x}, GPS says.", "coordinates: {x}"],
               secret=["password: {x}", "The api_key = {x} leaked."], plate=["Her number plate is {x}."], dates="{d}/{m}/{y}"),
    "de": dict(country="DE", given=["Julia", "Stefan", "Anneliese", "Thorsten", "Mechthild", "Kunigunde"],
               surname=["Müller", "Schneider", "Hoffmann", "Zimmermann", "Brandstetter", "Wachsmuth"],
               address=["Hauptstraße {n}, 10115 Berlin", "Lindenweg {n}, 80331 München", "Goethestr. {n}, 60313 Frankfurt"],
               phone=["030 12345{n3}", "0171/5551{n3}", "+49 89 1234{n3}", "(0221) 555{n3}"],
               name=["Ich heiße {x} und wohne hier.", "Bitte fragen Sie {x} danach.", "Sehr geehrte Frau {x}, danke.", "Der Kunde {x} rief an."],
               addr=["Die Lieferung geht an {x}.", "Sie wohnt in der {x}."], tel=["Telefon: {x}", "Rufen Sie unter {x} an."],
               mail=["Schreiben Sie an {x} bitte.", "E-Mail: {x}"], born=["Geboren am {x} in Köln.", "Geburtsdatum: {x}"],
               id=["Meine Steuer-ID lautet {x}.", "Steueridentifikationsnummer {x}"], card=["Bezahlt mit Karte {x}.", "Die {x} wurde abgelehnt."],
               iban=["Bitte überweisen auf {x}.", "IBAN {x}"], ip=["Zugriff von {x} in der Nacht.", "IP-Adresse {x}"],
               mac=["Das Gerät {x} ist neu.", "MAC-Adresse: {x}"], geo=["Treffpunkt (GPS): {x}", "Koordinaten {x}"],
               secret=["Passwort: {x}", "api_key={x}"], plate=["Sein Kennzeichen ist {x}."], dates="{d:02}.{m:02}.{y}"),
    "fr": dict(country="FR", given=["Camille", "Julien", "Nathalie", "Mathieu", "Apolline", "Gaspard"],
               surname=["Dubois", "Moreau", "Lefebvre", "Girard", "Quemeneur", "Delacroix"],
               address=["{n} rue de la République, 69002 Lyon", "{n} bis, avenue Foch, 75016 Paris", "{n}, chemin des Lilas, 13100 Aix"],
               phone=["01 42 68 5{n1} {n2}", "06.12.34.5{n1}.{n2}", "+33 6 12 34 5{n1} {n2}"],
               name=["Je m'appelle {x} et j'habite ici.", "Demandez à {x} demain.", "Chère {x}, merci pour tout.", "Madame {x} est absente."],
               addr=["La livraison va au {x}.", "Elle habite {x}."], tel=["Téléphone : {x}", "Appelez-moi au {x} ce soir."],
               mail=["Écrivez à {x} svp.", "Courriel : {x}"], born=["Née le {x} à Nantes.", "Date de naissance : {x}"],
               id=["Mon numéro de sécurité sociale est {x}.", "NIR {x}"], card=["Payé avec la carte {x}.", "Le {x} est refusé."],
               iban=["Virement sur {x} merci.", "IBAN : {x}"], ip=["Connexion depuis {x} hier.", "Adresse IP {x}"],
               mac=["L'appareil {x} est connu.", "adresse MAC {x}"], geo=["Rendez-vous, GPS {x}", "coordonnées : {x}"],
               secret=["password: {x}", "token: {x}"], plate=["Immatriculation {x} au parking."], dates="{d:02}/{m:02}/{y}"),
    "es": dict(country="ES", given=["Lucía", "Alejandro", "Carmen", "Javier", "Eulalia", "Fulgencio"],
               surname=["García", "Fernández", "Romero", "Navarro", "Echevarría", "Zubizarreta"],
               address=["Calle de Alcalá {n}, 28014 Madrid", "Avenida de América, {n}, 41001 Sevilla", "Plaza Mayor {n}, 37002 Salamanca"],
               phone=["612 34 5{n1} {n2}", "+34 612 345 {n3}", "912 345 {n3}"],
               name=["Me llamo {x} y vivo aquí.", "Pregunte a {x} mañana.", "Estimada {x}, gracias.", "La señora {x} no está."],
               addr=["El paquete va a {x}.", "Ella vive en la {x}."], tel=["Teléfono: {x}", "Llame al {x} por favor."],
               mail=["Escriba a {x} por favor.", "Correo: {x}"], born=["Nacida el {x} en Vigo.", "Fecha de nacimiento: {x}"],
               id=["Mi DNI es {x}.", "NIE/DNI {x}"], card=["Pagué con la tarjeta {x}.", "El {x} fue rechazado."],
               iban=["Transferencia a {x} gracias.", "IBAN {x}"], ip=["Acceso desde {x} anoche.", "dirección IP {x}"],
               mac=["El equipo {x} es nuevo.", "MAC {x}"], geo=["Nos vemos, GPS {x}", "coordenadas: {x}"],
               secret=["contraseña: {x}", "secret: {x}"], plate=["La matrícula es {x}."], dates="{d}/{m}/{y}"),
    "it": dict(country="IT", given=["Giulia", "Matteo", "Francesca", "Luca", "Ludovica", "Ermenegildo"],
               surname=["Bianchi", "Esposito", "Rinaldi", "Moretti", "Quattrocchi", "Sanseverino"],
               address=["Via Garibaldi {n}, 20121 Milano", "Piazza del Duomo, {n}, 50122 Firenze", "Corso Vittorio Emanuele {n}, 00186 Roma"],
               phone=["333 1234{n3}", "+39 333 123 4{n3}", "347 555 6{n3}"],
               name=["Mi chiamo {x} e abito qui.", "Chieda a {x} domani.", "Gentile {x}, grazie.", "La signora {x} non risponde."],
               addr=["Il pacco va in {x}.", "Lei vive in {x}."], tel=["Telefono: {x}", "Chiamami al {x} stasera."],
               mail=["Scriva a {x} per favore.", "E-mail: {x}"], born=["Nata il {x} a Bari.", "Data di nascita: {x}"],
               id=["Il codice fiscale è {x}.", "CF {x}"], card=["Pagato con la carta {x}.", "Il {x} non funziona."],
               iban=["Bonifico su {x} grazie.", "IBAN {x}"], ip=["Accesso da {x} ieri.", "indirizzo IP {x}"],
               mac=["Il dispositivo {x} è noto.", "MAC {x}"], geo=["Ci vediamo, GPS {x}", "coordinate: {x}"],
               secret=["password: {x}", "token: {x}"], plate=["La targa è {x}."], dates="{d:02}/{m:02}/{y}"),
    "nl": dict(country="NL", given=["Sanne", "Jeroen", "Marieke", "Pieter", "Geesje", "Wubbo"],
               surname=["Jansen", "Dekker", "Hoekstra", "Kuipers", "Vlasblom", "Terpstra"],
               address=["Kerkstraat {n}, 1017 GA Amsterdam", "Lindenlaan {n}, 3581 BC Utrecht", "Herengracht {n}, 2511 EG Den Haag"],
               phone=["06-12345{n3}", "+31 6 1234 5{n3}", "020-555 1{n3}", "06 12 34 5{n1} {n2}"],
               name=["Mijn naam is {x} en ik woon hier.", "Vraag het aan {x} morgen.", "Beste {x}, bedankt.", "Mevrouw {x} is ziek."],
               addr=["Het pakket gaat naar {x}.", "Zij woont op {x}."], tel=["Telefoon: {x}", "Bel mij op {x} vanavond."],
               mail=["Schrijf naar {x} alstublieft.", "E-mail: {x}"], born=["Geboren op {x} te Delft.", "Geboortedatum: {x}"],
               id=["Mijn BSN is {x}.", "burgerservicenummer {x}"], card=["Betaald met kaart {x}.", "De {x} is geweigerd."],
               iban=["Overmaken naar {x} graag.", "IBAN {x}"], ip=["Toegang vanaf {x} vannacht.", "IP-adres {x}"],
               mac=["Apparaat {x} is nieuw.", "MAC {x}"], geo=["Afgesproken, GPS {x}", "coördinaten: {x}"],
               secret=["wachtwoord: {x}", "api_key: {x}"], plate=["Het kenteken is {x}."], dates="{d}-{m}-{y}"),
    "pl": dict(country="PL", given=["Katarzyna", "Tomasz", "Magdalena", "Piotr", "Świętosława", "Ziemowit"],
               surname=["Kowalska", "Wiśniewski", "Zielińska", "Szymański", "Brzęczyszczykiewicz", "Trzebiatowska"],
               address=["ul. Marszałkowska {n}, 00-590 Warszawa", "ul. Długa {n}, 31-147 Kraków", "al. Niepodległości {n}, 61-714 Poznań"],
               phone=["601 234 {n3}", "+48 601 234 {n3}", "22 555 1{n1} {n2}"],
               name=["Nazywam się {x} i mieszkam tu.", "Proszę zapytać {x} jutro.", "Szanowna {x}, dziękuję.", "Pani {x} jest chora."],
               addr=["Paczka idzie na {x}.", "Ona mieszka przy {x}."], tel=["Telefon: {x}", "Proszę dzwonić, tel. {x}"],
               mail=["Proszę pisać na {x} dziś.", "E-mail: {x}"], born=["Urodzona {x} w Łodzi.", "Data urodzenia: {x}"],
               id=["Mój PESEL to {x}.", "PESEL: {x}"], card=["Zapłacono kartą, karta {x}.", "Numer {x} odrzucono."],
               iban=["Przelew na {x} proszę.", "IBAN PL: {x}"], ip=["Dostęp z {x} w nocy.", "adres IP {x}"],
               mac=["Urządzenie {x} jest nowe.", "MAC {x}"], geo=["Spotkanie, GPS {x}", "współrzędne: {x}"],
               secret=["hasło: {x}", "token: {x}"], plate=["Numer rejestracyjny {x} zapisano."], dates="{d:02}.{m:02}.{y}"),
    "pt": dict(country="BR", given=["Mariana", "Rodrigo", "Juliana", "Thiago", "Iracema", "Deocleciano"],
               surname=["Oliveira", "Pereira", "Carvalho", "Barbosa", "Vasconcelos", "Sant'Anna"],
               address=["Rua Augusta, {n}, 01305-000 São Paulo", "Avenida Atlântica {n}, 22010-000 Rio", "Travessa das Flores {n}"],
               phone=["(11) 91234-5{n3}", "+55 21 91234-5{n3}", "11 98765-4{n3}"],
               name=["Me chamo {x} e moro aqui.", "Pergunte a {x} amanhã.", "Cara {x}, obrigado.", "O cliente {x} ligou."],
               addr=["O pacote vai para {x}.", "Ela mora na {x}."], tel=["Telefone: {x}", "Ligue para {x} hoje."],
               mail=["Escreva para {x} por favor.", "E-mail: {x}"], born=["Nascida em {x} no Recife.", "Data de nascimento: {x}"],
               id=["Meu CPF é {x}.", "CPF {x}"], card=["Paguei com o cartão {x}.", "O {x} foi recusado."],
               iban=["Transferir para {x} obrigado.", "IBAN {x}"], ip=["Acesso de {x} ontem.", "endereço IP {x}"],
               mac=["O aparelho {x} é novo.", "MAC {x}"], geo=["Encontro, GPS {x}", "coordenadas: {x}"],
               secret=["senha: {x}", "token: {x}"], plate=["A placa é {x}."], dates="{d:02}/{m:02}/{y}"),
}
IDS = {"DE": de_tax_id, "FR": fr_nir, "ES": es_dni, "IT": it_codice, "NL": nl_bsn, "PL": pl_pesel, "BR": br_cpf}
PLATES = {"GB": "AB{n2} CDE", "DE": "B-MW {n3}4", "FR": "AB-{n3}-CD", "ES": "{n3}1 BCD", "IT": "AB {n3} CD", "NL": "AB-{n3}-C",
          "PL": "WA {n3}45", "BR": "ABC1D{n2}"}

KINDS = ("person_name", "postal_address", "phone", "email", "birth_date", "national_id", "card_number", "iban", "ip_address",
         "mac_address", "coordinates", "secret", "vehicle_plate")
_FORMS = dict(zip(KINDS, ("name", "addr", "tel", "mail", "born", "id", "card", "iban", "ip", "mac", "geo", "secret", "plate")))

# Sentences without personal data, some of which read like it.
LOOK_ALIKES = [
    "Order {o10} was shipped on {date}.", "Rechnung Nr. {o9} vom {date} über {price} EUR.", "Commande {o11} : {price} €",
    "El pedido {o10} pesa {small} kg.", "Firmware {small}.{small}.{small}.{small} fixes the bug.", "version 10.0.{o4}.{small}",
    "The hash is {hex40}.", "commit {hex40}", "sha256 {hex64}", "Sensor {small}: {float} and {float}", "ISBN 978-{small}-{o5}-{o3}-{small}",
    "EAN {o13}", "Unix time {unix}", "timestamp={unixms}", "It grew by {float} per cent in {year}.", "{o16} particles were counted.",
    "The ratio 1:{o3} held at {time}.", "See page {o3}, chapter {small}.", "UUID {uuid}", "SKU AB-{o4}-XZ, lot {o8}", "icon@2x.png and main@3x.jpg",
    "In {year} the population was {o7}.", "std::vector<int> v; a::b();", "Die Arbeit von Tag und Nacht am Montag im Mai.",
    "The Great Wall and Central Park are in April full of Roses.", "La Plaza Mayor es bonita en Mayo.", "Il Duomo di Milano e la Via Lattea.",
    "Johnson & Johnson and Morgan Stanley published results.", "Main Street was closed in {year}.", "tracking {o12} left the depot",
    "Temperatur {small},{small} Grad, Druck {o4} hPa", "De trein van {time} heeft {small} minuten vertraging.", "Faktura {o9}, kwota {price} zł",
    "Pi is 3.14159265358979 and e is 2.718281828.", "The password must contain a digit.", "token of appreciation", "x = {float}, y = {float}",
    "ratio 4111 to 1111, then 1111", "Model X{o3}, serial {o8}", "Konzert am {date} um {time} Uhr", "RFC {o4} section {small}.{small}",
    "O produto {o8} custa {price} reais.", "ticket #{o7} closed", "The movie got {small} of 10 stars.", "Elle a lu {o3} pages en {small} jours.",
    "We sold {o5} units at {price} in {year}.", "doi 10.{o4}/{o6}", "Room {o3}, floor {small}, seat {small}A", "{small} x {o3} x {o4} mm",
]


def fill(rng, text):
    values = {
        "date": f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(2015, 2024)}", "price": f"{rng.randint(1, 9999)},{rng.randint(10, 99)}",
        "small": str(rng.randint(1, 9)), "float": f"{rng.uniform(0, 90):.5f}", "year": str(rng.randint(1900, 2024)),
        "unix": str(rng.randint(1_500_000_000, 1_700_000_000)), "unixms": str(rng.randint(1_500_000_000_000, 1_700_000_000_000)),
        "time": f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}", "hex40": "".join(rng.choice("0123456789abcdef") for _ in range(40)),
        "hex64": "".join(rng.choice("0123456789abcdef") for _ in range(64)),
        "uuid": "-".join("".join(rng.choice("0123456789abcdef") for _ in range(n)) for n in (8, 4, 4, 4, 12)),
    } | {f"o{n}": digits(rng, n) for n in range(3, 17)}
    for key, value in values.items():
        while "{" + key + "}" in text:
            text = text.replace("{" + key + "}", value, 1)
            if key in ("small", "float"):
                value = str(rng.randint(1, 9)) if key == "small" else f"{rng.uniform(-180, 180):.5f}"
    return text


def numbers_into(rng, text):
    for key, n in (("{n3}", 3), ("{n2}", 2), ("{n1}", 1)):
        text = text.replace(key, digits(rng, n))
    return text.replace("{n}", str(rng.randint(1, 180)))


def person(rng, spec):
    return rng.choice(spec["given"]) + " " + rng.choice(spec["surname"])


def secret(rng, form):
    if form.startswith(("password", "Passwort", "contra", "wacht", "has", "senha")):
        return rng.choice(["Sommer", "tiger", "Xk9", "blue"]) + digits(rng, 4) + rng.choice(["!", "#", "Qz", "$a"])
    alphabet = string.ascii_letters + DIGITS
    return rng.choice([
        "AKIA" + "".join(rng.choice(string.ascii_uppercase + "234567") for _ in range(16)),
        "ghp_" + "".join(rng.choice(alphabet) for _ in range(36)), "".join(rng.choice(alphabet) for _ in range(32)),
        "xoxb-" + digits(rng, 11) + "-" + "".join(rng.choice(alphabet) for _ in range(24))])


def value_of(rng, kind, spec, form):
    country = spec["country"]
    if kind == "person_name":
        name = person(rng, spec)
        return name.split(" ", 1)[1] if form.startswith(("Dear Mr", "Sehr", "Madame", "La señora", "La signora", "Mevrouw", "Pani")) else name
    if kind == "postal_address":
        return numbers_into(rng, rng.choice(spec["address"]))
    if kind == "phone":
        return numbers_into(rng, rng.choice(spec["phone"]))
    if kind == "email":
        return rng.choice(["anna.k", "j_doe99", "info", "m.rossi+shop", "kontakt-2"]) + "@" + rng.choice(
            ["example.org", "mail.example.com", "firma-xy.de", "ejemplo.es", "xn--bcher-kva.example"])
    if kind == "birth_date":
        year, month, day = birth(rng)
        return spec["dates"].format(d=day, m=month, y=year)
    if kind == "national_id":
        return IDS[country](rng)
    if kind == "card_number":
        return card(rng)
    if kind == "iban":
        return iban(rng, country)
    if kind == "ip_address":
        if rng.random() < 0.3:
            return ":".join("".join(rng.choice("0123456789abcdef") for _ in range(4)) for _ in range(8))
        return f"{rng.randint(80, 220)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    if kind == "mac_address":
        joint = rng.choice(":-")
        return joint.join("".join(rng.choice("0123456789ABCDEF") for _ in range(2)) for _ in range(6))
    if kind == "coordinates":
        latitude, longitude = rng.uniform(36, 60), rng.uniform(-9, 24)
        return rng.choice([f"{latitude:.5f}, {longitude:.5f}", f"{latitude:.4f}° N, {abs(longitude):.4f}° E"])
    if kind == "secret":
        return secret(rng, form)
    return numbers_into(rng, PLATES[country])


def personal_sentence(rng, language, kind):
    """(sentence, value) in the language."""
    spec = LANGUAGES[language]
    form = rng.choice(spec[_FORMS[kind]])
    if kind == "national_id" and spec["country"] == "GB":
        word, value = uk_id(rng)
        return form.format(w=word, x=value), value
    value = value_of(rng, kind, spec, form)
    return form.format(x=value, w=""), value


def corpus(rng, each=6):
    """[(sentence, kind, value, language)]: `each` of every kind in every language, and as many look-alikes."""
    rows = []
    for language in LANGUAGES:
        for kind in KINDS:
            for _ in range(each):
                sentence, value = personal_sentence(rng, language, kind)
                rows.append((sentence, kind, value, language))
    for _ in range(len(rows)):
        rows.append((fill(rng, rng.choice(LOOK_ALIKES)), None, "", ""))
    rng.shuffle(rows)
    return rows
