/* mail_settings.c: what a region decides about its mail. */
#include "domain/messages/messages.h"

const Setting mail_settings[13] = {
	{"messages.role", "Kdo na kraji dostane novou zprávu a dotaz", "Upozornění dostanou lidé s touto rolí; na odpověď pak ti, kdo ve zprávě psali.", "NET",
	 SETTING_CHOICE, .group = "Zprávy a dotazy",
	 .choices = "NET=správce sítě;PLN=koordinátor plánu;ANA=analytik;MET=metodik;ECO=ekonom;VED=vedoucí odboru"},
	{"mail.host", "Poštovní server (SMTP)", "Jméno nebo adresa serveru, kterému se předává pošta. Dokud je prázdné, dopisy čekají.", "", SETTING_TEXT, 0, 253,
	 .group = "Pošta"},
	{"mail.port", "Port poštovního serveru", "Obvykle 587 se STARTTLS, 465 s TLS od začátku spojení.", "587", SETTING_INT, 1, 65535},
	{"mail.tls", "Zabezpečení spojení s poštovním serverem", "Bez zabezpečení lze předat poštu jen serveru na tomtéž počítači.", "starttls", SETTING_CHOICE,
	 .choices = "starttls=STARTTLS, vyžadováno;tls=TLS od začátku spojení;none=žádné, server je na tomtéž počítači"},
	{"mail.user", "Přihlašovací jméno k poštovnímu serveru",
	 "Prázdné = server přihlášení nechce. Heslo se do aplikace nezapisuje: správce serveru je uloží do souboru mail-password.", "", SETTING_TEXT, 0, 200},
	{"mail.from", "Adresa odesílatele", "Z této adresy odchází všechna pošta. Má jít doručit, odpovědi na ni nechodí do aplikace.", "", SETTING_EMAIL, 0, 200},
	{"mail.return_to", "Adresa pro vrácené dopisy",
	 "Sem servery vracejí, co nejde doručit. Poštovní server kraje předává poštu této adresy příkazu sitovka mail-return. Prázdné = adresa odesílatele.", "",
	 SETTING_EMAIL, 0, 200},
	{"mail.from_name", "Jméno odesílatele", "Prázdné = název kraje.", "", SETTING_TEXT, 0, 80},
	{"mail.per_hour", "Nejvýše dopisů jednomu příjemci za hodinu", "Další počkají. Chrání lidi před záplavou dopisů.", "20", SETTING_INT, 1, 1000,
	 .unit = "dopisů"},
	{"mail.attempts", "Pokusů o doručení jednoho dopisu", "Dvanáct pokusů trvá asi dva dny, pak se dopis vzdá a je vidět mezi nedoručenými.", "12",
	 SETTING_INT, 1, 30, .unit = "pokusů"},
	{"mail.digest_hour", "Kdy odchází denní souhrn upozornění", "Nejvýše jeden za den každému, jen když je co sdělit.", "07:00", SETTING_HOUR},
	{"mail.keep_days", "Jak dlouho se uchovávají texty odeslaných dopisů", "Potom zůstane jen záznam o doručení.", "30", SETTING_INT, 1, 365, .unit = "dnů"},
	{"mail.log_days", "Jak dlouho se uchovávají záznamy o doručení a upozornění", "", "548", SETTING_INT, 30, 3650, .unit = "dnů"},
};
