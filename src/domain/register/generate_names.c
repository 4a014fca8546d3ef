#include "domain/register/generate_parts.h"

const char *const register_person_surnames[] = {
	"Qvorák", "Qvoráková", "Qvorecký", "Qvorecká", "Qvorníček", "Qvorníčková", "Qvorský", "Qvorská", "Qvoroň", "Qvoroňová",
	"Qvoruška", "Qvorušková", "Qvorťan", "Qvorťanová", "Qvoržil", "Qvoržilová", NULL,
};
enum { SURNAMES = LEN(register_person_surnames) - 1 };

static const char *const men[] = {"Alois", "Čeněk", "Jiří", "Luděk", "Matouš", "Řehoř", "Štěpán", "Zdeněk"};
static const char *const women[] = {"Alžběta", "Běla", "Dáša", "Jiřina", "Květa", "Růžena", "Šárka", "Žofie"};
static const char *const titles[] = {NULL, NULL, NULL, "Mgr.", "Bc.", "Ing.", "PhDr."};

/* Soft adjectives end in í for all genders, hard ones in ý, á, é. */
static const struct { const char *stem; bool soft; } adjectives[] = {
	{"Modr", 0}, {"Dlouh", 0}, {"Rann", 1}, {"Sobotn", 1}, {"Tich", 0}, {"Bíl", 0}, {"Zelen", 0}, {"Zlat", 0},
	{"Stříbrn", 0}, {"Jasn", 0}, {"Vlídn", 0}, {"Laskav", 0}, {"Šťastn", 0}, {"Žlut", 0}, {"Růžov", 0}, {"Kulat", 0},
	{"Hebk", 0}, {"Křišťálov", 0}, {"Měsíčn", 1}, {"Slunečn", 1}, {"Podzimn", 1}, {"Červnov", 0}, {"Řepíkov", 0}, {"Ďolíčkov", 0},
	{"Světl", 0}, {"Pestr", 0}, {"Něžn", 0}, {"Útuln", 0}, {"Výletn", 1}, {"Čtvrt", 0}, {"Sedm", 0}, {"Druh", 0},
	{"Lípov", 0}, {"Březov", 0}, {"Jabloňov", 0}, {"Ořechov", 0}, {"Šípkov", 0}, {"Háčkovan", 0}, {"Pleten", 0}, {"Ťuhýkov", 0},
};

typedef enum Gender { MASCULINE, FEMININE, NEUTER } Gender;
static const struct { const char *word; Gender gender; } nouns[] = {
	{"zvonek", MASCULINE}, {"cesta", FEMININE}, {"okno", NEUTER}, {"pramen", MASCULINE}, {"rosa", FEMININE}, {"kolo", NEUTER},
	{"čaj", MASCULINE}, {"řeka", FEMININE}, {"jaro", NEUTER}, {"klíč", MASCULINE}, {"loďka", FEMININE}, {"políčko", NEUTER},
	{"džbán", MASCULINE}, {"labuť", FEMININE}, {"světlo", NEUTER}, {"úsvit", MASCULINE}, {"niť", FEMININE}, {"hnízdo", NEUTER},
	{"ostrov", MASCULINE}, {"stráň", FEMININE}, {"pírko", NEUTER}, {"kůň", MASCULINE}, {"óda", FEMININE}, {"ráno", NEUTER},
	{"ťuhýk", MASCULINE}, {"chaloupka", FEMININE}, {"nábřeží", NEUTER}, {"skřivan", MASCULINE}, {"lavička", FEMININE}, {"jablíčko", NEUTER},
	{"hrášek", MASCULINE}, {"studánka", FEMININE}, {"zrnko", NEUTER}, {"knoflík", MASCULINE}, {"včela", FEMININE}, {"dřevo", NEUTER},
	{"mlýn", MASCULINE}, {"hvězda", FEMININE}, {"sluníčko", NEUTER}, {"most", MASCULINE}, {"jabloň", FEMININE}, {"přístaviště", NEUTER},
	{"kompas", MASCULINE}, {"pohádka", FEMININE}, {"úbočí", NEUTER}, {"svícen", MASCULINE}, {"pěšina", FEMININE}, {"semínko", NEUTER},
	{"list", MASCULINE}, {"svíčka", FEMININE}, {"křídlo", NEUTER}, {"žalud", MASCULINE}, {"čajovna", FEMININE}, {"vánek", MASCULINE},
	{"houpačka", FEMININE}, {"šátek", MASCULINE}, {"zahrádka", FEMININE}, {"deštník", MASCULINE}, {"meruňka", FEMININE}, {"zámeček", MASCULINE},
};

/* Registers have such names too. Together they hold every capital letter with a diacritic. */
static const char *const shouted[] = {
	"TŮŇ A PLÁŇ", "LOĎ A SÍŤ", "BÍLÉ VĚTVE", "ČISTÁ ÓDA", "ŠEDÝ MYŠÁK", "ŽLUTÝ ÚL", "DOBRÉ ŘÁDKY", "ĎOBKA A ŤAPKA",
};

static const struct { const char *suffix, *prefix; int percent; } legal_forms[LEGAL_FORMS] = {
	[LEGAL_INSTITUTE] = {", z. ú.", "", 22},
	[LEGAL_ASSOCIATION] = {", z. s.", "", 28},
	[LEGAL_PUBLIC_BENEFIT] = {", o. p. s.", "Centrum ", 14},
	[LEGAL_CONTRIBUTORY] = {", příspěvková organizace", "Domov ", 18},
	[LEGAL_LIMITED] = {", s. r. o.", "", 8},
	[LEGAL_STOCK] = {", a. s.", "", 2},
	[LEGAL_CHURCH] = {", církevní organizace", "Středisko ", 8},
};

static const char *const streets[] = {
	"Nádražní", "Školní", "Krátká", "Dlouhá", "U Potoka", "Na Výsluní", "Lipová", "Březová", "Zahradní", "Polní", "Luční",
	"Pod Stráněmi", "U Mlýna", "Květinová", "Růžová", "Sluneční", "Příčná", "Říční", "Horní", "Dolní", "Na Kopečku", "Ke Hřišti",
	"U Šťastné studny", "Ťuhýkova", "Údolní", "Ďáblická stezka", "Čapí", "Žitná", "Ječná", "Ořechová", "Na Stupních", "U Vodojemu",
};

static const char *const sentences[] = {
	"Služba je poskytována na základě písemné smlouvy a individuálního plánu, který se s uživatelem přehodnocuje nejméně jednou za půl roku.",
	"Zájemce je před uzavřením smlouvy seznámen s \\\"Domácím řádem\\\", s výší úhrady a s tím, jak podat stížnost.",
	"V přímé péči pracují 3,50 úvazku pracovníků v sociálních službách a 1,00 úvazku sociálního pracovníka.",
	"Pracovníci se každý rok vzdělávají v rozsahu nejméně 24 hodin; plán vzdělávání je přílohou.\\nSupervize probíhá jednou za šest týdnů.",
	"Provoz je zajištěn z dotace, z příspěvku zřizovatele, z úhrad uživatelů a z darů.\\r\\nRozpočet je sestaven jako vyrovnaný.",
	"Prostory jsou bezbariérové, s výtahem a s upravenou koupelnou; nájemní smlouva je uzavřena na dobu neurčitou.",
	"Cílem je, aby člověk mohl zůstat ve svém přirozeném prostředí, mezi svými blízkými a sousedy.",
	"Zástup za nepřítomné pracovníky je řešen dohodami o pracovní činnosti a spoluprací s jinými středisky.",
	"Žádosti se posuzují podle naléhavosti; odmítnutý zájemce dostane odůvodnění a odkaz na jiné služby v okolí.",
	"Úhrady se řídí sazebníkem \\u2013 jeho změna se oznamuje nejméně jeden měsíc předem.",
	"Dokumentace je vedena elektronicky i v listinné podobě a je přístupná jen oprávněným osobám / pracovníkům.",
	"Kvalita je ověřována dotazníkem jednou ročně, výsledky jsou zveřejněny na nástěnce a na webu.",
};

void gen_provider_name(Arena *a, u64 seed, i64 n, GenProvider *to) {
	int noun = (int)(n % (i64)LEN(nouns));
	int adjective = (int)((u64)(n + n / (i64)LEN(nouns) + (i64)(seed % 997)) % LEN(adjectives));
	bool soft = adjectives[adjective].soft;
	static const char *const hard_ends[] = {"ý", "á", "é"};
	Str core = n < (i64)LEN(shouted)
		? str_c(shouted[n])
		: str_format(a, "%s%s %s", adjectives[adjective].stem, soft ? "í" : hard_ends[nouns[noun].gender], nouns[noun].word);

	int drawn = (int)(gen_mix(seed, (u64)n ^ 0x1E6A1) % 100);
	u8 legal = 0;
	while (drawn >= legal_forms[legal].percent)
		drawn -= legal_forms[legal++].percent;
	to->core = core;
	to->legal = legal;
	to->name = str_format(a, "%s%.*s%s", legal_forms[legal].prefix, STR_ARG(core), legal_forms[legal].suffix);
}

u32 gen_ico(u32 seven) {
	u32 sum = 0, rest = seven;
	for (u32 weight = 2; weight <= 8; weight++, rest /= 10)
		sum += rest % 10 * weight;
	return seven * 10 + (11 - sum % 11) % 10;
}

Str gen_street(Rand *r) {
	return str_c(streets[rand_next(r) % LEN(streets)]);
}

void gen_person(Buf *b, Rand *r) {
	u64 x = rand_next(r);
	size_t surname = x % SURNAMES;
	bool woman = surname % 2;                /* the list alternates */
	const char *first = woman ? women[(x >> 8) % LEN(women)] : men[(x >> 8) % LEN(men)];
	const char *title = titles[(x >> 16) % LEN(titles)];
	buf_lit(b, "{\"jmeno\":\"");
	buf_str(b, str_c(first));
	buf_lit(b, "\",\"prijmeni\":\"");
	buf_str(b, str_c(register_person_surnames[surname]));
	buf_lit(b, "\",\"titulPred\":");
	if (title) {
		buf_char(b, '"');
		buf_str(b, str_c(title));
		buf_char(b, '"');
	} else {
		buf_lit(b, "null");
	}
	buf_lit(b, ",\"titulZa\":null}");
}

void gen_texts(Arena *a, u64 seed, Str texts[GEN_TEXTS]) {
	for (size_t i = 0; i < GEN_TEXTS; i++) {
		u64 x = gen_mix(seed, i ^ 0x7E87);
		Strs parts = {0};
		for (size_t k = 0; k < 4 + i % 4; k++)
			strs_add(a, &parts, str_c(sentences[(x + k * 5) % LEN(sentences)]));
		if (i % 4 == 0)
			strs_add(a, &parts, str_format(a, "Odpovídá %s.", register_person_surnames[x % SURNAMES]));
		texts[i] = str_join(a, S(" "), parts);
	}
}

void gen_put_spaced(Buf *b, Str name, bool spaces) {
	if (!spaces) {
		buf_str(b, name);
		return;
	}
	i64 blank = str_find_char(name, ' ');
	size_t cut = blank < 0 ? 0 : (size_t)blank;     /* every name has two words */
	buf_str(b, str_first(name, cut));
	buf_lit(b, " ");
	buf_str(b, str_from(name, cut));
	buf_lit(b, " ");
}
