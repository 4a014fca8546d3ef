/* news_demo.c: sample news, notices and contacts of the demo region. */
#include "domain/library/news.h"

static Err say(Ctx *c, const char *kind, const char *title, const char *summary, const char *body, Date first, Date last) {
	News *n = entity_new(c->arena, &news_entity);
	n->kind = str_c(kind);
	n->title = str_c(title);
	n->summary = str_c(summary);
	n->body = str_c(body);
	n->first_day = first;
	n->last_day = last;
	return news_publish(c, n);
}

/* The notice that the region once had on its pages: the cash desk closed, and its new hours with a break. */
static Err cash_desk(Ctx *c) {
	News *n = entity_new(c->arena, &news_entity);
	int   year = date_year(c->today);
	n->kind = S("hours");
	n->title = S("Pokladna bude v červenci zavřená (ukázka)");
	n->summary = S("Od 4. do 15. července je pokladna úřadu zavřená. Od 18. července má nové hodiny s polední přestávkou.");
	n->body = S("Poplatky můžete po tu dobu zaplatit převodem. Číslo účtu vám sdělí podatelna.");
	n->hours = S("Po, St 8:00–11:30, 12:30–17:00\nÚt, Čt 8:00–11:30, 12:30–14:00\nPá zavřeno");
	n->first_day = date(year, 6, 20);
	n->last_day = date(year, 7, 31);
	return news_publish(c, n);
}

static Err draft(Ctx *c) {
	News *n = entity_new(c->arena, &news_entity);
	n->kind = S("news");
	n->title = S("Setkání poskytovatelů na jaře (ukázka)");
	n->summary = S("Chystáme setkání poskytovatelů k novému plánu. Termín ještě hledáme.");
	n->first_day = date_add(c->today, 90);
	return news_save(c, n);
}

static Err contact(Ctx *c, i64 position, const char *title, const char *helps_with, const char *phone, const char *hours) {
	OfficeContact *o = entity_new(c->arena, &office_contact_entity);
	o->title = str_c(title);
	o->helps_with = str_c(helps_with);
	o->phone = str_c(phone);
	o->hours = str_c(hours);
	o->place = S("Krajský úřad, 3. patro");
	o->position = position;
	return entity_insert(c, &office_contact_entity, o);
}

Err news_demo(Ctx *c) {
	Date d = c->today;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(cash_desk(c));
	TRY(say(c, "opening", "Začala příprava plánu na další období (ukázka)",
	        "Rada kraje schválila zahájení prací na střednědobém plánu. Potřeby mohou obce a skupiny zapisovat už teď.",
	        "Plán bude mít čtyři části: analytickou, strategickou, karty aktivit a výhled financování.\n\n## Co bude dál\n\n1. Sběr potřeb do konce zimy\n2. Návrh plánu na jaře\n"
	        "3. Připomínky a veřejné projednání na podzim\n\nPodrobnosti jsou na stránce [Plánování v území](/planovani).", date_add(d, -21), date_add(d, 120)));
	TRY(say(c, "news", "Katalog služeb má nové hledání (ukázka)", "V katalogu se hledá podle životní situace, druhu služby i místa a každý výpis jde stáhnout.",
	        "Hledejte v [katalogu služeb](/katalog).", date_add(d, -60), (Date){0}));
	TRY(say(c, "news", "Poskytovatelé potvrzují údaje (ukázka)", "Každý poskytovatel jednou za rok potvrdí, že údaje o jeho službách platí. Den potvrzení je u každé služby.", "",
	        date_add(d, -200), (Date){0}));
	TRY(say(c, "notice", "Odstávka pracovní části (ukázka)", "V sobotu za dva týdny od 20:00 do 22:00 nepůjde odesílat výkazy. Veřejné stránky poběží dál.", "", date_add(d, 7), date_add(d, 14)));
	TRY(draft(c));
	TRY(contact(c, 1, "Koordinátor plánování", "Střednědobý plán, připomínky, veřejná projednání, pracovní skupiny.", "+420 485 000 001", "Po, St 8:00–17:00"));
	TRY(contact(c, 2, "Správce sítě služeb", "Zařazení do sítě, pověření, údaje v katalogu.", "+420 485 000 002", "Po, St 8:00–11:30, 12:30–17:00\nÚt, Čt 8:00–14:00"));
	TRY(contact(c, 3, "Ekonom dotací", "Dotace na sociální služby, vyúčtování.", "+420 485 000 003", ""));
	TRY(contact(c, 4, "Správce aplikace", "Účty, hesla, překážky v ovládání stránek.", "+420 485 000 004", ""));
	return tx_commit(&tx);
}
