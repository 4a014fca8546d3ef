#include "domain/register/generate_lists.h"

const RegisterCode register_forms[REGISTER_FORMS] = {
	[FORM_AMBULATORY] = {"FormaSocialniSluzby/amb", "ambulantní", true},
	[FORM_RESIDENTIAL] = {"FormaSocialniSluzby/pob", "pobytová", true},
	[FORM_FIELD] = {"FormaSocialniSluzby/ter", "terénní", true},
};

const RegisterCode register_capacity_types[REGISTER_CAPACITY_TYPES] = {
	[CAPACITY_CLIENTS] = {"TypKapacitySocialniSluzby/klient", "Počet klientů", true},
	[CAPACITY_CONTACTS] = {"TypKapacitySocialniSluzby/kontakt", "Počet kontaktů (10 min.)", true},
	[CAPACITY_INTERVENTIONS] = {"TypKapacitySocialniSluzby/interv", "Počet intervencí (30 min.)", true},
	[CAPACITY_BEDS] = {"TypKapacitySocialniSluzby/luzka", "Počet lůžek", true},
	[CAPACITY_CALLS] = {"TypKapacitySocialniSluzby/hovor", "Počet hovorů", true},
};

enum {
	YOUTH, ETHNIC, IMMIGRANTS, DOMESTIC_VIOLENCE, TRAFFICKING, CRIME_VICTIMS, HOMELESS, CARE_LEAVERS, EXPLOITED, ADDICTION, MENTAL,
	CHRONIC, OTHER_DISABILITY, COMBINED, INTELLECTUAL, PHYSICAL, HEARING, DISABLED, SIGHT, CRISIS, EXCLUDED, RISKY, FAMILIES, SENIORS,
	OFFENDERS, CARERS, PALLIATIVE, AUTISM, DEMENTIA,
};

const RegisterCode register_target_groups[REGISTER_TARGET_GROUPS] = {
	[YOUTH] = {"CilovaSkupinaOsoby/1", "děti a mládež ve věku od 6 do 26 let ohrožené společensky nežádoucími jevy", false},
	[ETHNIC] = {"CilovaSkupinaOsoby/2", "etnické menšiny", false},
	[IMMIGRANTS] = {"CilovaSkupinaOsoby/3", "imigranti a azylanti", false},
	[DOMESTIC_VIOLENCE] = {"CilovaSkupinaOsoby/4", "oběti domácího násilí", false},
	[TRAFFICKING] = {"CilovaSkupinaOsoby/5", "oběti obchodu s lidmi", false},
	[CRIME_VICTIMS] = {"CilovaSkupinaOsoby/6", "oběti trestné činnosti", false},
	[HOMELESS] = {"CilovaSkupinaOsoby/7", "osoby bez přístřeší", false},
	[CARE_LEAVERS] = {"CilovaSkupinaOsoby/8", "osoby do 26 let věku opouštějící školská zařízení pro výkon ústavní péče", false},
	[EXPLOITED] = {"CilovaSkupinaOsoby/9", "osoby komerčně zneužívané", false},
	[ADDICTION] = {"CilovaSkupinaOsoby/10", "osoby ohrožené závislostí nebo závislé na návykových látkách", false},
	[MENTAL] = {"CilovaSkupinaOsoby/11", "osoby s chronickým duševním onemocněním", false},
	[CHRONIC] = {"CilovaSkupinaOsoby/12", "osoby s chronickým onemocněním", false},
	[OTHER_DISABILITY] = {"CilovaSkupinaOsoby/13", "osoby s jiným zdravotním postižením", false},
	[COMBINED] = {"CilovaSkupinaOsoby/14", "osoby s kombinovaným postižením", false},
	[INTELLECTUAL] = {"CilovaSkupinaOsoby/15", "osoby s mentálním postižením", false},
	[PHYSICAL] = {"CilovaSkupinaOsoby/16", "osoby s tělesným postižením", false},
	[HEARING] = {"CilovaSkupinaOsoby/17", "osoby se sluchovým postižením", false},
	[DISABLED] = {"CilovaSkupinaOsoby/18", "osoby se zdravotním postižením", false},
	[SIGHT] = {"CilovaSkupinaOsoby/19", "osoby se zrakovým postižením", false},
	[CRISIS] = {"CilovaSkupinaOsoby/20", "osoby v krizi", false},
	[EXCLUDED] = {"CilovaSkupinaOsoby/21", "osoby žijící v sociálně vyloučených komunitách", false},
	[RISKY] = {"CilovaSkupinaOsoby/22", "osoby, které vedou rizikový způsob života nebo jsou tímto způsobem života ohroženy", false},
	[FAMILIES] = {"CilovaSkupinaOsoby/23", "rodiny s dítětem/dětmi", false},
	[SENIORS] = {"CilovaSkupinaOsoby/24", "senioři", true},
	[OFFENDERS] = {"CilovaSkupinaOsoby/25", "pachatelé trestné činnosti", false},
	[CARERS] = {"CilovaSkupinaOsoby/26", "pečující osoby", true},
	[PALLIATIVE] = {"CilovaSkupinaOsoby/27", "osoby s potřebou paliativní péče", true},
	[AUTISM] = {"CilovaSkupinaOsoby/28", "osoby s poruchou autistického spektra", false},
	[DEMENTIA] = {"CilovaSkupinaOsoby/30", "osoby žijící s demencí", true},
};

const RegisterCode register_age_groups[REGISTER_AGE_GROUPS] = {
	{"VekovaSkupinaOsoby/1", "bez omezení věku", false},
	{"VekovaSkupinaOsoby/2", "děti předškolního věku (1–6 let)", false},
	{"VekovaSkupinaOsoby/3", "mladší děti (7–10 let)", false},
	{"VekovaSkupinaOsoby/4", "starší děti (11–15 let)", false},
	{"VekovaSkupinaOsoby/5", "dorost (16–18 let)", false},
	{"VekovaSkupinaOsoby/6", "mladí dospělí (19–26 let)", false},
	{"VekovaSkupinaOsoby/7", "dospělí (27–64 let)", false},
	{"VekovaSkupinaOsoby/8", "mladší senioři (65–80 let)", false},
	{"VekovaSkupinaOsoby/9", "starší senioři (nad 80 let)", false},
};

#define G(x) (1u << (x))
enum {
	A = 1 << FORM_AMBULATORY, R = 1 << FORM_RESIDENTIAL, T = 1 << FORM_FIELD,
	CLIENTS = CAPACITY_CLIENTS, CONTACTS = CAPACITY_CONTACTS, INTERVENTIONS = CAPACITY_INTERVENTIONS, BEDS = CAPACITY_BEDS,
	CALLS = CAPACITY_CALLS,

	FRAIL = G(SENIORS) | G(DISABLED) | G(CHRONIC) | G(PHYSICAL),
	IMPAIRED = G(DISABLED) | G(COMBINED) | G(INTELLECTUAL) | G(PHYSICAL) | G(AUTISM),
	DISTRESS = G(CRISIS) | G(DOMESTIC_VIOLENCE) | G(CRIME_VICTIMS) | G(FAMILIES),
	STREET = G(HOMELESS) | G(RISKY) | G(ADDICTION) | G(OFFENDERS) | G(EXCLUDED),
	DRUGS = G(ADDICTION) | G(RISKY) | G(MENTAL),

	AGE_ANY = 1, AGE_SMALL = 1 << 1, AGE_YOUTH = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5, AGE_ADULT = 1 << 5 | 1 << 6,
	AGE_SENIOR = 1 << 7 | 1 << 8, AGE_GROWN = AGE_ADULT | AGE_SENIOR,
};

#define OD(n, known, name) {"DruhSocialniSluzby/" n, name, known}
const RegisterKind register_kinds[REGISTER_KINDS] = {
	{OD("1", true, "odborné sociální poradenství"), "§ 37", "Poradna", A | T, R, 560, DISTRESS | FRAIL | G(ETHNIC) | G(IMMIGRANTS) | G(CARERS), AGE_ANY, INTERVENTIONS, 2, 40, 1, 4},
	{OD("3", true, "osobní asistence"), "§ 39", "Osobní asistence", T, 0, 215, FRAIL | IMPAIRED | G(DEMENTIA), AGE_YOUTH | AGE_GROWN, CLIENTS, 5, 60, 0, 0},
	{OD("4", true, "pečovatelská služba"), "§ 40", "Pečovatelská služba", A | T, 0, 690, FRAIL | G(DEMENTIA) | G(FAMILIES) | G(PALLIATIVE), AGE_GROWN, CLIENTS, 5, 220, 0, 0},
	{OD("5", true, "tísňová péče"), "§ 41", "Tísňová péče", T, 0, 25, FRAIL, AGE_GROWN, CLIENTS, 3, 90, 0, 0},
	{OD("6", true, "průvodcovské a předčitatelské služby"), "§ 42", "Průvodcovská služba", A | T, 0, 13, G(SIGHT) | G(COMBINED) | G(SENIORS), AGE_ANY, CLIENTS, 2, 15, 0, 0},
	{OD("7", false, "podpora samostatného bydlení"), "§ 43", "Podpora bydlení", T, 0, 80, IMPAIRED | G(MENTAL), AGE_GROWN, CLIENTS, 3, 25, 0, 0},
	{OD("8", true, "odlehčovací služby"), "§ 44", "Odlehčovací služba", A | T | R, 0, 300, FRAIL | IMPAIRED | G(DEMENTIA) | G(CARERS) | G(PALLIATIVE), AGE_GROWN, CLIENTS, 2, 20, 2, 20},
	{OD("9", true, "centra denních služeb"), "§ 45", "Centrum denních služeb", A, 0, 75, FRAIL | IMPAIRED, AGE_GROWN, CLIENTS, 6, 40, 0, 0},
	{OD("10", true, "denní stacionáře"), "§ 46", "Denní stacionář", A, 0, 270, IMPAIRED | G(SENIORS) | G(DEMENTIA), AGE_YOUTH | AGE_GROWN, CLIENTS, 6, 40, 0, 0},
	{OD("11", true, "týdenní stacionáře"), "§ 47", "Týdenní stacionář", R, 0, 50, IMPAIRED, AGE_YOUTH | AGE_ADULT, BEDS, 0, 0, 4, 24},
	{OD("12", true, "domovy pro osoby se zdravotním postižením"), "§ 48", "Domov pro osoby se zdravotním postižením", R, 0, 200, IMPAIRED, AGE_YOUTH | AGE_GROWN, BEDS, 0, 0, 6, 120},
	{OD("13", true, "domovy pro seniory"), "§ 49", "Domov pro seniory", R, 0, 520, G(SENIORS), AGE_SENIOR, BEDS, 0, 0, 10, 210},
	{OD("14", true, "domovy se zvláštním režimem"), "§ 50", "Domov se zvláštním režimem", R, 0, 400, G(DEMENTIA) | G(MENTAL) | G(SENIORS) | G(ADDICTION), AGE_GROWN, BEDS, 0, 0, 6, 140},
	{OD("15", true, "chráněné bydlení"), "§ 51", "Chráněné bydlení", R, 0, 220, IMPAIRED | G(MENTAL), AGE_GROWN, BEDS, 0, 0, 3, 40},
	{OD("16", false, "sociální služby poskytované ve zdravotnických zařízeních lůžkové péče"), "§ 52", "Sociální lůžka", R, 0, 60, FRAIL, AGE_GROWN, BEDS, 0, 0, 3, 32},
	{OD("17", false, "raná péče"), "§ 54", "Raná péče", T, A, 48, G(FAMILIES) | IMPAIRED | G(SIGHT) | G(HEARING), AGE_SMALL, CLIENTS, 5, 45, 0, 0},
	{OD("18", true, "telefonická krizová pomoc"), "§ 55", "Linka důvěry", T, 0, 30, DISTRESS | G(YOUTH) | G(SENIORS), AGE_ANY, CALLS, 1, 6, 0, 0},
	{OD("19", true, "tlumočnické služby"), "§ 56", "Tlumočnická služba", T, A, 30, G(HEARING) | G(COMBINED), AGE_ANY, CLIENTS, 1, 10, 0, 0},
	[KIND_SHELTER] = {OD("20", false, "azylové domy"), "§ 57", "Azylový dům", R, 0, 210, G(HOMELESS) | G(FAMILIES) | G(DOMESTIC_VIOLENCE), AGE_ANY, BEDS, 0, 0, 8, 90},
	{OD("21", false, "domy na půl cesty"), "§ 58", "Dům na půl cesty", R, 0, 32, G(CARE_LEAVERS) | G(OFFENDERS), AGE_ADULT, BEDS, 0, 0, 4, 16},
	{OD("22", false, "kontaktní centra"), "§ 59", "Kontaktní centrum", A | T, 0, 55, DRUGS, AGE_ADULT, CONTACTS, 5, 60, 0, 0},
	{OD("23", true, "krizová pomoc"), "§ 60", "Krizové centrum", A | T | R, 0, 60, DISTRESS, AGE_ANY, INTERVENTIONS, 1, 12, 2, 10},
	{OD("24", false, "nízkoprahová denní centra"), "§ 61", "Denní centrum", A, T, 60, STREET, AGE_ADULT, CLIENTS, 8, 50, 0, 0},
	{OD("25", false, "nízkoprahová zařízení pro děti a mládež"), "§ 62", "Klub", A, T, 230, G(YOUTH) | G(EXCLUDED), AGE_YOUTH, CLIENTS, 8, 40, 0, 0},
	{OD("26", false, "noclehárny"), "§ 63", "Noclehárna", A, 0, 70, G(HOMELESS), AGE_ADULT, BEDS, 6, 40, 0, 0},
	{OD("27", false, "služby následné péče"), "§ 64", "Doléčovací centrum", A | R, 0, 35, DRUGS, AGE_ADULT, CLIENTS, 4, 30, 4, 16},
	{OD("28", true, "sociálně aktivizační služby pro rodiny s dětmi"), "§ 65", "Služba pro rodiny", T, A, 270, G(FAMILIES), AGE_SMALL | AGE_YOUTH | AGE_ADULT, CLIENTS, 5, 60, 0, 0},
	{OD("29", true, "sociálně aktivizační služby pro seniory a osoby se zdravotním postižením"), "§ 66", "Aktivizační služba", A | T, 0, 210, FRAIL | G(SIGHT) | G(HEARING), AGE_GROWN, CLIENTS, 4, 50, 0, 0},
	{OD("30", true, "sociálně terapeutické dílny"), "§ 67", "Terapeutická dílna", A, 0, 150, IMPAIRED | G(MENTAL), AGE_ADULT, CLIENTS, 5, 40, 0, 0},
	{OD("31", false, "terapeutické komunity"), "§ 68", "Terapeutická komunita", R, 0, 15, DRUGS, AGE_ADULT, BEDS, 0, 0, 8, 20},
	{OD("32", true, "terénní programy"), "§ 69", "Terénní program", T, 0, 230, STREET | G(ETHNIC) | G(EXPLOITED) | G(TRAFFICKING), AGE_YOUTH | AGE_ADULT, CONTACTS, 5, 80, 0, 0},
	{OD("33", true, "sociální rehabilitace"), "§ 70", "Sociální rehabilitace", A | T | R, 0, 270, IMPAIRED | G(MENTAL) | G(SIGHT) | G(HEARING), AGE_GROWN, CLIENTS, 4, 40, 4, 20},
	[KIND_INTERVENTION_CENTRE] = {OD("34", false, "intervenční centra"), "§ 60a", "Intervenční centrum", A | T, R, 17, G(DOMESTIC_VIOLENCE), AGE_ANY, INTERVENTIONS, 1, 6, 1, 3},
	{OD("7244", false, "centrum duševního zdraví"), "", "Centrum duševního zdraví", A | T, 0, 30, G(MENTAL), AGE_GROWN, CLIENTS, 10, 120, 0, 0},
};
