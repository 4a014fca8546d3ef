/* letters.c: letters that the network sends, with their standard texts. */
#include "domain/network/letters.h"

const MailKind network_mails[NETWORK_MAILS] = {
	{"network.mandate_ends", "Pověření: blíží se konec", "Statutárnímu zástupci poskytovatele tolik dnů předem, kolik je v nastavení.", "network",
		"cislo sluzba konec dnu odkaz",
	 "Blíží se konec pověření {cislo}",
	 "Dobrý den,\n\npověření č. {cislo} pro službu {sluzba} končí {konec}, zbývá {dnu}.\n\nPokud má služba v síti pokračovat, ozvěte se správci sítě. Pověření najdete zde:\n{odkaz}\n\n{kraj}, {odbor}\n"},
	{"network.reservation", "Výhrada ke službě v síti", "Statutárnímu zástupci poskytovatele, když zastupitelstvo službě v síti uloží výhradu.", "network",
		"sluzba den dopis odkaz",
	 "Výhrada ke službě {sluzba}",
	 "Dobrý den,\n\nzastupitelstvo kraje rozhodlo, že služba {sluzba} zůstává v síti s výhradou. Dopis č. j. {dopis} říká, co kraj vytýká a co je potřeba doložit do {den} včetně.\n\n"
	 "Dopis najdete zde, i jako PDF:\n{odkaz}\n\n{kraj}, {odbor}\n"},
	{"network.review_hearing", "Přehodnocení: výzva k vyjádření", "Statutárnímu zástupci poskytovatele, když mu kraj předá návrh na přehodnocení služby v síti.", "network",
		"sluzba navrh odkaz",
	 "Vyjádřete se k přehodnocení služby {sluzba}",
	 "Dobrý den,\n\nkraj navrhuje u služby {sluzba} v síti: {navrh}.\n\nNávrh s odůvodněním a lhůtu najdete zde; tamtéž se k němu vyjádříte:\n{odkaz}\n\n"
	 "Bez vyjádření kraj po lhůtě rozhodne podle návrhu.\n\n{kraj}, {odbor}\n"},
};
